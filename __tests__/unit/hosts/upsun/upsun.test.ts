import { afterAll, describe, expect, test } from '@jest/globals';
import { checkHost } from '../../../../src/hosts/contract/check-host.ts';
import type { Host } from '../../../../src/hosts/contract/host.ts';
import { upsun } from '../../../../src/hosts/upsun/upsun.ts';
import { Secret } from '../../../../src/lib/secret.ts';
import { createHostInputs, createReleaseRequest } from '../../../support/host-io.ts';
import {
  startUpsun,
  type UpsunEmulator,
  type UpsunOptions,
  upsunProject,
  upsunToken,
} from '../../../support/hosts/upsun.ts';
import { followTo, realIO } from '../../../support/hosts/using.ts';

const { io, close } = realIO();
afterAll(close);
const request = createReleaseRequest();
const { sha } = request;

const inputsFor = (options: Record<string, string[]>) =>
  createHostInputs({ service: upsunProject, token: new Secret(upsunToken), options });

async function using(options: UpsunOptions, work: (host: Host, emulator: UpsunEmulator) => Promise<void>) {
  const emulator = await startUpsun(options);
  try {
    await work(await upsun.create(inputsFor({ 'api-url': [emulator.origin] })), emulator);
    expect(emulator.complaints).toEqual([]);
  } finally {
    await emulator.stop();
  }
}

test('an access token is used until shortly before its end, and then exchanged again', async () => {
  await using({ push: sha }, async (host, { logins }) => {
    await followTo(host, await host.trigger(request, io), io);
    expect(logins()).toBe(1);
  });
  await using({ push: sha, lifetime: 30 }, async (host, { logins }) => {
    await followTo(host, await host.trigger(request, io), io);
    expect(logins()).toBeGreaterThan(1);
  });
});

test('a deploy of this commit that failed before is asked for again', async () => {
  await using({ push: sha, script: ['complete:failure'] }, async (host, { environments }) => {
    const release = await host.trigger(request, io);
    expect(await followTo(host, release, io)).toMatchObject({ phase: 'failed' });
    const again = await host.trigger(request, io);
    expect(again.id).not.toBe(release.id);
    expect(environments.get('main')?.activities.map(({ type }) => type)).toEqual([
      'environment.redeploy',
      'environment.push',
    ]);
  });
});

test('a commit that nobody pushed to Upsun is waited for, and then the error says how it gets there', async () => {
  await using({}, async (host) => {
    const release = await host.trigger(request, io);
    expect(release).toEqual({ sha, startedAt: expect.any(Number) });
    expect(await host.status?.(release, io)).toMatchObject({ phase: 'queued' });
    const late = { ...release, startedAt: release.startedAt - 6 * 60_000 };
    await expect(host.status?.(late, io)).rejects.toMatchObject({
      code: 'HOST_REFUSED',
      hint: expect.stringContaining('source integration'),
    });
  });
});

describe('the environment of a pull request', () => {
  test('that is not active is activated, and that activity is followed', async () => {
    await using({}, async (host, emulator) => {
      emulator.push('pr-7', sha);
      const environment = emulator.environments.get('pr-7');
      if (environment) environment.status = 'inactive';
      const preview = host.preview?.(7);
      const release = await preview?.trigger(request, io);
      expect(environment?.activities[0]).toMatchObject({ id: release?.id, type: 'environment.activate' });
      expect(preview && release && (await followTo(preview, release, io))).toMatchObject({
        phase: 'live',
        commit: sha,
      });
    });
  });

  test('is never production, whatever it is called', async () => {
    await using({}, async (host, emulator) => {
      emulator.push('pr-7', sha);
      await host.preview?.(7).destroy(request, io);
      expect(emulator.environments.get('main')?.status).toBe('active');
      expect(emulator.environments.get('pr-7')?.status).toBe('inactive');
    });
  });
});

test('an environment that is paused is warned of, and one that is missing is an error', async () => {
  await using({ status: 'paused' }, async (host) => {
    expect(await host.check?.(io)).toEqual([expect.stringContaining('main is paused')]);
  });
  await using({}, async (_host, { origin }) => {
    const host: Host = await upsun.create(inputsFor({ 'api-url': [origin], environment: ['live'] }));
    await expect(host.check?.(io)).rejects.toMatchObject({ code: 'HOST_REFUSED' });
  });
});

test('a rollback is refused with what to do instead', () => {
  expect(checkHost(upsun, inputsFor({}), 'rollback')).toMatchObject([
    { message: expect.stringContaining('write a revert of the commit') },
  ]);
});
