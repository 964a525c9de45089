import { describe, expect, test } from '@jest/globals';
import {
  apiUrl,
  checkCredentialUrl,
  checkOptions,
  option,
  proofRequestHeaders,
} from '../../../../src/hosts/contract/options.ts';
import { secretsOf } from '../../../../src/inputs/secrets.ts';
import { createInputs } from '../../../support/fakes.ts';
import { createHostInputs } from '../../../support/host-io.ts';

test('the first of several lines of an option counts', () => {
  expect(option({ method: ['PUT', 'GET'] }, 'method')).toBe('PUT');
  expect(option({}, 'method')).toBeUndefined();
});

describe('a URL that gets a credential', () => {
  test.each([
    'https://api.render.com/deploy/srv-1?key=x',
    'http://localhost:8080/',
    'http://127.0.0.1/',
    'http://[::1]:1/',
  ])('%s is fine', (url) => expect(checkCredentialUrl('deploy-hook', url)).toEqual([]));

  test.each([
    ['http://example.com/hook', 'plain http'],
    ['http://localhost.example.com/hook', 'plain http'],
    ['http://10.0.0.1/hook', 'plain http'],
    ['ftp://example.com/hook', 'is not a URL; it starts with https://'],
    ['file:///etc/passwd', 'is not a URL'],
    ['javascript:alert(1)', 'is not a URL'],
    ['example.com/hook', 'is not a URL'],
    ['s3cret', 'is not a URL'],
  ])('%s is refused, and not quoted', (url, message) => {
    const [mistake, ...more] = checkCredentialUrl('deploy-hook', url);
    expect(mistake).toEqual({ input: 'deploy-hook', message: expect.stringContaining(message) });
    expect(mistake?.message).not.toContain(url);
    expect(more).toEqual([]);
  });
});

const hostOf = (title: string, names: readonly string[]) => ({
  title,
  options: names.map((name) => ({ name, meaning: name, example: name })),
});

test('each unknown option is named, with those that there are', () => {
  const inputs = createHostInputs({ options: { metod: ['POST'], 'proof-path': ['/v'], method: ['PUT'], x: ['1'] } });
  const mistakes = checkOptions(inputs, hostOf('the deploy hook', ['method', 'body']));
  expect(mistakes).toEqual(
    ['metod', 'x'].map((name) => ({
      input: 'host-options',
      message: `the deploy hook has no option "${name}"; it has method, body, proof-header, proof-path, proof-body, proof-request-header, preview-url, api-url`,
    })),
  );
});

test.each<[string, boolean]>([
  ['https://pr-{pr}.example.com', true],
  ['https://example.com/{pr}/', true],
  ['https://pr.example.com', false],
  ['pr-{pr}.example.com', false],
])('preview-url %s is its own for every pull request: %s', (url, right) => {
  const mistakes = checkOptions(createHostInputs({ options: { 'preview-url': [url] } }), hostOf('Render', []));
  const message = `preview-url "${url}" is the same for every pull request; write it like https://pr-{pr}.example.com`;
  expect(mistakes).toEqual(right ? [] : [{ input: 'host-options', message }]);
});

describe('what is to prove the release', () => {
  const messages = (options: Record<string, string[]>) =>
    checkOptions(createHostInputs({ options }), hostOf('Render', [])).map(({ message }) => message);

  test.each<[Record<string, string[]>, string]>([
    [{ 'proof-path': ['version'] }, 'proof-path "version" does not start with /'],
    [{ 'proof-body': ['Welcome'] }, 'proof-body is the same in every release'],
    [{ 'proof-body': ['{commit}'] }, 'proof-body is the same in every release'],
  ])('is refused where it could not: %j', (options, message) => {
    expect(messages(options)).toEqual([expect.stringContaining(message)]);
  });

  test.each<[Record<string, string[]>]>([
    [{ 'proof-path': ['/version'], 'proof-header': ['X-Release'] }],
    [{ 'proof-body': ['true'] }],
    [{ 'proof-body': ['build {short-sha}'] }],
    [{ 'proof-body': ['{release}'] }],
  ])('may be %j', (options) => {
    expect(messages(options)).toEqual([]);
  });
});

describe('the address of an API', () => {
  const standard = 'https://api.render.com/v1';
  test.each([
    [undefined, standard],
    ['https://proxy.example.com', 'https://proxy.example.com/v1'],
    ['https://proxy.example.com/', 'https://proxy.example.com/v1'],
    ['https://proxy.example.com/render/v2/', 'https://proxy.example.com/render/v2'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/v1'],
  ])('%p is %s', (given, url) => {
    expect(apiUrl(given === undefined ? {} : { 'api-url': [given] }, standard)).toBe(url);
  });
});

describe('proof-request-header', () => {
  const basic = `Basic ${Buffer.from('visitor:pass word').toString('base64')}`;
  const options = { 'proof-request-header': [`Authorization: ${basic}`, 'X-Deploy:  let-me-in '] };

  test('is a header for each line', () => {
    expect(proofRequestHeaders(options)).toEqual({ authorization: basic, 'x-deploy': 'let-me-in' });
    expect(proofRequestHeaders({})).toEqual({});
  });

  test('is secret, the password in it too', () => {
    const inputs = createInputs({ host: 'hook', hostInputs: createHostInputs({ options }) });
    const values = secretsOf(inputs, {}).map(({ value }) => value);
    for (const secret of [basic, basic.slice(6), 'pass word', 'let-me-in']) expect(values).toContain(secret);
  });

  test('of another form is a mistake that does not quote the value', () => {
    const lines = ['a-secret-without-a-name', 'Bad Name: secret', 'X-Line: a\u00e9'];
    const inputs = createHostInputs({ options: { 'proof-request-header': lines } });
    const messages = checkOptions(inputs, { title: 'Render', options: [] }).map(({ message }) => message);
    expect(messages).toHaveLength(3);
    expect(messages.join()).not.toMatch(/secret-without|: secret|a\u00e9/);
  });
});
