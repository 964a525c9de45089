import { describe, expect, test } from '@jest/globals';
import { createRedactor } from '../../../../src/lib/secret.ts';

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

describe('what lets in whoever has it is hidden by its shape', () => {
  test.each([
    [
      'an S3 signature',
      'GET https://b.s3.amazonaws.com/a?X-Amz-Date=1&X-Amz-Signature=0aff33&x=1',
      'X-Amz-Signature=***&x=1',
    ],
    ['a session token in a signed URL', '/a?X-Amz-Security-Token=IQoJb3%2FJp', 'X-Amz-Security-Token=***'],
    ['a SAS token', 'https://a.blob.core.windows.net/c/b?sv=2024&sig=ab%2Fcd%3D&se=2026', 'sig=***&se=2026'],
    [
      'a signature of CloudFront',
      'https://d.example.net/a?Expires=1&Signature=Zq8v~T3_&Key-Pair-Id=K1',
      'Signature=***&Key-Pair-Id=K1',
    ],
    ['a signature of Google', '?X-Goog-Signature=00ff11', 'X-Goog-Signature=***'],
    ['in HTML', 'href="/a?x=1&amp;sig=abcdef&amp;se=1"', '&amp;sig=***&amp;se=1'],
    ['inside another URL', 'to=https%3A%2F%2Fa%3Fsig%3Dabcdef%26se%3D1', '%3Fsig%3D***%26se%3D1'],
    ['in JSON', '{"u":"/a?sig=abcdef","b":1}', '/a?sig=***","b":1}'],
    ['a header', 'Authorization: Bearer abc.def-123', 'Authorization: Bearer ***'],
    ['a token of GitHub', `see ghp_${'a1'.repeat(18)}.`, 'see ***.'],
  ])('%s', (_, text, left) => {
    expect(createRedactor().whole(text)).toContain(left);
  });

  test.each(['design=1&big=2', 'https://e.com/a?size=1&sigma=2', 'the signature of the release', 'token: none'])(
    'but other text stays: %s',
    (text) => {
      expect(createRedactor().whole(text)).toBe(text);
    },
  );
});
