import { describe, expect, test } from '@jest/globals';
import { checkHost } from '../../../../src/hosts/contract/check-host.ts';
import type { HostInputs } from '../../../../src/hosts/contract/host.ts';
import { render } from '../../../../src/hosts/render/render.ts';
import { Secret } from '../../../../src/lib/secret.ts';
import { answer } from '../../../support/fakes.ts';
import { createHostInputs, createReleaseRequest, fakeHostIO, json } from '../../../support/host-io.ts';

const sha = '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa';
const service = 'srv-c0ffee0123456789abcd';
const hookUrl = `https://api.render.com/deploy/${service}?key=hook-key`;
const base = `https://api.render.com/v1/services/${service}`;
const startedAt = Date.parse('2026-03-01T12:00:00Z');

const withToken = (more: Partial<HostInputs> = {}) =>
  createHostInputs({ service, token: new Secret('rnd_token'), ...more });
const host = (inputs = withToken()) => render.create(inputs);
const authorised = { authorization: 'Bearer rnd_token', accept: 'application/json' };

describe('a deploy through the API', () => {
  test('is asked for with the commit, and known by the id of the answer', async () => {
    const io = fakeHostIO(() => json({ id: 'dep-1', status: 'created' }, 201));
    const release = await host().trigger(createReleaseRequest(), io);
    expect(release).toEqual({ startedAt, sha, id: 'dep-1' });
    expect(io.requests).toEqual([
      {
        method: 'POST',
        url: `${base}/deploys`,
        headers: { ...authorised, 'content-type': 'application/json' },
        body: expect.any(String),
      },
    ]);
    expect(JSON.parse(String(io.requests[0]?.body))).toEqual({ commitId: sha });
  });

  test('that waits behind another has no id yet', async () => {
    const io = fakeHostIO(() => answer(202));
    expect(await host().trigger(createReleaseRequest(), io)).toEqual({ startedAt, sha });
  });

  test('may begin without a cache', async () => {
    const io = fakeHostIO(() => json({ id: 'dep-1' }, 201));
    await host(withToken({ options: { 'clear-cache': ['true'] } })).trigger(createReleaseRequest(), io);
    expect(JSON.parse(String(io.requests[0]?.body))).toEqual({ commitId: sha, clearCache: 'clear' });
  });

  test('goes to the address of the options', async () => {
    const io = fakeHostIO(() => json({ id: 'dep-1' }, 201));
    await host(withToken({ options: { 'api-url': ['http://127.0.0.1:9'] } })).trigger(createReleaseRequest(), io);
    expect(io.requests[0]?.url).toBe(`http://127.0.0.1:9/v1/services/${service}/deploys`);
  });

  test('takes the service out of the hook, where both hook and token are given', async () => {
    const io = fakeHostIO(() => json({ id: 'dep-1' }, 201));
    const inputs = withToken({ service: undefined, deployHook: new Secret(hookUrl) });
    await host(inputs).trigger(createReleaseRequest(), io);
    expect(io.requests[0]?.url).toBe(`${base}/deploys`);
  });

  test.each([401, 404, 429, 500])('that Render refuses with %i is an error with its words', async (status) => {
    const io = fakeHostIO(() => json({ id: 'err-1', message: 'rate limit' }, status, { 'retry-after': '9' }));
    await expect(host().trigger(createReleaseRequest(), io)).rejects.toMatchObject({
      status,
      retryAfter: 9_000,
      message: `Render's deploy request: HTTP ${status} (rate limit)`,
    });
    expect(io.requests).toHaveLength(1);
  });
});

describe('a deploy through the hook alone', () => {
  const hooked = (url = hookUrl) => host(createHostInputs({ deployHook: new Secret(url) }));

  test('asks for the commit, and sends no credential but the URL', async () => {
    const io = fakeHostIO(() => json({ deploy: { id: 'dep-9' } }));
    expect(await hooked().trigger(createReleaseRequest(), io)).toEqual({ startedAt, sha, id: 'dep-9' });
    expect(io.requests).toEqual([{ method: 'POST', url: `${hookUrl}&ref=${sha}` }]);
  });

  test('asks for our commit where the URL names another', async () => {
    const io = fakeHostIO(() => answer(202));
    await hooked(`${hookUrl}&ref=old`).trigger(createReleaseRequest(), io);
    expect(io.requests[0]?.url).toBe(`${hookUrl}&ref=${sha}`);
  });

  test('that waits behind another has no id', async () => {
    expect(
      await hooked().trigger(
        createReleaseRequest(),
        fakeHostIO(() => answer(202)),
      ),
    ).toEqual({ startedAt, sha });
  });

  test('tells nothing of how it goes', () => {
    expect(Object.keys(hooked())).toEqual(['trigger']);
  });

  test('does not show its URL in an error', async () => {
    const failing = hooked().trigger(
      createReleaseRequest(),
      fakeHostIO(() => answer(401)),
    );
    await expect(failing).rejects.toThrow(/^Render's deploy hook: HTTP 401$/);
  });
});

describe('the service', () => {
  const asked = (found: object) => fakeHostIO(() => json({ id: service, ownerId: 'tea-1', ...found }));

  test('tells its URL', async () => {
    const io = asked({ serviceDetails: { url: 'https://harbour.onrender.com' } });
    expect(await host().url?.(io)).toBe('https://harbour.onrender.com');
    expect(io.requests).toEqual([{ method: 'GET', url: base, headers: authorised }]);
    expect(await host().url?.(asked({}))).toBeUndefined();
  });

  test.each<[object, string[]]>([
    [{ autoDeployTrigger: 'off' }, []],
    [{ autoDeploy: 'no' }, []],
    [{ autoDeployTrigger: 'off', autoDeploy: 'yes' }, []],
    [{ autoDeployTrigger: 'commit' }, ['auto-deploy "commit"']],
    [{ autoDeployTrigger: 'checksPass' }, ['auto-deploy "checksPass"']],
    [{ autoDeploy: 'yes' }, ['auto-deploy "commit"']],
    [{ autoDeployTrigger: 'off', suspended: 'not_suspended' }, []],
    [{ autoDeployTrigger: 'off', suspended: 'suspended' }, ['is suspended']],
  ])('%j is warned of as %j', async (found, warnings) => {
    expect(await host().check?.(asked(found))).toEqual(warnings.map((part) => expect.stringContaining(part)));
  });
});

describe('a cancel', () => {
  test('is sent for the deploy', async () => {
    const io = fakeHostIO(() => json({ id: 'dep-1', status: 'canceled' }));
    await host().cancel?.({ id: 'dep-1', startedAt, sha }, io);
    expect(io.requests).toEqual([{ method: 'POST', url: `${base}/deploys/dep-1/cancel`, headers: authorised }]);
  });

  test('is not sent where the deploy is not known', async () => {
    const io = fakeHostIO(() => json({}));
    await host().cancel?.({ startedAt, sha }, io);
    expect(io.requests).toEqual([]);
  });
});

describe('inputs', () => {
  test.each<[string, Partial<HostInputs>, boolean]>([
    ['a service’s id', { service }, true],
    ['a hook', { deployHook: new Secret(hookUrl) }, true],
    ['a service of another host', { service: 'my-app' }, false],
    ['a hook of another host', { deployHook: new Secret('https://example.com/?u=https://api.render.com/') }, false],
    ['nothing', {}, false],
  ])('with %s are for Render: %p', (_, inputs, expected) => {
    expect(render.matches(createHostInputs(inputs))).toBe(expected);
  });

  test.each<[string, HostInputs, string[]]>([
    ['a service and a token', withToken(), []],
    ['a hook', createHostInputs({ deployHook: new Secret(hookUrl) }), []],
    ['an image', withToken({ options: { image: ['ghcr.io/acme/harbour:{sha}'] } }), []],
    ['an image of a pull request', withToken({ options: { image: ['ghcr.io/acme/harbour:{pr}'] } }), ['host-options']],
    ['an image of nothing', withToken({ options: { image: ['ghcr.io/acme/harbour:{tag}'] } }), ['host-options']],
    ['a cron job', withToken({ service: 'crn-c0ffee' }), []],
    ['a token alone', withToken({ service: undefined }), ['service']],
    ['a service alone', createHostInputs({ service }), ['host-token']],
    ['nothing', createHostInputs(), ['host-token']],
    ['a name instead of an id', withToken({ service: 'harbour' }), ['service']],
    ['a path instead of an id', withToken({ service: 'srv-1/../../users' }), ['service']],
    ['an API in plain http', withToken({ options: { 'api-url': ['http://api.example.com'] } }), ['host-options']],
    [
      'the hook of a Blueprint',
      createHostInputs({ deployHook: new Secret('https://api.render.com/deploy/exs-1?key=x') }),
      ['deploy-hook'],
    ],
  ])('with %s have mistakes in %j', (_, inputs, mistaken) => {
    expect(checkHost(render, inputs).map(({ input }) => input)).toEqual(mistaken);
  });
});

describe('an image', () => {
  const image = ['ghcr.io/acme/harbour:{sha}'];

  test('of the commit is what production is asked to deploy', async () => {
    const io = fakeHostIO(() => json({ id: 'dep-1' }, 201));
    const release = await host(withToken({ options: { image } })).trigger(createReleaseRequest(), io);
    expect(release).toEqual({ startedAt, sha, id: 'dep-1' });
    expect(JSON.parse(String(io.requests[0]?.body))).toEqual({ imageUrl: `ghcr.io/acme/harbour:${sha}` });
  });

  test.each([
    [`ghcr.io/acme/harbour:${sha}`, sha],
    [`ghcr.io/acme/harbour:main-${sha}-slim`, sha],
    ['ghcr.io/acme/harbour:latest', undefined],
    [`ghcr.io/acme/harbour@sha256:${'0f'.repeat(32)}`, undefined],
  ])('%s that is live is of the commit %p', async (ref, commit) => {
    const io = fakeHostIO(() => json({ id: 'dep-1', status: 'live', image: { ref } }));
    const found = await host(withToken({ options: { image } })).status?.({ id: 'dep-1', startedAt, sha }, io);
    expect(found).toMatchObject({ phase: 'live', ...(commit ? { commit } : {}) });
    expect('commit' in (found ?? {})).toBe(commit !== undefined);
  });

  test('is not for a service built from git, which is said before anything is built', async () => {
    const io = fakeHostIO(() => json({ id: service, serviceDetails: { runtime: 'python' } }));
    await expect(host(withToken({ options: { image } })).check?.(io)).rejects.toMatchObject({ code: 'INVALID_INPUTS' });
  });

  test('may have the number of the pull request in it for a preview', () => {
    const inputs = withToken({ options: { image: ['ghcr.io/acme/harbour:{pr}-{sha}'] } });
    expect(checkHost(render, inputs, 'preview')).toEqual([]);
  });
});

describe('what the deploy hook alone lacks', () => {
  test.each(['preview', 'rollback'] as const)('is said of a %s, with what to set', (capability) => {
    expect(render.lacks(capability, createHostInputs({ deployHook: new Secret(hookUrl) }))).toContain('set host-token');
    const both = createHostInputs({ deployHook: new Secret(hookUrl), token: new Secret('rnd_token') });
    expect(render.lacks(capability, both)).toBeUndefined();
  });
});

describe('the variables of a build', () => {
  const facts = { sha: 'abc', branch: 'main', isPullRequest: false, url: undefined };

  test('are those of Render’s own', () => {
    expect(render.variables?.(facts)).toEqual({
      RENDER: 'true',
      IS_PULL_REQUEST: 'false',
      RENDER_GIT_COMMIT: 'abc',
      RENDER_GIT_BRANCH: 'main',
    });
  });

  test('name the address where it is Render’s, and no other', () => {
    const named = (url: string) => render.variables?.({ ...facts, url })?.RENDER_EXTERNAL_HOSTNAME;
    expect(named('https://notes.onrender.com')).toBe('notes.onrender.com');
    expect(named('https://www.example.com')).toBeUndefined();
  });

  test('of a tag and a pull request say so', () => {
    const said = render.variables?.({ ...facts, branch: undefined, isPullRequest: true });
    expect(said).toEqual({ RENDER: 'true', IS_PULL_REQUEST: 'true', RENDER_GIT_COMMIT: 'abc' });
  });
});
