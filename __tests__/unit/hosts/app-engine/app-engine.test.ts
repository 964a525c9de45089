import { afterEach, describe, expect, test } from '@jest/globals';
import { createAppEngine } from '../../../../src/hosts/app-engine/app-engine-host.ts';
import { cloudInputs } from '../../../contract/support/cloud-inputs.ts';
import { createReleaseRequest } from '../../../support/host-io.ts';
import { type AppEngine, type AppEngineOptions, startAppEngine } from '../../../support/hosts/app-engine.ts';
import { emulatedIO } from '../../../support/hosts/cloud-io.ts';

const running: AppEngine[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

async function start(options: AppEngineOptions = {}) {
  const emulator = await startAppEngine(options);
  running.push(emulator);
  return { emulator, host: createAppEngine(cloudInputs['app-engine'](emulator.origin)), io: emulatedIO() };
}

test('a version takes over what app.yaml said, with variables added', async () => {
  const { emulator, host, io } = await start({ envVariables: { DEBUG: 'false', OTHER: 'stays' }, states: ['done'] });
  const release = await host.trigger(createReleaseRequest({ variables: { DEBUG: 'true' } }), io);
  await host.status?.(release, io);
  expect(emulator.versions[0]).toMatchObject({
    id: 'v5ad1c8f0d0d1-42-1',
    body: {
      runtime: 'python313',
      entrypoint: { shell: 'gunicorn config.wsgi' },
      envVariables: { DEBUG: 'true', OTHER: 'stays' },
    },
  });
  expect(emulator.complaints).toEqual([]);
});

test('traffic moves when the version is made, and not before', async () => {
  const { emulator, host, io } = await start({ states: ['OPERATION_RUNNING', 'done'] });
  const release = await host.trigger(createReleaseRequest(), io);
  expect(await host.status?.(release, io)).toMatchObject({ phase: 'running', state: 'OPERATION_RUNNING' });
  expect(emulator.served()).toBeUndefined();
  expect(await host.status?.(release, io)).toMatchObject({ phase: 'running', state: 'MIGRATING_TRAFFIC' });
  expect(await host.status?.(release, io)).toMatchObject({ phase: 'live' });
  expect(emulator.served()).toBe(release.sha);
});

test('traffic that is split is said before the deploy moves all of it', async () => {
  const { host, io } = await start({ split: { first: 0.5, second: 0.5 } });
  expect(await host.check?.(io)).toEqual([expect.stringContaining('is split')]);
});

test('a service without a version says how to make the first one', async () => {
  const { host, io } = await start({ split: {} });
  await expect(host.trigger(createReleaseRequest(), io)).rejects.toMatchObject({
    hint: expect.stringContaining('gcloud app deploy'),
  });
});

describe('a preview', () => {
  test("does not get what leads to production's data, and gets no traffic", async () => {
    const envVariables = { DEBUG: 'false', DATABASE_URL: 'postgres://prod' };
    const { emulator, host, io } = await start({ envVariables, states: ['done'] });
    const preview = host.preview?.(7);
    expect(await preview?.check?.(io)).toEqual([expect.stringContaining('does not get DATABASE_URL of production')]);
    const release = await preview?.trigger(createReleaseRequest(), io);
    expect(release && (await preview?.status?.(release, io))).toMatchObject({ phase: 'live' });
    expect(emulator.versions[0]?.body.envVariables).toEqual({ DEBUG: 'false', DEPLOY_DJANGO_PREVIEW_OF: 'default' });
    expect(io.asked.filter((one) => one.startsWith('PATCH'))).toEqual([]);
  });

  test('of the same name that somebody else made is left there', async () => {
    const { emulator, host, io } = await start({ states: ['done'] });
    const preview = host.preview?.(7);
    const release = await preview?.trigger(createReleaseRequest(), io);
    if (release) await preview?.status?.(release, io);
    Object.assign(emulator.versions[0]?.body ?? {}, { envVariables: {} });
    expect(await preview?.destroy(createReleaseRequest(), io)).toMatchObject({ outcome: 'left' });
    expect(emulator.versions).toHaveLength(2);
  });
});
