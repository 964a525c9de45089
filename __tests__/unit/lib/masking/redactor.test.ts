import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Sensitive } from '../../../../src/lib/masking/sensitive.ts';
import { unescapeAll } from '../../../../src/lib/masking/unescape.ts';
import { hookSecrets } from '../../../../src/lib/masking/urls.ts';
import { createRedactor } from '../../../../src/lib/secret.ts';

const redactorOf = (secrets: readonly (Sensitive | string)[], ...published: string[]) => {
  const redactor = createRedactor();
  for (const one of published) redactor.publish(one);
  for (const one of secrets) {
    if (typeof one === 'string') redactor.add(one);
    else redactor.add(one.value, one.rank);
  }
  return redactor;
};

describe('every usual encoding of a value is masked', () => {
  const value = `p@ss/w"or'd+é&<x> 1`;
  const bytes = Buffer.from(value);
  test.each([
    ['encodeURIComponent', encodeURIComponent(value)],
    ['Python quote', 'p%40ss/w%22or%27d%2B%C3%A9%26%3Cx%3E%201'],
    ['Python quote_plus', 'p%40ss%2Fw%22or%27d%2B%C3%A9%26%3Cx%3E+1'],
    ['escapes in lower case', 'p%40ss%2fw%22or%27d%2b%c3%a9%26%3cx%3e%201'],
    ['Django escape', 'p@ss/w&quot;or&#x27;d+é&amp;&lt;x&gt; 1'],
    ['html.escape with a decimal quote', 'p@ss/w&quot;or&#39;d+é&amp;&lt;x&gt; 1'],
    ['XML', 'p@ss/w&quot;or&apos;d+é&amp;&lt;x&gt; 1'],
    ['JSON', JSON.stringify(value).slice(1, -1)],
    ['JSON of Python', `p@ss/w\\"or'd+\\u00e9&<x> 1`],
    ['JSON of PHP', `p@ss\\/w\\"or'd+\\u00e9&<x> 1`],
    ['repr', `p@ss/w"or\\'d+é&<x> 1`],
    ['Base64', bytes.toString('base64')],
    ['Base64 for URLs', bytes.toString('base64url')],
    ['hex', bytes.toString('hex')],
    ['hex in capitals', bytes.toString('hex').toUpperCase()],
    ['shell, in single quotes', `p@ss/w"or'\\''d+é&<x> 1`],
    ['escaped twice', encodeURIComponent(encodeURIComponent(value))],
    ['JSON in JSON', JSON.stringify(JSON.stringify(value)).slice(3, -3)],
    ['JSON in a URL', encodeURIComponent(JSON.stringify(value).slice(1, -1))],
    [
      'JSON of Go',
      JSON.stringify(value)
        .slice(1, -1)
        .replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`),
    ],
    ['escapejs of Django', `p@ss/w\\u0022or\\u0027d+é\\u0026\\u003Cx\\u003E 1`],
    ['repr of bytes', `p@ss/w"or\\'d+\\xc3\\xa9&<x> 1`],
    ['a password as URL writes it', Object.assign(new URL('http://site.test'), { password: value }).password],
    ['every character as a byte of a URL', bytes.toString('hex').replace(/../g, '%$&')],
    ['every character by its number in HTML', [...value].map((sign) => `&#${sign.codePointAt(0)};`).join('')],
    ['escaped for HTML twice', 'p@ss/w&amp;quot;or&amp;#x27;d+é&amp;amp;&amp;lt;x&amp;gt; 1'],
    ['escaped for Markdown', `p@ss/w"or'd\\+é\\&\\<x\\> 1`],
    ['printf %q', `p@ss/w\\"or\\'d+é\\&\\<x\\>\\ 1`],
    ['Base64 in a URL', encodeURIComponent(bytes.toString('base64'))],
  ])('%s', (_, form) => {
    expect(redactorOf([value]).whole(`a ${form} b`)).toBe('a *** b');
  });

  test.each([0, 1, 2])('Base64 of a text in which it begins at place %i', (before) => {
    const text = Buffer.from(`${'x'.repeat(before)}s3cr3t-of-the-user:y`).toString('base64');
    const left = redactorOf(['s3cr3t-of-the-user']).whole(text);
    expect(Buffer.from(left.replace('***', ''), 'base64').toString()).not.toMatch(/3cr3t|the/);
    expect(left).toContain('***');
  });
});

test('a value is masked under any three escapes, and what stands around it stays', () => {
  const numbered = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const inScript = (text: string) =>
    text.replace(/[^\w ]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const inXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
  const anEscape = fc.constantFrom(encodeURIComponent, inJson, numbered, inScript, inXml);
  const sign = fc.constantFrom(...'abcXYZ019-_/+&<>"\'\\%=@:.é漢😀\t$;');
  const middle = fc.array(sign, { minLength: 8, maxLength: 20 }).map((signs) => signs.join(''));
  fc.assert(
    fc.property(middle, fc.array(anEscape, { maxLength: 3 }), (text, escapes) => {
      const value = `x${text}y`;
      // One that looks escaped itself can be read in two ways.
      fc.pre(unescapeAll(value) === undefined);
      const written = escapes.reduce((left, one) => one(left), value);
      expect(redactorOf([value]).whole(`[before] ${written} [after]`)).toBe('[before] *** [after]');
    }),
    { numRuns: 1_000 },
  );
});

test.each([64, 76])('Base64 in lines of %i', (length) => {
  const key = 'Zq9'.repeat(70);
  const lines = Buffer.from(key)
    .toString('base64')
    .replace(new RegExp(`.{${length}}`, 'g'), '$&\n');
  expect(
    redactorOf([key])
      .whole(lines)
      .replace(/\*\*\*|\n/g, ''),
  ).toBe('');
});

test('a text that Python writes in ASCII has Latin-1 beside Unicode', () => {
  const { add, whole } = createRedactor();
  add('clé-日本-ß');
  expect(whole("'cl\\xe9-\\u65e5\\u672c-\\xdf' \\xe9")).toBe("'***' \\xe9");
});

test('a value with white space around it is masked without it too, because programs strip it', () => {
  const { add, whole } = createRedactor();
  add('hunter2\n');
  expect(whole('password=hunter2')).toBe('password=***');
});

test('what only looks like an escape stays as it is', () => {
  const text = String.raw`100% of C:\new\x, a+b & c &c; %zz \q \u12`;
  expect(redactorOf(['hunter2!x', 'another%20one']).whole(text)).toBe(text);
});

test.each<[string, string, string]>([
  ['an escape in the value itself', 'a%20b%41-secret', JSON.stringify({ key: 'a%20b%41-secret' })],
  ['a backslash', String.raw`C:\new\key-1`, JSON.stringify(String.raw`C:\new\key-1`)],
  ['bytes that are no text', 'secret-of-4', '%ffsecret-of-4%fe'],
])('with %s it is masked as it is, and escaped once more', (_, value, text) => {
  const left = redactorOf([value]).whole(`${text} ${value} ${encodeURIComponent(value)}`);
  expect(left.match(/\*\*\*/g)).toHaveLength(3);
  expect(left).not.toMatch(/secret|key-1/);
});

test.each(['p%40ss%2Fw', 'p\\u0040ss/w\\u00', 'p&#64;ss&#4'])(
  'a text that is cut inside an escaped value: %s',
  (cut) => {
    expect(redactorOf(['p@ss/w"ord']).start(`a ${cut}`)).toBe('a ');
  },
);

describe('by length', () => {
  const short = redactorOf(['hunter2']);
  test.each([
    ['password=hunter2', 'password=***'],
    ['"hunter2"', '"***"'],
    ['app%3Ahunter2%40db', 'app%3A***%40db'],
    ['a\\nhunter2\\n', 'a\\n***\\n'],
    ['DB_hunter2_x', 'DB_***_x'],
    ['hunter2000 xhunter2', 'hunter2000 xhunter2'],
  ])('a short one is masked as a whole word: %s', (text, left) => {
    expect(short.whole(text)).toBe(left);
  });

  test('a long one is masked inside of words too', () => {
    expect(redactorOf(['hunter2hunter2']).whole('xhunter2hunter2000')).toBe('x***000');
  });

  test('less than four characters are never masked', () => {
    expect(redactorOf(['abc', '']).whole('abc')).toBe('abc');
  });
});

test('the whole of two that overlap is masked, and every occurrence; characters of patterns are plain text', () => {
  expect(redactorOf(['token-of-12', '12-and-more']).whole('token-of-12-and-more.')).toBe('***.');
  expect(redactorOf(['a.b*c$&(d)']).whole('a.b*c$&(d) axb a.b*c$&(d)')).toBe('*** axb ***');
});

test('each line of a key is masked, and its first and last line are words', () => {
  const key = '-----BEGIN KEY-----\r\n  c2VjcmV0LWJ5dGVz\r\n-----END KEY-----';
  expect(redactorOf([key]).whole('-----BEGIN KEY----- c2VjcmV0LWJ5dGVz.')).toBe('-----BEGIN KEY----- ***.');
});

describe('what the run makes public stays readable', () => {
  test('a part of a hook that is a part of the URL (M2)', () => {
    const hook = 'https://host.example/api/deploy/my-shop-app?token=tok-12345678';
    const redactor = redactorOf(hookSecrets(hook), 'https://www.example.com/my-shop-app');
    expect(redactor.whole('Live: https://www.example.com/my-shop-app')).toBe(
      'Live: https://www.example.com/my-shop-app',
    );
    expect(redactor.whole('my-shop-app tok-12345678')).toBe('my-shop-app ***');
    expect(redactor.whole(hook)).toBe('***');
  });

  test('a value that equals the name of the environment', () => {
    const redactor = redactorOf([{ value: 'production-eu', rank: 'secret' }], 'production-eu');
    expect(redactor.whole('to production-eu')).toBe('to production-eu');
  });

  test('a public value that holds a secret, and nothing but that', () => {
    const redactor = redactorOf([{ value: 'kingfisher', rank: 'secret' }], 'https://kingfisher.example.com');
    expect(redactor.whole('https://kingfisher.example.com/a')).toBe('https://kingfisher.example.com/a');
    expect(redactor.whole('password kingfisher')).toBe('password ***');
  });

  test('what becomes known to be public later', () => {
    const redactor = redactorOf([{ value: 'srv-c0ffee1234', rank: 'part' }]);
    expect(redactor.whole('srv-c0ffee1234')).toBe('***');
    redactor.publish('https://dashboard.example/web/srv-c0ffee1234/deploys/dep-1');
    expect(redactor.whole('srv-c0ffee1234')).toBe('srv-c0ffee1234');
  });

  test('but a credential never becomes public', () => {
    const redactor = redactorOf(['my-shop-app'], 'https://www.example.com/my-shop-app', 'my-shop-app');
    expect(redactor.whole('https://www.example.com/my-shop-app')).toBe('https://www.example.com/***');
  });
});

describe('the runner is told of', () => {
  test.each<[string, Sensitive['rank'], string[]]>([
    ['a-long-credential', 'credential', ['a-long-credential']],
    ['hunter2', 'credential', []],
    ['my-shop-app', 'part', []],
    ['srv-c0ffee1234', 'part', ['srv-c0ffee1234']],
    ['www.example.com', 'secret', []],
    ['line-one-of-it\nline-two-of-it\n}', 'secret', ['line-one-of-it', 'line-two-of-it']],
  ])('%j as %s: %j', (value, rank, told) => {
    const redactor = createRedactor();
    redactor.publish('https://www.example.com/');
    expect(redactor.add(value, rank)).toEqual(told);
  });

  test('each value once, whatever it comes by', () => {
    const redactor = createRedactor();
    expect(redactor.add('line-one-of-it\nline-two-of-it', 'secret')).toEqual(['line-one-of-it', 'line-two-of-it']);
    expect(redactor.add('line-two-of-it')).toEqual([]);
    expect(redactor.add('line-one-of-it\nline-three-of-it')).toEqual(['line-three-of-it']);
  });
});

describe('of a text that is cut off nothing secret is left at its end', () => {
  const redactor = redactorOf(['Zq8vT3mKxYw-of-the-hook']);
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
