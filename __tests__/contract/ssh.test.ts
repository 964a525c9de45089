import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createSsh } from '../../src/hosts/ssh/ssh-host.ts';
import { Secret } from '../../src/lib/secret.ts';
import { follow, type Server, startServer } from './support/server.ts';

const one = '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa';
const two = '0b7e31c4a2f5d8890c1b2a3f4e5d6c7b8a990011';
const three = '77aa31c4a2f5d8890c1b2a3f4e5d6c7b8a99aaaa';

let server: Server;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());
beforeEach(() => rm(server.root, { recursive: true, force: true }));

/** No dependencies, and an app that is a file that the reload writes. */
const plain = { install: ['true'], reload: ['cat commit.txt > ../../served'] };
const served = () => server.read('served');

describe('release folders on a real server', () => {
  test('are unpacked, switched to by a link, and told live with their commit', async () => {
    const host = server.host(plain);
    expect(await host.check?.(server.io)).toEqual([]);
    const request = await server.request(one);
    const { release, status, log } = await server.release(host, request);
    expect(release.id).toBe(request.release);
    expect(status).toEqual({ phase: 'live', commit: one });
    expect(await server.live()).toBe(`releases/${request.release}`);
    expect(await served()).toBe(one);
    expect(log).toMatch(/==> unpack[\s\S]*==> install[\s\S]*==> switch[\s\S]*==> reload/);
  });

  test.each([
    [
      'install',
      { ...plain, install: ['echo no such package >&2; exit 3'] },
      'the dependencies could not be installed: exit status 3',
    ],
    ['migrate', { ...plain, migrate: ['echo relation missing; exit 4'] }, 'migrate failed: exit status 4'],
    ['collectstatic', { ...plain, collectstatic: ['exit 5'] }, 'collectstatic failed: exit status 5'],
  ])('are not switched to where %s fails', async (_, broken, reason) => {
    await server.release(server.host(plain), await server.request(one));
    const before = await server.live();
    const { status } = await server.release(server.host(broken), await server.request(two));
    expect(status).toEqual({ phase: 'failed', reason });
    expect(await server.live()).toBe(before);
    expect(server.list('releases')).toHaveLength(1);
    expect(await served()).toBe(one);
  });

  test.each([
    ['reload', { ...plain, reload: ['cat commit.txt > ../../served; test ! -e bad'] }, 'reload failed: exit status 1'],
    [
      'health',
      { ...plain, health: ['test ! -e bad'], 'health-tries': ['2'] },
      'health failed after the switch: exit status 1',
    ],
  ])('come back where %s fails after the switch', async (_, options, reason) => {
    const host = server.host(options);
    await server.release(host, await server.request(one));
    const before = await server.live();
    const { status } = await server.release(host, await server.request(two, { bad: '' }));
    expect(status).toEqual({ phase: 'failed', reason: `${reason}; the previous release is back` });
    expect(await server.live()).toBe(before);
    expect(await served()).toBe(one);
    expect(server.list('releases')).toHaveLength(1);
  });

  test('leave no link behind where the first of all does not start', async () => {
    const { status } = await server.release(server.host({ ...plain, reload: ['exit 9'] }), await server.request(one));
    expect(status).toEqual({ phase: 'failed', reason: 'reload failed: exit status 9' });
    expect(await server.live()).toBe('');
    expect(server.list('releases')).toEqual([]);
  });

  test('go back to the one before, and then to the one before that, and to one that is named', async () => {
    const host = server.host({ ...plain, migrate: ['echo migrated >> ../../migrations'] });
    const requests = [];
    for (const sha of [one, two, two, three]) {
      const request = await server.request(sha);
      requests.push(request);
      await server.release(host, request);
    }
    const goBack = async (to?: { sha?: string; release?: string }) => {
      const back = host.rollback?.(to);
      if (!back) throw new Error('no rollback');
      return server.release(back, await server.request(three));
    };
    expect(await goBack()).toMatchObject({ release: { sha: two }, status: { phase: 'live', commit: two } });
    expect(await served()).toBe(two);
    expect((await goBack()).status).toEqual({ phase: 'live', commit: one });
    expect((await goBack({ sha: three })).status).toEqual({ phase: 'live', commit: three });
    expect((await goBack({ release: requests[0]?.release ?? '' })).status).toEqual({ phase: 'live', commit: one });
    await expect(goBack()).rejects.toMatchObject({ code: 'HOST_REFUSED' });
    // The schema is not touched by it.
    expect((await server.read('migrations')).trim().split('\n')).toHaveLength(4);
  });

  test('are cleaned up: five stay, and what somebody else put there', async () => {
    const host = server.host(plain);
    await mkdir(join(server.root, 'releases', 'by hand'), { recursive: true });
    await mkdir(join(server.root, 'releases', 'by-hand'), { recursive: true });
    await symlink('/', join(server.root, 'releases', 'a-link'));
    const ids: string[] = [];
    for (let number = 0; number < 7; number++) {
      const request = await server.request(`${number}`.repeat(40));
      ids.push(request.release);
      await server.release(host, request);
    }
    expect(server.list('releases')).toEqual(['a-link', 'by hand', 'by-hand', ...ids.slice(2)].sort());
    expect(server.list('../app/releases/a-link').length).toBeGreaterThan(0);
  });

  test('share what outlives them', async () => {
    const host = server.host({ ...plain, shared: ['media', 'data/db'] });
    await server.release(host, await server.request(one, { 'media/in-git.txt': '' }));
    await writeFile(join(server.root, 'current', 'media', 'upload.txt'), 'upload');
    await server.release(host, await server.request(two));
    expect(await server.read('current/media/upload.txt')).toBe('upload');
    expect(server.list('shared')).toEqual(['data', 'media']);
  });

  test('have the variables of host-env, which are added to what is there', async () => {
    await mkdir(join(server.root, 'shared'), { recursive: true });
    await writeFile(join(server.root, 'shared', 'env'), 'KEPT="of the server"\nexport OLD=1\n');
    const tricky = `a "b" 'c' $HOME \`id\` \\ #;&`;
    const options = { ...plain, migrate: ['printf "%s|%s|%s" "$KEPT" "$OLD" "$TRICKY" > ../../seen'] };
    const variables = { OLD: '2', TRICKY: tricky };
    const { status } = await server.release(server.host(options), await server.request(one, {}, { variables }));
    expect(status.phase).toBe('live');
    expect(await server.read('seen')).toBe(`of the server|2|${tricky}`);
    const jobs = server.list('.deploy-django/jobs');
    expect(jobs.flatMap((job) => server.list(`.deploy-django/jobs/${job}`))).toEqual(['log', 'pid', 'run.sh', 'state']);
  });

  test('never run a part of a name', async () => {
    const branch = `x"$(touch ${server.root}/bad)'; touch ${server.root}/bad #\`touch ${server.root}/bad\``;
    const migrate = [`printf '%s\\n' {branch} "{branch}" '{branch}' > ../../seen`];
    const { status } = await server.release(
      server.host({ ...plain, migrate }),
      await server.request(one, {}, { branch }),
    );
    expect(status.phase).toBe('live');
    expect(await server.read('seen')).toBe(`${branch}\n`.repeat(3));
    expect(server.list('.')).not.toContain('bad');
  });

  test('are cancelled, and take back what was begun', async () => {
    const host = server.host(plain);
    await server.release(host, await server.request(one));
    const before = await server.live();
    const slow = server.host({
      ...plain,
      reload: ['echo up > ../../served; if grep -q 0b7e commit.txt; then sleep 60; fi'],
    });
    const release = await slow.trigger(await server.request(two), server.io);
    while ((await slow.status?.(release, server.io)) === undefined || server.list('releases').length < 2)
      await delay(50);
    let state = await slow.status?.(release, server.io);
    while (state?.phase !== 'running' || state.state !== 'reload') state = await slow.status?.(release, server.io);
    await slow.cancel?.(release, server.io);
    expect(await follow(slow, release, server.io)).toEqual({
      phase: 'cancelled',
      reason: 'it was cancelled on the server during reload',
    });
    expect(await server.live()).toBe(before);
    expect(server.list('releases')).toHaveLength(1);
  });

  test('run one after the other, and an older one gives way to a newer one', async () => {
    const host = server.host({ ...plain, install: ['sleep 0.5'] });
    const older = await server.request(one);
    const newer = await server.request(two);
    const second = await host.trigger(newer, server.io);
    expect(await follow(host, second, server.io)).toEqual({ phase: 'live', commit: two });
    const late = { ...server.io, now: () => second.startedAt - 1_000 };
    const first = await host.trigger(older, late);
    expect(await follow(host, first, server.io)).toEqual({ phase: 'superseded', by: two });
    // And one that was live is told from the one that took its place.
    const third = await server.release(host, await server.request(three));
    expect(third.status).toEqual({ phase: 'live', commit: three });
    expect(await host.status?.(second, server.io)).toEqual({ phase: 'superseded', by: three });
  });

  test('whose job ended without a word, as when the server restarts, failed', async () => {
    const host = server.host({ ...plain, install: ['kill -9 $(cat ../../.deploy-django/jobs/*/pid)'] });
    const { status } = await server.release(host, await server.request(one));
    expect(status).toEqual({
      phase: 'failed',
      reason: 'the job ended without a result during install, as when the server restarts',
    });
    // The next one is not in its way.
    expect((await server.release(server.host(plain), await server.request(two))).status.phase).toBe('live');
    expect(server.list('releases')).toHaveLength(1);
  });

  test('need a place where the link can be', async () => {
    await mkdir(join(server.root, 'current'), { recursive: true });
    await expect(server.host(plain).check?.(server.io)).rejects.toMatchObject({ code: 'HOST_REFUSED' });
    const { status } = await server.release(server.host(plain), await server.request(one));
    expect(status).toMatchObject({ phase: 'failed', reason: expect.stringContaining('could not be switched') });
  });
});

describe('previews on a real server', () => {
  const options = () => ({
    ...plain,
    'preview-path': [join(server.root, 'previews', 'pr-{pr}')],
    'preview-port': ['20000'],
    'preview-reload': ['printf "%s %s" "{port}" "$PORT" > ../../served; cat commit.txt >> ../../served'],
    'preview-stop': ['echo "stopped {pr}" >> ../../stopped'],
  });

  test('have a folder and a port of their own, and go without a trace', async () => {
    const host = server.host(options());
    await server.release(host, await server.request(one));
    for (const number of [7, 71]) {
      const preview = host.preview?.(number);
      if (!preview) throw new Error('no preview');
      expect(await preview.check?.(server.io)).toEqual([]);
      expect((await server.release(preview, await server.request(two))).status).toEqual({ phase: 'live', commit: two });
    }
    expect(await server.read('previews/pr-7/served')).toBe(`20007 20007${two}`);
    expect(await served()).toBe(one);
    await rm(join(server.root, 'previews', 'pr-7', 'served'));
    const destroy = async () => host.preview?.(7)?.destroy(await server.request(two), server.io);
    expect(await destroy()).toMatchObject({ outcome: 'removed' });
    expect(server.list('previews')).toEqual(['pr-71']);
    expect(await server.read('stopped')).toBe('stopped 7\n');
    expect(await destroy()).toMatchObject({ outcome: 'gone' });
    expect(await served()).toBe(one);
  });

  test('leave what no deploy put there', async () => {
    const host = server.host(options());
    const preview = host.preview?.(8);
    if (!preview) throw new Error('no preview');
    await server.release(preview, await server.request(two));
    const gone = await preview.destroy(await server.request(two), server.io);
    expect(gone).toMatchObject({
      outcome: 'removed',
      message: expect.stringContaining('holds files that no deploy put there'),
    });
    expect(server.list('previews/pr-8')).toEqual(['served']);
  });
});

describe('a command on a real server', () => {
  const options = {
    command: ['printf "%s" {sha} > served; echo "built $GREETING"; test "$GREETING" != bad'],
    'preview-command': ['printf "%s" {sha} > served-{pr}'],
    'teardown-command': ['rm served-{pr}'],
    'rollback-command': ['printf "back to %s" {sha} > served'],
  };

  test('is run with the values of the release, and followed', async () => {
    const host = server.host(options);
    const request = await server.request(one, {}, { variables: { GREETING: 'hello' } });
    const { status, log } = await server.release(host, request);
    expect(status).toEqual({ phase: 'live', commit: one });
    expect(log).toContain('built hello');
    expect(await served()).toBe(one);
    const back = host.rollback?.({ sha: two });
    expect((await server.release(back as typeof host, request)).status).toEqual({ phase: 'live', commit: two });
    expect(await served()).toBe(`back to ${two}`);
  });

  test('that fails is told with its exit status and its lines', async () => {
    const host = server.host(options);
    const request = await server.request(one, {}, { variables: { GREETING: 'bad' } });
    const { status, log } = await server.release(host, request);
    expect(status).toEqual({ phase: 'failed', reason: 'the command failed: exit status 1' });
    expect(log).toContain('built bad');
  });

  test('gets the artifact where it asks for it', async () => {
    const host = server.host({ command: ['tar -xzOf {artifact-path} ./commit.txt > served'] });
    expect((await server.release(host, await server.request(one))).status.phase).toBe('live');
    expect(await served()).toBe(one);
  });

  test('makes previews and takes them away', async () => {
    const host = server.host(options);
    const preview = host.preview?.(7);
    if (!preview) throw new Error('no preview');
    expect((await server.release(preview, await server.request(two))).status).toEqual({ phase: 'live', commit: two });
    expect(await server.read('served-7')).toBe(two);
    const request = await server.request(two);
    expect(await preview.destroy(request, server.io)).toMatchObject({ outcome: 'removed' });
    expect(await preview.destroy(request, server.io)).toMatchObject({ outcome: 'gone' });
    expect(server.list('.')).not.toContain('served-7');
  });
});

describe('a server that cannot be used is told from a failed deploy', () => {
  const failure = async (overrides: Parameters<Server['inputs']>[1], options: Parameters<Server['inputs']>[0] = {}) => {
    const host = createSsh(server.inputs({ ...plain, ...options }, overrides));
    const error = await host.trigger(await server.request(one), server.io).catch((thrown: unknown) => thrown);
    expect(server.list('releases')).toEqual([]);
    return error;
  };
  const otherKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';

  test('by a host key that known-hosts does not hold, or holds another one for', async () => {
    const port = server.service.split(':')[1];
    for (const line of [`other.example.com ${otherKey}`, `[127.0.0.1]:${port} ${otherKey}`]) {
      const error = await failure({}, { 'known-hosts': [line] });
      expect(error).toMatchObject({
        code: 'HOST_REFUSED',
        hint: expect.stringContaining(`ssh-keyscan -p ${port} 127.0.0.1`),
      });
    }
  });

  test('by a key that is not let in', async () => {
    const stranger = await startServer();
    await stranger.stop();
    expect(await failure({ token: new Secret(stranger.privateKey) })).toMatchObject({
      code: 'HOST_REFUSED',
      message: expect.stringContaining('does not let'),
    });
  });

  test('by a key that is not one', async () => {
    const token = new Secret('-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----');
    expect(await failure({ token })).toMatchObject({
      code: 'HOST_REFUSED',
      message: expect.stringContaining('private key'),
    });
  });

  test('by nobody who answers, which may pass', async () => {
    const service = `${server.service.split(':')[0]}:1`;
    expect(await failure({ service })).toMatchObject({ name: 'HostAnswerError', status: 503 });
  });

  test('by a folder that may not be made', async () => {
    await mkdir(server.root, { recursive: true });
    await writeFile(join(server.root, 'file'), '');
    expect(await failure({}, { path: [join(server.root, 'file')] })).toMatchObject({ code: 'HOST_REFUSED' });
  });
});
