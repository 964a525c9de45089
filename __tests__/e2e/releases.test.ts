import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ActionResult, runAction } from '../../demo/parts/action.ts';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { readLedger, writeLedger } from '../../src/ledger/codec.ts';
import { ledgerKey } from '../../src/ledger/keys.ts';
import { type BucketView, viewBucket } from '../support/bucket.ts';
import { bucketSettings, type Project, startProject } from '../support/django-project.ts';
import { type Emulator, startEmulator } from '../support/emulator.ts';
import { repositoryId } from '../support/github/emulator.ts';
import { identityOf } from '../support/identity.ts';
import { tempFolders } from '../support/sync.ts';

/** One release after the other: what stays in the bucket, what goes, and who comes too late. */
const bucket = 'releases';
let server: BucketServer;
let project: Project;
let view: BucketView;
let site: Emulator;
let served = '';
const asked: string[] = [];
const folder = tempFolders();

beforeAll(async () => {
  server = await startBucketServer();
  await server.createBucket(bucket);
  view = await viewBucket(bucket, server.endpoint);
  project = await startProject();
  await project.append('site1/settings.py', bucketSettings(`${server.endpoint}/${bucket}/static/`));
  // A host that takes every deploy and serves it at once, and says which commit that is.
  site = await startEmulator(({ method, body }) => {
    if (method !== 'POST') return { status: 200, headers: { 'x-release': served }, body: '<p>hello</p>' };
    served = (JSON.parse(body) as { ref: string }).ref;
    asked.push(served);
    return { status: 200, body: {} };
  });
});
afterAll(async () => {
  await server.stop();
  await site.stop();
  await project.remove();
});

const deploy = (
  sha: string,
  run: number,
  inputs: Record<string, string> = {},
  onOutput: (text: string) => void = () => undefined,
): Promise<ActionResult> =>
  runAction({
    onOutput,
    workspace: project.folder,
    sha,
    env: {
      ...project.path,
      GITHUB_REPOSITORY_ID: repositoryId,
      GITHUB_RUN_ID: String(run),
      GITHUB_RUN_NUMBER: String(run),
    },
    inputs: {
      install: 'none',
      bucket,
      endpoint: server.endpoint,
      'static-prefix': 'static',
      'access-key-id': 'test-key',
      'secret-access-key': 'test-secret',
      acl: 'public-read',
      'deploy-hook': `${site.origin}/hook?key=a-key-of-the-hook`,
      'host-options': 'body: {"ref": "{sha}"}\nproof-header: X-Release',
      url: site.origin,
      timeout: '20s',
      prune: '1s',
      ...inputs,
    },
  });

const commits: string[] = [];
/** Names of the style sheet that differs from release to release, in the order of the releases that had them. */
const names: string[] = [];
const hashed = /^static\/pages\/home\.[0-9a-f]{12}\.css$/;
const styleSheets = async () => (await view.keys('static/pages/')).filter((key) => hashed.test(key));

describe('seven releases in a row', () => {
  const deleted: (string | undefined)[] = [];

  beforeAll(async () => {
    await view.seed('static/pages/home.000000000000.css', 'of another tool');
    await view.seed('static-old/home.css', 'of another site');
    for (let run = 1; run <= 7; run++) {
      await project.append('pages/static/pages/home.css', `\n/* release ${run} */\n`);
      commits.push(await project.commit(`Release ${run}`));
      const before = new Set(await styleSheets());
      const { outputs, log } = await deploy(commits.at(-1) ?? '', run);
      if (outputs.status !== 'live') throw new Error(log);
      names.push(...(await styleSheets()).filter((key) => !before.has(key)));
      deleted.push(outputs.deleted);
    }
  });

  test('keep the files of the last five; what only older ones had goes once its age has come', async () => {
    expect(names).toHaveLength(7);
    expect(deleted).toEqual(['0', '0', '0', '0', '0', '1', '1']);
    expect(await styleSheets()).toEqual(['static/pages/home.000000000000.css', ...names.slice(2)].sort());
  });

  test('leave alone what somebody else put there', async () => {
    expect(await view.text('static/pages/home.000000000000.css')).toBe('of another tool');
    expect(await view.text('static-old/home.css')).toBe('of another site');
  });

  test('keep nothing of what was deleted in the ledger, and nobody publishes any more', async () => {
    const ledger = await view.ledger();
    const known = [...(ledger?.objects.keys() ?? [])];
    expect(await view.keys()).toEqual(expect.arrayContaining(known));
    expect(known.some((key) => key === names[0])).toBe(false);
    expect([...(ledger?.objects.values() ?? [])].some(({ doomed }) => doomed)).toBe(false);
    expect(ledger?.publishing).toBeUndefined();
  });

  test('and then the first one again, as a revert: what was deleted is sent again', async () => {
    await project.git('checkout', '--quiet', commits[0] ?? '');
    const { outputs } = await deploy(commits[0] ?? '', 8);
    expect(outputs.status).toBe('live');
    expect(await styleSheets()).toContain(names[0]);
    expect(served).toBe(commits[0]);
  });
});

describe('a run that comes too late', () => {
  test('because a newer one is there already builds nothing and asks no host', async () => {
    const before = [await view.sums(), asked.length];
    const result = await deploy(commits[6] ?? '', 7);
    expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'superseded', uploaded: '0' } });
    expect(result.log).toContain('A newer deploy took the place of this one');
    expect(result.log).not.toContain('collectstatic');
    expect(result.summary).toContain('Superseded');
    expect([await view.sums(), asked.length]).toEqual(before);
  });

  test('because a newer one was faster than its build leaves un-hashed files and the host alone', async () => {
    await project.git('checkout', '--quiet', 'main');
    await project.append('pages/static/pages/home.css', '\n/* late */\n');
    const late = await project.commit('Late');
    const ledger = readLedger(Buffer.from((await view.text(ledgerKey(identityOf('production')))) ?? ''));
    if (!ledger) throw new Error('There is no ledger.');
    const newer = {
      seq: 99,
      release: 'newer-11.1',
      sha: 'f'.repeat(40),
      at: '2026-03-01T12:00:00Z',
      run: { id: 11, attempt: 1 },
    };
    const done = join(await folder(), 'done');
    // While the project is being built, the other run puts its files there.
    const meanwhile = async () => {
      await view.seed(
        ledgerKey(identityOf('production')),
        writeLedger({ ...ledger, releases: [...ledger.releases, newer] }, identityOf()),
      );
      await writeFile(done, '');
    };
    let began: Promise<void> | undefined;
    const before = [await view.text('static/pages/home.css'), await view.text('static/staticfiles.json'), asked.length];
    const result = await deploy(late, 10, { 'build-command': `until [ -e ${done} ]; do sleep 0.1; done` }, (text) => {
      if (text.includes('build-command')) began ??= meanwhile();
    });
    await began;
    expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'superseded' } });
    expect(result.log).toContain('(newer-11.1)');
    expect([
      await view.text('static/pages/home.css'),
      await view.text('static/staticfiles.json'),
      asked.length,
    ]).toEqual(before);
  });
});
