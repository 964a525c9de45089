import { afterEach, describe, expect, test } from '@jest/globals';
import { ecs } from '../../../../src/hosts/ecs/ecs.ts';
import { createEcs } from '../../../../src/hosts/ecs/ecs-host.ts';
import { cloudInputs } from '../../../contract/support/cloud-inputs.ts';
import { createReleaseRequest } from '../../../support/host-io.ts';
import { emulatedIO } from '../../../support/hosts/cloud-io.ts';
import { type Ecs, type EcsOptions, startEcs } from '../../../support/hosts/ecs.ts';

const running: Ecs[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

async function start(options: EcsOptions = {}) {
  const emulator = await startEcs(options);
  running.push(emulator);
  const host = createEcs(cloudInputs.ecs(emulator.origin, options.mode));
  return { emulator, host, io: emulatedIO() };
}

const environment = [
  { name: 'DEBUG', value: 'false' },
  { name: 'DATABASE_URL', value: 'postgres://prod' },
];
const secrets = [{ name: 'SECRET_KEY', valueFrom: 'arn:aws:secretsmanager:eu-central-1:1:secret:key' }];
const lastContainer = ({ definitions }: Ecs) => definitions.at(-1)?.containerDefinitions[0];

test('variables are added to those of the service, and take the place of a secret of the same name', async () => {
  const { emulator, host, io } = await start({ environment, secrets });
  await host.trigger(createReleaseRequest({ variables: { DEBUG: 'true', SECRET_KEY: 'new' } }), io);
  expect(lastContainer(emulator)).toMatchObject({
    environment: [
      { name: 'DATABASE_URL', value: 'postgres://prod' },
      { name: 'DEBUG', value: 'true' },
      { name: 'SECRET_KEY', value: 'new' },
    ],
    secrets: [],
  });
});

describe('a preview', () => {
  test("gets neither secrets nor what leads to production's data, and the check says which", async () => {
    const { emulator, host, io } = await start({ environment, secrets });
    const preview = host.preview?.(7);
    expect(await preview?.check?.(io)).toEqual([
      expect.stringContaining('the preview does not get DATABASE_URL, SECRET_KEY of production'),
    ]);
    await preview?.trigger(createReleaseRequest({ variables: { DATABASE_URL: 'postgres://preview' } }), io);
    expect(lastContainer(emulator)?.secrets).toBeUndefined();
    expect(lastContainer(emulator)?.environment).toEqual([
      { name: 'DEBUG', value: 'false' },
      { name: 'DEPLOY_DJANGO_PREVIEW_OF', value: 'shop' },
      { name: 'DATABASE_URL', value: 'postgres://preview' },
    ]);
    expect(emulator.complaints).toEqual([]);
  });

  test('of the same name that somebody else made is left there', async () => {
    const { emulator, host, io } = await start();
    await host.preview?.(7).trigger(createReleaseRequest(), io);
    const container = lastContainer(emulator) as { environment: unknown };
    container.environment = [];
    expect(await host.preview?.(7).destroy(createReleaseRequest(), io)).toMatchObject({ outcome: 'left' });
    expect(emulator.services.map(({ status }) => status)).toEqual(['ACTIVE', 'ACTIVE']);
  });

  test('needs Express Mode', () => {
    const { options, ...rest } = cloudInputs.ecs('http://127.0.0.1', 'standard');
    expect(ecs.check({ ...rest, options }, 'preview')).toEqual([
      { input: 'host-options', message: expect.stringContaining('write "mode: express"') },
    ]);
  });
});

test.each([
  ['express', 'standard', 'Leave "mode: express" out of host-options.'],
  ['standard', 'express', 'Write "mode: express" into host-options.'],
] as const)('mode %s with a service that is %s is an error that says what to write', async (said, real, hint) => {
  const { emulator, io } = await start({ mode: real });
  const host = createEcs(cloudInputs.ecs(emulator.origin, said));
  await expect(host.trigger(createReleaseRequest(), io)).rejects.toMatchObject({ code: 'INVALID_INPUTS', hint });
  await expect(host.check?.(io)).rejects.toMatchObject({ hint });
});

test('a container that is not there is an error with those that are', async () => {
  const { emulator, io } = await start();
  const inputs = cloudInputs.ecs(emulator.origin);
  const host = createEcs({ ...inputs, options: { ...inputs.options, container: ['web'] } });
  await expect(host.trigger(createReleaseRequest(), io)).rejects.toThrow('has no container "web"; it has Main');
});

test('a rollback that nothing is there for says what to do', async () => {
  const { host, io } = await start();
  const back = host.rollback?.({ sha: 'f'.repeat(40) });
  await expect(back?.trigger(createReleaseRequest(), io)).rejects.toMatchObject({
    code: 'HOST_REFUSED',
    hint: expect.stringContaining('Deploy the older commit'),
  });
});
