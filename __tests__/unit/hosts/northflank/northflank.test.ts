import { afterAll, describe, expect, test } from '@jest/globals';
import { checkHost } from '../../../../src/hosts/contract/check-host.ts';
import type { Host } from '../../../../src/hosts/contract/host.ts';
import { northflank } from '../../../../src/hosts/northflank/northflank.ts';
import { Secret } from '../../../../src/lib/secret.ts';
import { createHostInputs, createReleaseRequest } from '../../../support/host-io.ts';
import {
  type NorthflankEmulator,
  type NorthflankOptions,
  northflankService,
  northflankToken,
  startNorthflank,
} from '../../../support/hosts/northflank.ts';
import { followTo, realIO } from '../../../support/hosts/using.ts';

const { io, close } = realIO();
afterAll(close);
const request = createReleaseRequest();
const { sha } = request;
const other = '0b7e31c4a2f5d8890c1b2a3f4e5d6c7b8a990011';

const inputsFor = (options: Record<string, string[]>) =>
  createHostInputs({ service: northflankService, token: new Secret(northflankToken), options });

async function using(options: NorthflankOptions, work: (host: Host, emulator: NorthflankEmulator) => Promise<void>) {
  const emulator = await startNorthflank(options);
  try {
    await work(await northflank.create(inputsFor({ 'api-url': [emulator.origin], project: ['acme'] })), emulator);
    expect(emulator.complaints).toEqual([]);
  } finally {
    await emulator.stop();
  }
}

test('variables are added to what is there, with templates as they are', async () => {
  await using({ variables: { KEPT: `\${refs.database.host}`, RELEASE: 'old' } }, async (host, { variables }) => {
    await host.trigger({ ...request, variables: { RELEASE: 'new' } }, io);
    expect(variables).toEqual({ KEPT: `\${refs.database.host}`, RELEASE: 'new' });
  });
});

test('CI is warned of, because each push would deploy twice', async () => {
  await using({ ci: true }, async (host) => {
    expect(await host.check?.(io)).toEqual([expect.stringContaining('each push deploys twice')]);
  });
});

test('a service that only builds or only runs is refused', async () => {
  await using({ serviceType: 'build' }, async (host) => {
    await expect(host.check?.(io)).rejects.toMatchObject({
      code: 'INVALID_INPUTS',
      hint: expect.stringMatching(/combined service/),
    });
  });
});

describe('a build that is done', () => {
  test('is deployed by request where the service does not deploy every build, once', async () => {
    await using({ cd: false }, async (host, emulator) => {
      const release = await host.trigger(request, io);
      expect(await followTo(host, release, io)).toMatchObject({ phase: 'live', commit: sha });
      expect(emulator.deployed()).toBe(1);
    });
  });

  test('is left to a service that deploys every build', async () => {
    await using({ cd: true }, async (host, emulator) => {
      const release = await host.trigger(request, io);
      expect(await followTo(host, release, io)).toMatchObject({ phase: 'live', commit: sha });
      expect(emulator.deployed()).toBe(0);
    });
  });

  test('is superseded if the service is to run a newer one', async () => {
    await using({ cd: false, script: ['SUCCESS'] }, async (host, emulator) => {
      const release = await host.trigger(request, io);
      const newer = await host.trigger({ ...request, sha: other }, io);
      await followTo(host, newer, io);
      expect(emulator.served()).toBe(other);
      expect(await followTo(host, release, io)).toMatchObject({ phase: 'superseded', by: other });
      expect(emulator.deployed()).toBe(1);
    });
  });
});

test('a preview is refused with what Northflank has for it', () => {
  const mistakes = checkHost(northflank, inputsFor({ project: ['acme'] }), 'preview');
  expect(mistakes).toMatchObject([{ message: expect.stringContaining('preview environments') }]);
});
