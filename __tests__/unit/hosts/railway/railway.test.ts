import { afterAll, describe, expect, test } from '@jest/globals';
import { checkHost } from '../../../../src/hosts/contract/check-host.ts';
import { type Host, HostAnswerError, type HostInputs } from '../../../../src/hosts/contract/host.ts';
import { railway } from '../../../../src/hosts/railway/railway.ts';
import { Secret } from '../../../../src/lib/secret.ts';
import { hostIO } from '../../../../src/release/host-io.ts';
import { createHttp } from '../../../../src/runner/http-client.ts';
import { never } from '../../../support/fakes.ts';
import { createHostInputs, createReleaseRequest, fakeMachine } from '../../../support/host-io.ts';
import {
  type RailwayEmulator,
  type RailwayOptions,
  railwayEnvironment,
  railwayProject,
  railwayService,
  railwayToken,
  startRailway,
} from '../../../support/hosts/railway.ts';

const http = createHttp('unit');
afterAll(() => http.close());
const clock = { now: () => Date.now(), sleep: async () => undefined };
const io = hostIO({ http, machine: fakeMachine(), clock, signal: never });
const request = createReleaseRequest();
const { sha } = request;
const other = '0b7e31c4a2f5d8890c1b2a3f4e5d6c7b8a990011';

const ids = { project: [railwayProject], environment: [railwayEnvironment] };
const inputsFor = (options: HostInputs['options']) =>
  createHostInputs({ service: railwayService, token: new Secret(railwayToken), options });

async function using(
  options: RailwayOptions,
  work: (host: Host, emulator: RailwayEmulator) => Promise<void>,
  more: HostInputs['options'] = {},
) {
  const emulator = await startRailway(options);
  try {
    await work(await railway.create(inputsFor({ 'api-url': [emulator.origin], ...ids, ...more })), emulator);
    expect(emulator.complaints).toEqual([]);
  } finally {
    await emulator.stop();
  }
}

const thrownBy = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as HostAnswerError,
  );

describe('errors, which Railway sends with HTTP 200', () => {
  test.each([
    ['Not Authorized', 401],
    ['You do not have permission', 403],
    ['Service not found', 404],
    ['Rate limit exceeded', 429],
    ['Problem processing request', 500],
  ])('%s is %i', async (message, status) => {
    await using({ errors: { serviceInstanceDeployV2: message } }, async (host) => {
      expect(await thrownBy(host.trigger(request, io))).toMatchObject({ status });
    });
  });

  test('never show the token or a variable that they repeat', async () => {
    const secret = 'postgres://app:pa55w0rd@db/app';
    const message = `bad value ${secret} by ${railwayToken}`;
    await using({ errors: { variableCollectionUpsert: message } }, async (host) => {
      const thrown = await thrownBy(host.trigger({ ...request, variables: { DATABASE_URL: secret } }, io));
      expect(thrown).toBeInstanceOf(HostAnswerError);
      expect(thrown?.message).toContain('bad value *** by ***');
    });
  });
});

describe('before the deploy', () => {
  test('variables are added to what is there, without a deploy of their own', async () => {
    await using({}, async (host, { environments, world }) => {
      Object.assign(environments[0]?.variables ?? {}, { KEPT: 'yes', RELEASE: 'old' });
      await host.trigger({ ...request, variables: { RELEASE: 'new' } }, io);
      expect(environments[0]?.variables).toEqual({ KEPT: 'yes', RELEASE: 'new' });
      expect(world.of(railwayEnvironment)).toHaveLength(1);
    });
  });

  test('auto-deploy is warned of, because each push would deploy twice', async () => {
    await using({ autoDeploys: true }, async (host) => {
      expect(await host.check?.(io)).toEqual([expect.stringContaining('each push deploys twice')]);
    });
    await using({}, async (host) => expect(await host.check?.(io)).toEqual([]));
    await using({ errors: { serviceInstanceAutoDeployStatus: 'Problem processing request' } }, async (host) =>
      expect(await host.check?.(io)).toEqual([]),
    );
  });

  test('a service that runs an image, and one that is built from git, need what fits them', async () => {
    await using({ image: 'ghcr.io/acme/shop:1' }, async (host) => {
      await expect(host.check?.(io)).rejects.toThrow('runs an image');
    });
    await using({}, async (host) => expect(host.check?.(io)).rejects.toThrow('built from git'), {
      image: ['ghcr.io/acme/shop:{sha}'],
    });
  });
});

describe('REMOVED, which Railway says of several ends', () => {
  test('is cancelled if nothing newer is there', async () => {
    await using({ script: ['BUILDING', 'REMOVED'] }, async (host) => {
      const release = await host.trigger(request, io);
      await host.status?.(release, io);
      expect(await host.status?.(release, io)).toMatchObject({ phase: 'cancelled' });
    });
  });

  test('is superseded if a newer deployment is there, and not if that one failed', async () => {
    await using({ script: ['REMOVED'] }, async (host, { world }) => {
      const release = await host.trigger(request, io);
      const newer = world.begin(railwayEnvironment, other, 'FAILED');
      expect(await host.status?.(release, io)).toMatchObject({ phase: 'cancelled' });
      newer.status = 'BUILDING';
      expect(await host.status?.(release, io)).toMatchObject({ phase: 'superseded', by: other });
    });
  });
});

test('a service that sleeps is live, because a visitor wakes it', async () => {
  await using({ script: ['SLEEPING'] }, async (host) => {
    const release = await host.trigger(request, io);
    expect(await host.status?.(release, io)).toMatchObject({ phase: 'live', commit: sha });
  });
});

test('a skipped deployment ends, and says what skips deployments', async () => {
  await using({ script: ['SKIPPED'] }, async (host) => {
    const release = await host.trigger(request, io);
    expect(await host.status?.(release, io)).toMatchObject({
      phase: 'cancelled',
      reason: expect.stringMatching(/watch paths/),
    });
  });
});

describe('a pull request for which Railway made an environment', () => {
  test('is deployed there, and Railway is left to delete it', async () => {
    await using({}, async (host, emulator) => {
      emulator.openPullRequest(7, 'octo/site');
      const preview = host.preview?.(7);
      const release = await preview?.trigger(request, io);
      expect(emulator.environments.map(({ name }) => name)).toEqual(['production', 'harbour-pr-7']);
      expect(emulator.world.of(emulator.environments[1]?.id ?? '')).toMatchObject([{ id: release?.id, commit: sha }]);
      expect(await preview?.url?.(io)).toBe('https://harbour-pr-7.up.railway.app');
      expect(await preview?.destroy(request, io)).toMatchObject({ outcome: 'left' });
    });
  });

  test('is not taken for that of another repository', async () => {
    await using({}, async (host, emulator) => {
      emulator.openPullRequest(7, 'octo/other');
      const preview = host.preview?.(7);
      await preview?.trigger(request, io);
      expect(emulator.environments.map(({ name }) => name)).toEqual(['production', 'harbour-pr-7', 'pr-7-2f0b3c6e']);
    });
  });
});

test('a rollback follows the deployment that Railway begins, not the one that it goes back to', async () => {
  await using({ script: ['SUCCESS'] }, async (host, { world }) => {
    for (const commit of [other, sha]) {
      await host.status?.(await host.trigger({ ...request, sha: commit }, io), io);
    }
    const back = host.rollback?.(undefined);
    const release = await back?.trigger(request, io);
    expect(release).toMatchObject({ sha: other });
    const [newest] = world.of(railwayEnvironment);
    expect(newest).toMatchObject({ commit: other, isRollback: true });
    const found = release && (await back?.status?.(release, io));
    expect(found).toMatchObject({ phase: 'queued', id: newest?.id });
    expect(release && (await back?.status?.({ ...release, ...found }, io))).toMatchObject({
      phase: 'live',
      commit: other,
    });
  });
});

test.each<[HostInputs['options'], string]>([
  [{}, 'project and environment are missing; write the ids'],
  [{ project: [railwayProject] }, 'environment is missing; write the ids'],
  [{ ...ids, image: ['ghcr.io/acme/shop:latest'] }, 'write {sha} into its tag'],
  [{ ...ids, image: ['ghcr.io/acme/shop:{sha}-{pr}'] }, 'image has {pr} in it, which only pull requests have'],
])('%j is a mistake: %s', (options, message) => {
  const mistakes = checkHost(railway, inputsFor(options));
  expect(mistakes).toMatchObject([{ input: 'host-options', message: expect.stringContaining(message) }]);
});

test('a project token makes no preview, and the mistake says which token does', () => {
  const mistakes = checkHost(railway, inputsFor({ 'token-type': ['project'] }), 'preview');
  expect(mistakes).toMatchObject([
    { input: 'host-token', message: expect.stringContaining('set an account or workspace token') },
  ]);
});
