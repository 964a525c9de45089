import { describe, expect, test } from '@jest/globals';
import type { HostOptions, ReleaseRequest } from '../../../../src/hosts/contract/host.ts';
import { hook } from '../../../../src/hosts/hook/hook.ts';
import { Secret } from '../../../../src/lib/secret.ts';
import { answer } from '../../../support/fakes.ts';
import { createHostInputs, createReleaseRequest, fakeHostIO, json } from '../../../support/host-io.ts';

const url = 'https://hooks.example.com/deploy?key=secret-key-of-the-hook';

function given(options: HostOptions = {}, token?: string) {
  return createHostInputs({ deployHook: new Secret(url), token: token ? new Secret(token) : undefined, options });
}

async function send(options: HostOptions = {}, request: Partial<ReleaseRequest> = {}, token?: string) {
  const io = fakeHostIO(() => answer(200));
  await hook.create(given(options, token)).trigger(createReleaseRequest(request), io);
  const [sent] = io.requests;
  if (!sent || io.requests.length > 1) throw new Error('a hook is asked once');
  return { ...sent, headers: sent.headers ?? {} };
}

describe('the request', () => {
  test('is an empty POST to the URL as it was given', async () => {
    expect(await send()).toMatchObject({ method: 'POST', url, body: '', headers: {} });
  });

  test.each<[string, string, string]>([
    ['https://robot:t%40ken@hooks.example.com/deploy?key=x', 'https://hooks.example.com/deploy?key=x', 'robot:t@ken'],
    ['https://robot@hooks.example.com/', 'https://hooks.example.com/', 'robot:'],
  ])('has user and password of %s as a header', async (address, asked, credentials) => {
    const io = fakeHostIO(() => answer(200));
    const inputs = createHostInputs({ deployHook: new Secret(address) });
    await hook.create(inputs).trigger(createReleaseRequest(), io);
    const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
    expect(io.requests).toMatchObject([{ url: asked, headers: { authorization } }]);
  });

  test('may be another method, and GET has no body at all', async () => {
    expect(await send({ method: ['PUT'] })).toMatchObject({ method: 'PUT', url });
    const get = await send({ method: ['GET'] });
    expect(get.method).toBe('GET');
    expect(get.body).toBeUndefined();
  });

  test('has the body that was written, with its places filled', async () => {
    const template =
      '{"sha":"{sha}","release":"{release}","branch":"{branch}","env":"{environment}","repo":"{repository}","run":"{run-url}","file":"{artifact-path}","sum":"{artifact-sha256}"}';
    const { headers, body } = await send({ body: [template] });
    expect(headers['content-type']).toBe('application/json');
    expect(JSON.parse(String(body))).toEqual({
      sha: '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa',
      release: '5ad1c8f0d0d1-42.1',
      branch: 'main',
      env: 'production',
      repo: 'octo/site',
      run: 'https://github.com/octo/site/actions/runs/1001',
      file: '/tmp/artifact.tar.gz',
      sum: 'ab'.repeat(32),
    });
  });

  test('has the URL of the preview’s own database, escaped for where it stands', async () => {
    const databaseUrl = 'postgres://u:p%22"@db/name?sslmode=require';
    const { body } = await send({ body: ['{"database":"{database-url}"}'] }, { databaseUrl });
    expect(JSON.parse(String(body))).toEqual({ database: databaseUrl });
  });

  test('has empty places for what this run has not', async () => {
    const { body } = await send(
      { body: ['{branch}|{artifact-path}|{database-url}'] },
      { branch: undefined, artifact: undefined },
    );
    expect(body).toBe('||');
  });

  test.each(['x","admin":true,"y":"', 'a\\', 'line\nbreak', '{sha}', '$&', '🚀'])(
    'stays JSON, and the same JSON, with a branch called %j',
    async (branch) => {
      const { body } = await send({ body: ['{"branch":"{branch}"}'] }, { branch });
      expect(JSON.parse(String(body))).toEqual({ branch });
    },
  );

  test('has the content type that was written', async () => {
    const options = { body: ['ref={sha}'], 'content-type': ['application/x-www-form-urlencoded'] };
    expect((await send(options)).headers['content-type']).toBe('application/x-www-form-urlencoded');
  });

  test('has every header that was written, filled, and the token', async () => {
    const header = ['X-Api-Key: k:1', 'X-Commit:{sha}', 'Accept:  text/plain'];
    expect((await send({ header }, {}, 'token-1')).headers).toEqual({
      authorization: 'Bearer token-1',
      'x-api-key': 'k:1',
      'x-commit': '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa',
      accept: 'text/plain',
    });
  });

  test('has the header that was written in place of one that the token makes', async () => {
    const { headers } = await send({ header: ['Authorization: Token abc'] }, {}, 'token-1');
    expect(headers).toEqual({ authorization: 'Token abc' });
  });
});

describe('the signature', () => {
  // Made by: printf '%s' BODY | openssl dgst -sha256 -hmac SECRET
  test('is that of GitHub’s documentation', async () => {
    const options = { body: ['Hello, World!'], 'signature-secret': ["It's a Secret to Everybody"] };
    expect((await send(options)).headers['x-hub-signature-256']).toBe(
      'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    );
  });

  test('is of the bytes that are sent, after the places are filled', async () => {
    const options = { body: ['{"branch":"{branch}"}'], 'signature-secret': ['geheim'] };
    const { headers, body } = await send(options, { branch: 'Ünï' });
    expect(body).toBe('{"branch":"Ünï"}');
    expect(headers['x-hub-signature-256']).toBe(
      'sha256=a7dbc35f1de85df57cc57bb5f388a6a82a57b303aee553bd92a9064cc1ec379c',
    );
  });

  test('of an empty body is made too, in the header that was asked for', async () => {
    const { headers } = await send({ 'signature-secret': ['key'], 'signature-header': ['x-signature'] });
    expect(headers).toEqual({
      'x-signature': 'sha256=5d5d139563c95b5967b9bd9a8c9b233a9dedb45072794cd232dc1b74832607d0',
    });
  });

  test('is not there without a secret', async () => {
    expect((await send({ body: ['x'] })).headers).toEqual({ 'content-type': 'application/json' });
  });
});

describe('the answer', () => {
  const trigger = (reply: ReturnType<typeof answer>) =>
    hook.create(given()).trigger(
      createReleaseRequest(),
      fakeHostIO(() => reply),
    );

  test.each<[unknown, string | undefined]>([
    [{ deploy: { id: 'dep-1' } }, 'dep-1'],
    [{ deployment: { id: 'd-2' }, id: 'other' }, 'd-2'],
    [{ job: { id: 17 } }, '17'],
    [{ id: 'abc' }, 'abc'],
    [{ ok: true }, undefined],
    [{ deploy: null, id: { a: 1 } }, undefined],
    [[], undefined],
  ])('%j names the deploy %p', async (body, id) => {
    const release = await trigger(json(body));
    expect(release).toEqual({
      sha: '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa',
      startedAt: Date.parse('2026-03-01T12:00:00Z'),
      ...(id === undefined ? {} : { id }),
    });
  });

  test.each(['', 'OK', '<html>done</html>', 'null'])('%j is a success without a name', async (body) => {
    expect(await trigger(answer(202, body))).not.toHaveProperty('id');
  });

  test.each([302, 401, 404, 500])('of %i is an error that does not show the URL', async (status) => {
    const failing = trigger(answer(status, 'no'));
    await expect(failing).rejects.toThrow(`the deploy hook: HTTP ${status} (no)`);
    await expect(failing).rejects.not.toThrow(/secret-key|hooks\.example/);
  });
});
