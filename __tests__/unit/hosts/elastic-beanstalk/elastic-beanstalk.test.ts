import { afterEach, describe, expect, test } from '@jest/globals';
import { createElasticBeanstalk } from '../../../../src/hosts/elastic-beanstalk/elastic-beanstalk-host.ts';
import { cloudInputs } from '../../../contract/support/cloud-inputs.ts';
import { createHostInputs, createReleaseRequest } from '../../../support/host-io.ts';
import { queryError } from '../../../support/hosts/aws.ts';
import { emulatedIO } from '../../../support/hosts/cloud-io.ts';
import {
  type EbOptions,
  type ElasticBeanstalk,
  startElasticBeanstalk,
} from '../../../support/hosts/elastic-beanstalk.ts';

const running: ElasticBeanstalk[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

async function start(options: EbOptions = {}) {
  const emulator = await startElasticBeanstalk(options);
  running.push(emulator);
  return {
    emulator,
    host: createElasticBeanstalk(cloudInputs['elastic-beanstalk'](emulator.origin)),
    io: emulatedIO(),
  };
}

test('a deploy whose update was not taken is asked for again with the version that is there', async () => {
  const { emulator, host, io } = await start();
  let throttled = 0;
  const throttling = {
    ...io,
    request: async (asked: Parameters<typeof io.request>[0]) => {
      if (!String(asked.body).includes('Action=UpdateEnvironment') || throttled++ > 0) return io.request(asked);
      const { status, body } = queryError(400, 'Throttling', 'Rate exceeded');
      return { status, headers: {}, body: Buffer.from(String(body)) };
    },
  };
  await expect(host.trigger(createReleaseRequest(), throttling)).rejects.toMatchObject({ status: 429 });
  await host.trigger(createReleaseRequest(), throttling);
  expect(emulator.versions).toHaveLength(1);
  expect(emulator.asked('shop-prod')).toHaveLength(1);
});

test('an environment that is not Ready refuses a deploy, in the words of Elastic Beanstalk', async () => {
  const { host, io } = await start({ states: ['Updating'] });
  await host.trigger(createReleaseRequest(), io);
  expect(await host.check?.(io)).toEqual([expect.stringContaining('the environment shop-prod is Updating')]);
  const again = host.trigger(createReleaseRequest({ release: 'another-1.1' }), io);
  await expect(again).rejects.toMatchObject({ status: 400, message: expect.stringContaining('Must be Ready') });
});

test('a version that is installed while the health is red is not live', async () => {
  const { host, io } = await start({ states: ['live, red'] });
  const release = await host.trigger(createReleaseRequest(), io);
  expect(await host.status(release, io)).toMatchObject({ phase: 'running', state: 'Ready, health Red' });
});

test('variables come with the update, and the others stay', async () => {
  const { emulator, host, io } = await start({ variables: { DEBUG: 'false' } });
  await host.trigger(createReleaseRequest({ variables: { STATIC_URL: 'https://cdn.test/' } }), io);
  expect(emulator.environments[0]?.variables).toEqual({ DEBUG: 'false', STATIC_URL: 'https://cdn.test/' });
});

describe('a preview', () => {
  test("does not get what leads to production's data, and the check says so", async () => {
    const { emulator, host, io } = await start({ variables: { DEBUG: 'false', DATABASE_URL: 'postgres://prod' } });
    expect(await host.preview(7).check?.(io)).toEqual([
      expect.stringContaining('does not get DATABASE_URL of production'),
    ]);
    await host.preview(7).trigger(createReleaseRequest(), io);
    expect(emulator.environments[1]).toMatchObject({
      name: 'shop-prod-pr-7',
      variables: { DEBUG: 'false', DEPLOY_DJANGO_PREVIEW_OF: 'shop-prod' },
    });
    expect(emulator.environments[1]?.variables).not.toHaveProperty('DATABASE_URL');
    expect(emulator.complaints).toEqual([]);
  });

  test('of the same name that somebody else made is left there', async () => {
    const { emulator, host, io } = await start();
    await host.preview(7).trigger(createReleaseRequest(), io);
    Reflect.deleteProperty(emulator.environments[1]?.variables ?? {}, 'DEPLOY_DJANGO_PREVIEW_OF');
    expect(await host.preview(7).destroy(createReleaseRequest(), io)).toMatchObject({ outcome: 'left' });
    expect(emulator.environments[1]?.status).not.toBe('Terminated');
  });
});

test('a rollback never goes to a version that failed', async () => {
  const { emulator, host, io } = await start({ states: ['failed'] });
  const release = await host.trigger(createReleaseRequest(), io);
  expect(await host.status(release, io)).toMatchObject({ phase: 'failed' });
  const back = host.rollback({ sha: createReleaseRequest().sha });
  await expect(back.trigger(createReleaseRequest(), io)).rejects.toMatchObject({ code: 'HOST_REFUSED' });
  expect(emulator.asked('shop-prod')).toHaveLength(1);
});

test('without a region it says where to write one', async () => {
  const options = { application: ['shop'] };
  const host = createElasticBeanstalk(createHostInputs({ service: 'shop-prod', options }));
  await expect(host.check(emulatedIO())).rejects.toMatchObject({
    hint: expect.stringContaining('region: eu-central-1'),
  });
});
