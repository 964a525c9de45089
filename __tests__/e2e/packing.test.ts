import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runAction } from '../../demo/parts/action.ts';
import { type Project, startProject } from '../support/django-project.ts';
import { tempFolder } from '../support/project.ts';
import { startQuickHost } from '../support/quick-host.ts';
import { startS3Server } from '../support/s3-server.ts';
import { previewSettings } from '../support/workflow.ts';

/** The artifact is packed beside the sync, which is held by what waits for what, and by no clock. */
let project: Project;
let sha: string;

beforeAll(async () => {
  project = await startProject();
  await project.append('site1/settings.py', previewSettings('/static/'));
  sha = await project.commit();
});
afterAll(() => project.remove());

/** Looks, 20 ms apart, after which an event that has not come is taken to come never. */
const looks = 1_000;

/**
 * Events that leave a file each, so that processes can wait for each other. Whoever waits in vain notes it, and goes on.
 * Packing is known by its question about export-ignore, which nobody else asks git; it ends no sooner than `uploaded`.
 */
async function startMeeting() {
  const folder = tempFolder();
  const bin = join(folder, 'bin');
  const at = (event: string) => join(folder, event);
  const hasBeen = (event: string) => existsSync(at(event));
  const note = (event: string) => writeFile(at(event), '');
  const script = [
    '#!/bin/sh',
    'case " $* " in *" export-ignore "*)',
    `  : > '${at('packing')}'; looks=0`,
    `  until [ -e '${at('uploaded')}' ]; do`,
    `    looks=$((looks + 1)); [ $looks -le ${looks} ] || { : > '${at('waited in vain for uploaded')}'; break; }`,
    '    sleep 0.02',
    '  done',
    'esac',
    `PATH='${project.path.PATH}' exec git "$@"`,
  ];
  await mkdir(bin);
  await writeFile(join(bin, 'git'), `${script.join('\n')}\n`);
  await chmod(join(bin, 'git'), 0o755);
  return {
    note,
    hasBeen,
    path: { PATH: [bin, project.path.PATH].join(delimiter) },
    async waitFor(event: string): Promise<void> {
      for (let looked = 0; !hasBeen(event); looked++) {
        if (looked > looks) return note(`waited in vain for ${event}`);
        await sleep(20);
      }
    },
  };
}

const keys = { bucket: 'assets', 'access-key-id': 'test-key', 'secret-access-key': 'test-secret', install: 'none' };

/** Runs the action with the meeting's git, and syncs to the bucket at this endpoint. */
const runWith = (
  { path }: { readonly path: { readonly PATH: string } },
  endpoint: string,
  inputs: Record<string, string>,
) => {
  const bucket = { ...keys, endpoint, 'static-prefix': 'static', env: `STATIC_URL=${endpoint}/assets/static/` };
  return runAction({ workspace: project.folder, sha, env: path, inputs: { ...inputs, ...bucket } });
};

test('packing has begun before the first file is uploaded, holds up none, and the host is asked when it is done', async () => {
  const meeting = await startMeeting();
  const held: Promise<void>[] = [];
  const server = await startS3Server({
    host: '127.0.0.1',
    fault(step, outgoing) {
      const { path = '' } = server.requests.at(-1) ?? {};
      if (step !== 'put' || !path.includes('/static/')) return false;
      if (path.includes('staticfiles.json')) held.push(meeting.note('uploaded'));
      if (held.length > 0) return false;
      // The first is answered when packing has begun: as a server that is busy, so that it is sent again.
      held.push(meeting.waitFor('packing').then(() => void outgoing.writeHead(503).end()));
      return true;
    },
  });
  let asked = '';
  const host = await startQuickHost({
    async onRequest(doing) {
      if (doing !== 'deploy') return;
      const { artifact } = JSON.parse(host.requests.at(-1)?.body ?? '') as { readonly artifact: string };
      asked = createHash('sha256')
        .update(await readFile(artifact))
        .digest('hex');
    },
  });
  try {
    const options = host.inputs['host-options'] ?? '';
    const result = await runWith(meeting, server.endpoint, {
      ...host.inputs,
      'host-options': options.replace('"{sha}"}', '"{sha}", "artifact": "{artifact-path}"}'),
    });
    await Promise.all(held);
    expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'live', 'artifact-sha256': asked } });
    expect(meeting.hasBeen('packing') && meeting.hasBeen('uploaded')).toBe(true);
    expect(meeting.hasBeen('waited in vain for packing')).toBe(false);
    expect(meeting.hasBeen('waited in vain for uploaded')).toBe(false);
  } finally {
    await host.stop();
    await server.stop();
  }
});

test('nothing is packed where nobody can take it: "command: check" builds, and ends without an artifact', async () => {
  const meeting = await startMeeting();
  const server = await startS3Server({ host: '127.0.0.1' });
  const host = await startQuickHost();
  try {
    // Whoever packed here would wait for nothing.
    await meeting.note('uploaded');
    const result = await runWith(meeting, server.endpoint, { ...host.inputs, command: 'check' });
    expect(result.log).toContain('✓ Build: Django');
    expect(result.outputs).toMatchObject({ status: 'planned' });
    expect(result.outputs['artifact-path'] ?? '').toBe('');
    expect(meeting.hasBeen('packing')).toBe(false);
  } finally {
    await host.stop();
    await server.stop();
  }
});
