import { afterAll, describe, expect, test } from '@jest/globals';
import { checkHost } from '../../../../src/hosts/contract/check-host.ts';
import type { Host, HostInputs, HostIO, HostRelease } from '../../../../src/hosts/contract/host.ts';
import { fly } from '../../../../src/hosts/fly/fly.ts';
import { Secret } from '../../../../src/lib/secret.ts';
import { hostIO } from '../../../../src/release/host-io.ts';
import { createHttp } from '../../../../src/runner/http-client.ts';
import { never } from '../../../support/fakes.ts';
import { createHostInputs, createReleaseRequest, fakeMachine } from '../../../support/host-io.ts';
import { type FlyEmulator, type FlyOptions, flyApp, flyImage, flyToken, startFly } from '../../../support/hosts/fly.ts';

const http = createHttp('unit');
afterAll(() => http.close());
const clock = { now: () => Date.now(), sleep: async () => undefined };
const ioWith = (machine = fakeMachine()) => hostIO({ http, machine, clock, signal: never });
const io = ioWith();
const request = createReleaseRequest();
const { sha } = request;
const other = '0b7e31c4a2f5d8890c1b2a3f4e5d6c7b8a990011';

const inputsFor = (options: HostInputs['options']) =>
  createHostInputs({ service: flyApp, token: new Secret(flyToken), options });

async function using(
  options: FlyOptions,
  work: (host: Host, emulator: FlyEmulator) => Promise<void>,
  more: HostInputs['options'] = { image: [`${flyImage}:{sha}`] },
) {
  const emulator = await startFly(options);
  try {
    await work(await fly.create(inputsFor({ 'api-url': [emulator.origin], ...more })), emulator);
    expect(emulator.complaints).toEqual([]);
  } finally {
    await emulator.stop();
  }
}

/** What the host says until the deploy ends, each word once. */
async function follow(host: Host, release: HostRelease, at: HostIO = io): Promise<string[]> {
  const seen: string[] = [];
  for (let round = 0; round < 30; round++) {
    const status = await host.status?.(release, at);
    if (!status) break;
    const word = ('state' in status && status.state) || status.phase;
    if (word !== seen.at(-1)) seen.push(word);
    if (status.phase !== 'running' && status.phase !== 'queued') break;
  }
  return seen;
}

const images = (emulator: FlyEmulator, app = flyApp) =>
  (emulator.apps.get(app) ?? []).filter(({ state }) => state !== 'destroyed').map(({ config }) => config.image);

describe('an app of several machines', () => {
  test('changes the next machine when those before it are well, and is live when all are', async () => {
    await using({ machines: 3, script: ['starting', 'well'] }, async (host, emulator) => {
      const release = await host.trigger(request, io);
      expect(images(emulator).filter((image) => image.endsWith(sha))).toHaveLength(1);
      expect(await follow(host, release)).toEqual([
        'starting',
        '1-of-3-machines',
        'starting',
        '2-of-3-machines',
        'starting',
        'live',
      ]);
      expect(new Set(images(emulator))).toEqual(new Set([`${flyImage}:${sha}`]));
    });
  });

  test('keeps the other machines on the old version where the new one does not start', async () => {
    await using({ machines: 2, script: ['starting', 'crashed'] }, async (host, emulator) => {
      const release = await host.trigger(request, io);
      expect(await follow(host, release)).toEqual(['starting', 'failed']);
      expect(images(emulator)).toEqual([`${flyImage}:${sha}`, `${flyImage}:deployment-01J`]);
    });
  });

  test('leaves a machine that stood still as it was', async () => {
    await using({ machines: 2, script: ['well'] }, async (host, emulator) => {
      const [, second] = emulator.apps.get(flyApp) ?? [];
      if (second) second.state = 'stopped';
      expect(await follow(host, await host.trigger(request, io))).toEqual(['1-of-2-machines', 'live']);
      expect(second).toMatchObject({ state: 'stopped', config: { image: `${flyImage}:${sha}` } });
    });
  });

  test('is superseded by a newer deploy that reached a machine before this one did', async () => {
    await using({ machines: 2, script: ['unhealthy'] }, async (host, { apps }) => {
      const release = await host.trigger(request, io);
      const [, second] = apps.get(flyApp) ?? [];
      if (second) {
        const metadata = {
          ...second.config.metadata,
          deploy_django_release: 'x-9.1',
          deploy_django_since: String(Date.now() + 1e6),
        };
        second.config = { ...second.config, image: `${flyImage}:${other}`, metadata };
      }
      expect(await host.status?.(release, io)).toMatchObject({ phase: 'superseded', by: other });
    });
  });
});

test('a machine that Fly.io stops because nobody visits it is live', async () => {
  await using({ autostop: true, script: ['stopped'] }, async (host) => {
    expect(await follow(host, await host.trigger(request, io))).toEqual(['live']);
  });
});

test('variables become secrets, which are added before the machines start', async () => {
  await using({}, async (host, emulator) => {
    await host.trigger({ ...request, variables: { DATABASE_URL: 'postgres://db/app' } }, io);
    expect(emulator.secrets.get(flyApp)).toEqual({ DATABASE_URL: 'postgres://db/app' });
    const update = emulator.requests.find(({ method, path }) => method === 'POST' && /machines\/\w+$/.test(path));
    expect(JSON.parse(update?.body ?? '')).toMatchObject({ min_secrets_version: 7 });
  });
});

test('a machine that another deploy has leased is not changed, and the status is told', async () => {
  await using({}, async (host, { apps }) => {
    const [first] = apps.get(flyApp) ?? [];
    if (first) first.nonce = 'of-another-deploy';
    await expect(host.trigger(request, io)).rejects.toMatchObject({ status: 409 });
  });
});

test('an app without machines needs one deploy by hand, and the error says so', async () => {
  await using({ machines: 0 }, async (host) => {
    await expect(host.check?.(io)).rejects.toMatchObject({
      code: 'HOST_REFUSED',
      hint: expect.stringMatching(/fly deploy/),
    });
  });
});

test('an app of somebody else that has the name of a preview is neither changed nor deleted', async () => {
  await using({ taken: ['harbour-pr-7'] }, async (host, emulator) => {
    const preview = host.preview?.(7);
    await expect(preview?.trigger(request, io)).rejects.toThrow('this action did not make it');
    await expect(preview?.destroy(request, io)).rejects.toThrow('this action did not make it');
    expect(images(emulator, 'harbour-pr-7')).toEqual([`${flyImage}:deployment-01J`]);
  });
});

describe('flyctl', () => {
  const ran = (code: number, stderr = '', onRun?: () => void) => {
    const commands: unknown[] = [];
    const machine = fakeMachine({
      environ: () => '/checkout',
      run: async (command) => {
        commands.push(command);
        onRun?.();
        return { code, stdout: '', stderr };
      },
    });
    return { commands, io: ioWith(machine) };
  };

  test('builds the checkout with the commit as label, and the machines prove it', async () => {
    await using(
      { script: [] },
      async (host, emulator) => {
        const run = ran(0, '', () => {
          for (const machine of emulator.apps.get(flyApp) ?? []) {
            const metadata = { ...machine.config.metadata, fly_release_version: '12' };
            machine.config = { ...machine.config, image: `${flyImage}:${sha}`, metadata };
          }
        });
        const release = await host.trigger(request, run.io);
        expect(run.commands).toMatchObject([
          {
            program: 'flyctl',
            args: ['deploy', '/checkout/backend', '--app', flyApp, '--remote-only', '--image-label', sha, '--yes'],
          },
        ]);
        expect(release).toMatchObject({ id: 'v12', sha });
        expect(await host.status?.(release, io)).toMatchObject({ phase: 'live', commit: sha, id: 'v12' });
      },
      { directory: ['backend'] },
    );
  });

  test.each([
    [127, 'HOST_REFUSED', 'flyctl is not installed'],
    [1, 'HOST_FAILED', 'release_command failed running on machine'],
  ])('that ends with %i is %s', async (code, name, message) => {
    await using(
      {},
      async (host) => {
        const thrown = await host
          .trigger(request, ran(code, 'Error: release_command failed running on machine 1').io)
          .catch((error: unknown) => error);
        expect(thrown).toMatchObject({ code: name, message: expect.stringContaining(message) });
      },
      {},
    );
  });
});

test.each<[HostInputs['options'], string]>([
  [{ image: [`${flyImage}:latest`] }, 'write {sha} into its tag'],
  [{ directory: ['../other'] }, 'leads out of the repository'],
])('%j is a mistake: %s', (options, message) => {
  expect(checkHost(fly, inputsFor(options))).toMatchObject([{ message: expect.stringContaining(message) }]);
});
