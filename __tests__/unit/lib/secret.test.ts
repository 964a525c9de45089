import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { createRedactor, Secret, secretForms } from '../../../src/lib/secret.ts';

function redactorOf(forms: readonly string[]) {
  const redactor = createRedactor();
  for (const form of forms) redactor.add(form);
  return redactor;
}

/** What is left of a text once every form of the secrets is masked. */
const masked = (text: string, ...secrets: string[]) => redactorOf(secrets.flatMap(secretForms)).whole(text);

test('a secret prints as *** however it is printed, and is read by reveal alone', () => {
  const secret = new Secret('hunter2hunter2');
  const printed = [
    String(secret),
    `${secret}`,
    JSON.stringify({ secret }),
    inspect(secret),
    inspect({ deep: { secret } }, { depth: 9, showHidden: true }),
    JSON.stringify(Object.entries(secret)),
  ].join('\n');
  expect(printed).not.toContain('hunter2');
  expect(printed).toContain('***');
  expect(secret.reveal()).toBe('hunter2hunter2');
});

describe('of a deploy hook is masked', () => {
  const hook = 'https://api.render.com/deploy/srv-c0ffee1234?key=Zq8vT3mKxYw';
  test.each([
    ['the whole', `POST ${hook} failed`, 'POST *** failed'],
    ['the key alone', 'unknown key Zq8vT3mKxYw', 'unknown key ***'],
    ['path and query', 'GET /deploy/srv-c0ffee1234?key=Zq8vT3mKxYw 404', 'GET *** 404'],
    ['the query', '(key=Zq8vT3mKxYw)', '(***)'],
    ['the end of the path', 'service srv-c0ffee1234', 'service ***'],
    ['percent-encoded', encodeURIComponent(hook), '***'],
    ['inside JSON', JSON.stringify({ url: hook }), '{"url":"***"}'],
  ])('%s', (_, text, left) => {
    expect(masked(text, hook)).toBe(left);
  });

  test.each([
    [
      'a word is read where the query holds the secret',
      'https://h.example/rollback?key=Zq8vT3mKxYw',
      'the rollback hook',
    ],
    ['a word may be the secret where nothing else is', 'https://h.example/correcthorse', 'the *** hook'],
  ])('the end of a path: %s', (_, url, left) => {
    const word = new URL(url).pathname.slice(1);
    expect(masked(`the ${word} hook`, url)).toBe(left);
  });

  test('but not the name of the host, which says where it went wrong', () => {
    expect(masked('api.render.com did not answer; deploy again', hook)).toBe(
      'api.render.com did not answer; deploy again',
    );
  });
});

describe('of other URLs is masked', () => {
  test.each([
    [
      'the form that a URL parser makes',
      'HTTPS://Hooks.Example.com:443/a/../go?token=a b%20c-secret',
      'https://hooks.example.com/go?token=a%20b%20c-secret',
    ],
    ['the form with the slash that a parser adds', 'https://longtoken.example.com', 'https://longtoken.example.com/'],
    ['a user name', 'https://deployer-name:pw-of-the-user@git.example.com/x', 'deployer-name'],
    ['a password', 'postgres://app:pw-of-the-user@db.example.com/app', 'pw-of-the-user'],
    ['a password as it was before encoding', 'postgres://app:p%40ss%2Fword9@db.example.com/app', 'p@ss/word9'],
    ['each of several query values', 'https://e.com/d?a=first-secret&b=second-secret', 'second-secret'],
    ['a query value as it was before encoding', 'https://e.com/d?k=one%2Btwo%2Fthree', 'one+two/three'],
    ['the last part of a path that ends in a slash', 'https://e.com/hooks/s3cr3t-of-the-hook/', 's3cr3t-of-the-hook'],
    ['a query value as it is sent', 'https://e.com/d?k=one%2Btwo%2Fthree', 'one%2Btwo%2Fthree'],
  ])('%s', (_, url, form) => {
    expect(masked(`before ${form} after`, url)).toBe('before *** after');
  });
});

describe('of a plain value is masked', () => {
  test('its JSON form, where it has quotes or line breaks', () => {
    const value = 'a "quoted" secret\nof two lines';
    expect(masked(JSON.stringify({ value }), value)).toBe('{"value":"***"}');
  });

  test('each line, because a log shows lines', () => {
    const key = '-----BEGIN KEY-----\r\n  c2VjcmV0LWJ5dGVz\r\n-----END KEY-----';
    expect(masked('line c2VjcmV0LWJ5dGVz.', key)).toBe('line ***.');
  });
});

test('short parts are not masked, because they are words of the log', () => {
  const hook = 'https://bob:pw@example.com/deploy/web?v=1&mode=deploy';
  const text = 'deploy web v1 for bob: mode deploy';
  expect(masked(text, hook)).toBe(text);
  expect(secretForms('true')).toEqual([]);
  expect(secretForms('')).toEqual([]);
});

test('the longest form goes first, so that no part of it is left beside a mask', () => {
  const redactor = redactorOf(['token-of-12', 'prefix/token-of-12/suffix']);
  expect(redactor.whole('prefix/token-of-12/suffix token-of-12')).toBe('*** ***');
});

test('every occurrence goes, and characters of patterns are plain text', () => {
  expect(redactorOf(['a.b*c$&(d)']).whole('a.b*c$&(d) axb a.b*c$&(d)')).toBe('*** axb ***');
});

describe('credentials in a URL are hidden, though nobody has told of them', () => {
  test.each([
    ['user and password', 'Looking in https://bob:hunter2@pypi.example.com/simple', '://***@pypi.example.com/simple'],
    ['a token', 'git+https://ghp_0123456789@github.com/a/b', 'git+https://***@github.com/a/b'],
    ['the token of a checkout', 'https://x-access-token:ghs_abc@github.com/a', 'https://***@github.com/a'],
    ['of a database', 'postgres://app:p%40ss%2Fw@db:5432/app', 'postgres://***@db:5432/app'],
    ['a password with the sign itself', 'https://bob:p@ss@host/x', 'https://***@host/x'],
    ['with escaped slashes', 'https:\\/\\/bob:hunter2@host', ':\\/\\/***@host'],
    ['inside another URL', 'go?to=https%3A%2F%2Fbob%3Ahunter2%40host%2Fa', '%3A%2F%2F***%40host%2Fa'],
    ['in small letters', 'https%3a%2f%2fbob%3ahunter2%40host', '%3a%2f%2f***%40host'],
    ['two in a line', 'a://u:secret1@x b://v:secret2@y', 'a://***@x b://***@y'],
  ])('%s', (_, text, left) => {
    const shown = createRedactor().whole(text);
    expect(shown).toContain(left);
    expect(shown).not.toMatch(/hunter2|ghp_|ghs_|p%40ss|p@ss|secret\d/);
  });

  test.each([
    'git+ssh://git@github.com/a/b.git',
    'https://github.com/a/b',
    'http://localhost:8000/static/icon@2x.png',
    'me@example.com wrote https://example.com',
    '{"url":"https://example.com","mail":"me@example.com"}',
    'actions/checkout@v7 git@github.com:a/b',
  ])('but what is none stays: %s', (text) => {
    expect(createRedactor().whole(text)).toBe(text);
  });

  test('in no time, however long the text is', () => {
    const text = 'https://'.repeat(20_000) + '://a'.repeat(20_000) + 'x'.repeat(1_000_000);
    expect(createRedactor().whole(text)).toHaveLength(text.length);
  });
});

describe('of a text that is cut off nothing secret is left at its end', () => {
  const redactor = redactorOf(secretForms('Zq8vT3mKxYw-of-the-hook'));
  const line = `a Zq8vT3mKxYw-of-the-hook b https://bob:hunter2hunter2@host/c https%3A%2F%2Fbob%3Ahunter2hunter2%40host%2Fd`;

  test('wherever the cut is', () => {
    for (let at = 0; at <= line.length; at++) {
      expect(redactor.start(line.slice(0, at))).not.toMatch(/Zq|of-the|bob|hunter/);
    }
  });

  test('and what is before it stays', () => {
    expect(redactor.start('see Zq8vT3m')).toBe('see ');
    expect(redactor.start('see https://example.com/a, then https://bob:hun')).toBe(
      'see https://example.com/a, then https://***',
    );
  });
});
