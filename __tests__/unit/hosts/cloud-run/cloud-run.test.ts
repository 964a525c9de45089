import { afterEach, describe, expect, test } from '@jest/globals';
import { createCloudRun } from '../../../../src/hosts/cloud-run/cloud-run-host.ts';
import { revisionName } from '../../../../src/hosts/cloud-run/cloud-run-template.ts';
import { cloudInputs } from '../../../contract/support/cloud-inputs.ts';
import { createReleaseRequest } from '../../../support/host-io.ts';
import { emulatedIO } from '../../../support/hosts/cloud-io.ts';
import { type CloudRun, type CloudRunOptions, startCloudRun } from '../../../support/hosts/cloud-run.ts';

const running: CloudRun[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

async function start(options: CloudRunOptions = {}) {
  const emulator = await startCloudRun(options);
  running.push(emulator);
  return { emulator, host: createCloudRun(cloudInputs['cloud-run'](emulator.origin)), io: emulatedIO() };
}

const pinned = 'TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION';
const latest = 'TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST';
const secretEnv = { name: 'SECRET_KEY', valueSource: { secretKeyRef: { secret: 'key', version: 'latest' } } };

describe('traffic that is pinned to a revision', () => {
  const traffic = [
    { type: pinned, revision: 'first', percent: 100 },
    { type: pinned, revision: 'first', tag: 'blue', percent: 0 },
  ];

  test('is said before, moves with the deploy, and tags stay', async () => {
    const { emulator, host, io } = await start({ traffic });
    expect(await host.check?.(io)).toEqual([expect.stringContaining('the traffic of the Cloud Run service is pinned')]);
    await host.trigger(createReleaseRequest(), io);
    expect(emulator.services[0]?.traffic).toEqual([
      { type: latest, percent: 100 },
      { type: pinned, revision: 'first', tag: 'blue', percent: 0 },
    ]);
  });

  test('again while our revision starts is superseded, not live', async () => {
    const { emulator, host, io } = await start({ states: ['CONDITION_SUCCEEDED'] });
    const release = await host.trigger(createReleaseRequest(), io);
    Object.assign(emulator.services[0] ?? {}, { traffic: [{ type: pinned, revision: 'first', percent: 100 }] });
    expect(await host.status?.(release, io)).toMatchObject({ phase: 'superseded', by: 'first' });
  });
});

test('variables are added, and secrets stay secrets', async () => {
  const { emulator, host, io } = await start({ env: [{ name: 'DEBUG', value: 'false' }, secretEnv] });
  await host.trigger(createReleaseRequest({ variables: { DEBUG: 'true' } }), io);
  expect(emulator.services[0]?.template.containers[0]?.env).toEqual([secretEnv, { name: 'DEBUG', value: 'true' }]);
});

test('a change on top of another one is refused, by the etag', async () => {
  const { emulator, host, io } = await start();
  const racing = {
    ...io,
    request: async (asked: Parameters<typeof io.request>[0]) => {
      if (asked.method === 'PATCH') Object.assign(emulator.services[0] ?? {}, { generation: 5 });
      return io.request(asked);
    },
  };
  await expect(host.trigger(createReleaseRequest(), racing)).rejects.toMatchObject({
    status: 409,
    message: expect.stringContaining('etag mismatch'),
  });
});

describe('a preview', () => {
  test("gets neither secrets nor what leads to production's data, and touches nothing of production", async () => {
    const env = [{ name: 'DEBUG', value: 'false' }, { name: 'DATABASE_URL', value: 'postgres://prod' }, secretEnv];
    const { emulator, host, io } = await start({ env });
    const before = structuredClone(emulator.services[0]);
    expect(await host.preview?.(7).check?.(io)).toEqual([
      expect.stringContaining('does not get DATABASE_URL, SECRET_KEY'),
    ]);
    await host.preview?.(7).trigger(createReleaseRequest(), io);
    expect(emulator.services[1]?.template.containers[0]?.env).toEqual([
      { name: 'DEBUG', value: 'false' },
      { name: 'DEPLOY_DJANGO_PREVIEW_OF', value: 'shop' },
    ]);
    expect(emulator.services[0]).toEqual(before);
    expect(io.asked.filter((one) => one.includes(':setIamPolicy'))).toHaveLength(1);
  });

  test('of the same name that somebody else made is left there', async () => {
    const { emulator, host, io } = await start();
    await host.preview?.(7).trigger(createReleaseRequest(), io);
    Object.assign(emulator.services[1] ?? {}, { template: { containers: [{ image: 'x' }] } });
    expect(await host.preview?.(7).destroy(createReleaseRequest(), io)).toMatchObject({ outcome: 'left' });
    expect(emulator.services).toHaveLength(2);
  });
});

test('the name of a revision begins with its service, and is never too long', () => {
  expect(revisionName('shop', '5ad1c8f0d0d1-42.1')).toBe('shop-r5ad1c8f0d0d1-42-1');
  const long = 'a'.repeat(49);
  const names = ['5ad1c8f0d0d1-42.1', '5ad1c8f0d0d1-42.2'].map((release) => revisionName(long, release));
  expect(new Set(names).size).toBe(2);
  for (const name of names) expect(name).toMatch(/^a{49}-r[0-9a-f]{12}$/);
});
