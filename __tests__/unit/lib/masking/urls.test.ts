import { describe, expect, test } from '@jest/globals';
import { hookSecrets, urlCredentials } from '../../../../src/lib/masking/urls.ts';
import { createRedactor } from '../../../../src/lib/secret.ts';

function masked(text: string, hook: string): string {
  const redactor = createRedactor();
  for (const { value, rank } of hookSecrets(hook)) redactor.add(value, rank);
  return redactor.whole(text);
}

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
    [
      'but not the host and the fixed words',
      'api.render.com did not answer; deploy again',
      'api.render.com did not answer; deploy again',
    ],
  ])('%s', (_, text, left) => {
    expect(masked(text, hook)).toBe(left);
  });
});

describe('every kind of part of a hook is masked', () => {
  test.each([
    ['a path part of letters alone', 'https://h.example/hooks/qwertzuiopasdf', 'qwertzuiopasdf'],
    ['a path part in the middle', 'https://h.example/api/qwertzuiopasdf/deploy', 'qwertzuiopasdf'],
    ['lower-case letters beside a query', 'https://h.example/deploy/kingfisher?v=1', 'kingfisher'],
    ['a part with an ending', 'https://h.example/hooks/kingfisher.json', 'kingfisher'],
    ['a short query value', 'https://h.example/deploy?key=abcd', 'abcd'],
    ['a very short query value with its name', 'https://h.example/deploy?key=abc', 'key=abc'],
    ['a query without a name', 'https://h.example/deploy?kingfisher', 'kingfisher'],
    ['lower-case escapes as written', 'https://h.example/hooks/a%2fbcdefg', 'a%2fbcdefg'],
    ['lower-case escapes decoded', 'https://h.example/hooks/a%2fbcdefg', 'a/bcdefg'],
    ['lower-case escapes in capitals', 'https://h.example/hooks/a%2fbcdefg', 'a%2Fbcdefg'],
    ['a plus of a query', 'https://h.example/deploy?k=one+two+three', 'one two three'],
    ['a user', 'https://deployer-x:pw-of-it@h.example/deploy', 'deployer-x'],
    ['a password', 'https://u:pw-of-it@h.example/deploy', 'pw-of-it'],
    [
      'user and password in a header',
      'https://us:pw-of-it@h.example/deploy',
      Buffer.from('us:pw-of-it').toString('base64'),
    ],
    ['the form of a parser', 'HTTPS://H.Example:443/a/../hooks/kingfisher', 'https://h.example/hooks/kingfisher'],
    ['a fragment', 'https://h.example/deploy#kingfisher', 'kingfisher'],
    ['Slack', 'https://hooks.slack.com/services/T00000000/B11111111/XXXXxxxxXXXX', 'B11111111'],
    [
      'CapRover',
      'https://c.example/api/v2/user/apps/webhooks/triggerbuild?namespace=captain&token=eyJab.cd.ef',
      'eyJab.cd.ef',
    ],
    ['Netlify', 'https://api.netlify.com/build_hooks/5fa0c1d2e3', '5fa0c1d2e3'],
    ['Vercel', 'https://api.vercel.com/v1/integrations/deploy/prj_abc/QwErTy', 'QwErTy'],
    ['Coolify', 'https://c.example/api/v1/deploy?uuid=abcdefgh12&force=false', 'abcdefgh12'],
  ])('%s', (_, hook, form) => {
    expect(masked(`before ${form} after`, hook)).toBe('before *** after');
  });

  test.each([
    ['https://bob:pw@example.com/deploy/web?v=1&mode=deploy', 'deploy web v1 for bob: mode deploy'],
    [
      'https://h.example/api/v1/hooks/rollback?ref=main&env=production&force=true',
      'rollback of main to production: true',
    ],
    ['https://h.example/previews/{pr}?ref={sha}', '{pr} and {sha}'],
  ])('but words stay: %s', (hook, text) => {
    expect(masked(text, hook)).toBe(text);
  });
});

describe('of an address only its credentials are secret', () => {
  test.each<[string, string[]]>([
    ['https://www.example.com/shop/?page=2', []],
    ['postgres://app:p%40ss%2Fword9@db.example.com/app', ['p%40ss%2Fword9', 'p@ss/word9']],
    ['https://ghp_1@git.example.com/x', ['ghp_1']],
    ['ssh://git@github.com/a/b', []],
    ['redis://:hunter2@cache:6379/0', ['hunter2']],
    ['https://a.blob.example/c?sv=2024&sig=abc%3D', ['abc%3D', 'abc=']],
    ['https://unpkg.com/react@18/index.js', []],
    ['http://localhost:8000/static/icon@2x.png', []],
    ['https://bob:pa/ss@pypi.example.com/simple', ['pa/ss']],
    ['postgres://postgres:postgres@localhost/app', []],
  ])('%s', (url, secrets) => {
    expect(urlCredentials(url)).toEqual(secrets.length === 0 ? [] : expect.arrayContaining(secrets));
  });
});
