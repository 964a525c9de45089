import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { caprover } from '../../../../src/hosts/caprover/caprover.ts';
import { checkHost } from '../../../../src/hosts/contract/check-host.ts';
import type { Host, HostInputs } from '../../../../src/hosts/contract/host.ts';
import { Secret } from '../../../../src/lib/secret.ts';
import { createHostInputs, createReleaseRequest } from '../../../support/host-io.ts';
import {
  type CaproverEmulator,
  type CaproverOptions,
  caproverApp,
  caproverAppToken,
  caproverPassword,
  startCaprover,
} from '../../../support/hosts/caprover.ts';
import { followTo, realIO } from '../../../support/hosts/using.ts';

const { io, close } = realIO();
const folder = await mkdtemp(join(tmpdir(), 'caprover-'));
const path = join(folder, 'artifact.tar.gz');
await writeFile(path, 'the artifact');
afterAll(async () => {
  await close();
  await rm(folder, { recursive: true });
});

const request = createReleaseRequest({
  artifact: { path, sha256: 'ab'.repeat(32), bytes: 12, format: 'tar.gz' },
});
const { sha } = request;
const other = '0b7e31c4a2f5d8890c1b2a3f4e5d6c7b8a990011';

const inputsFor = (options: HostInputs['options'], token = caproverPassword) =>
  createHostInputs({ service: caproverApp, token: new Secret(token), options });

async function using(
  options: CaproverOptions,
  work: (host: Host, emulator: CaproverEmulator) => Promise<void>,
  more: HostInputs['options'] = {},
  token = caproverPassword,
) {
  const emulator = await startCaprover(options);
  try {
    await work(await caprover.create(inputsFor({ 'api-url': [emulator.origin], ...more }, token)), emulator);
    expect(emulator.complaints).toEqual([]);
  } finally {
    await emulator.stop();
  }
}

describe('errors, which CapRover sends with HTTP 200', () => {
  test('a wrong password is 401, and is not shown', async () => {
    await using(
      {},
      async (host) => {
        const thrown = await host.trigger(request, io).catch((error: unknown) => error);
        expect(thrown).toMatchObject({ status: 401, message: expect.stringContaining('Password is wrong') });
      },
      {},
      'not-the-password',
    );
  });

  test('two factors are 403, with what CapRover says', async () => {
    await using({ twoFactors: true }, async (host) => {
      await expect(host.trigger(request, io)).rejects.toMatchObject({
        status: 403,
        message: expect.stringMatching(/OTP/),
      });
    });
  });

  test('an app that is not there is 404', async () => {
    await using({}, async (_host, { origin }) => {
      const inputs = { ...inputsFor({ 'api-url': [origin] }), service: 'nobody' };
      await expect((await caprover.create(inputs)).check?.(io)).rejects.toMatchObject({ status: 404 });
    });
  });
});

test('the artifact is sent whole, with its size and the commit', async () => {
  await using({}, async (host, { requests }) => {
    await host.trigger(request, io);
    const sent = requests.find(({ path: asked }) => asked.endsWith('?detached=1'));
    expect(sent?.body).toContain('\r\n\r\nthe artifact\r\n');
    expect(sent?.body).toContain(sha);
  });
});

test('a run without the artifact and without an image says what to do', async () => {
  await using({}, async (host) => {
    await expect(host.trigger({ ...request, artifact: undefined }, io)).rejects.toMatchObject({
      code: 'INVALID_INPUTS',
    });
  });
});

test('variables are added to those of the app, and nothing else of it changes', async () => {
  await using({}, async (host, { apps }) => {
    const before = structuredClone(apps.get(caproverApp));
    await host.trigger({ ...request, variables: { RELEASE: 'new' } }, io);
    const app = apps.get(caproverApp);
    expect(app?.envVars).toEqual([
      { key: 'SECRET_KEY', value: 'of-production' },
      { key: 'RELEASE', value: 'new' },
    ]);
    expect({ ...app, envVars: [], versions: [] }).toEqual({ ...before, envVars: [], versions: [] });
  });
});

test('a webhook of the repository is warned of, because each push would deploy twice', async () => {
  await using({ repo: 'github.com/octo/site' }, async (host) => {
    expect(await host.check?.(io)).toEqual([expect.stringContaining('a push can deploy twice')]);
  });
});

test('a newer build that fails does not make this one fail', async () => {
  await using({ script: ['done'] }, async (host, { apps }) => {
    const release = await host.trigger(request, io);
    expect(await followTo(host, release, io)).toMatchObject({ phase: 'live', commit: sha });
    apps.get(caproverApp)?.versions.push({ version: 9, timeStamp: '' });
    expect(await followTo(host, release, io)).toMatchObject({ phase: 'live' });
  });
});

describe('a preview', () => {
  test('has the variables of host-env and none of production', async () => {
    await using({ script: ['done'] }, async (host, { apps }) => {
      await host.preview?.(7).trigger({ ...request, variables: { DATABASE_URL: 'sqlite:///x' } }, io);
      expect(apps.get('harbour-pr-7')?.envVars).toEqual([{ key: 'DATABASE_URL', value: 'sqlite:///x' }]);
      expect(apps.get('harbour-pr-7')).toMatchObject({ containerHttpPort: 8000, hasDefaultSubDomainSsl: true });
    });
  });

  test('never changes or deletes an app of somebody else that has its name', async () => {
    await using({ taken: ['harbour-pr-7'] }, async (host, { apps }) => {
      const preview = host.preview?.(7);
      await expect(preview?.trigger(request, io)).rejects.toThrow('this action did not make it');
      await expect(preview?.destroy(request, io)).rejects.toThrow('this action did not make it');
      expect(apps.has('harbour-pr-7')).toBe(true);
    });
  });
});

test('a rollback follows the version that it makes', async () => {
  await using({ script: ['done'] }, async (host, { apps }) => {
    for (const commit of [other, sha]) await followTo(host, await host.trigger({ ...request, sha: commit }, io), io);
    const back = host.rollback?.(undefined);
    const release = await back?.trigger(request, io);
    expect(release).toMatchObject({ id: '3', sha: other });
    expect(back && release && (await followTo(back, release, io))).toMatchObject({ phase: 'live', commit: other });
    expect(apps.get(caproverApp)?.deployedVersion).toBe(3);
  });
});

test('an app token sends the artifact, without a login, and tells nothing more', async () => {
  await using(
    {},
    async (host, { requests }) => {
      expect(await host.trigger(request, io)).toMatchObject({ sha });
      expect(requests.map(({ path: asked }) => asked)).toEqual(['/api/v2/user/apps/appData/harbour?detached=1']);
      expect(Object.keys(host)).toEqual(['trigger']);
    },
    { 'token-type': ['app'] },
    caproverAppToken,
  );
});

test.each(['preview', 'rollback'] as const)('an app token makes no %s, and the mistake says what does', (intent) => {
  const inputs = inputsFor({ 'api-url': ['https://captain.example.com'], 'token-type': ['app'] });
  expect(checkHost(caprover, inputs, intent)).toMatchObject([
    { input: 'host-token', message: expect.stringMatching(/set the password/) },
  ]);
});
