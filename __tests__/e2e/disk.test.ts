import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type ActionResult, runAction } from '../../demo/parts/action.ts';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { type Project, startProject } from '../support/django-project.ts';
import { type SmallDisk, smallDisk } from '../support/small-disk.ts';
import { tempFolders } from '../support/sync.ts';
import { runSync } from '../support/sync-run.ts';

/** A RUNNER_TEMP that takes no more, for real: a disk of two megabytes, at each place of a run where it is written to. */
const disks: SmallDisk[] = [];
const folder = tempFolders();
let project: Project;
let server: BucketServer;

beforeAll(async () => {
  project = await startProject();
  await mkdir(join(project.folder, 'assets'));
  await writeFile(join(project.folder, 'assets/film.bin'), randomBytes(4 * 1024 * 1024));
  await project.append('site1/settings.py', 'STATICFILES_DIRS = [BASE_DIR / "assets"]\n');
  await project.append('site1/settings.py', 'import os\nSTATIC_ROOT = os.environ.get("STATIC_ROOT")\n');
  server = await startBucketServer();
  await server.createBucket('disks');
});
afterEach(async () => {
  for (const disk of disks.splice(0)) await disk.remove();
});
afterAll(async () => {
  await project.remove();
  await server.stop();
});

async function mount(size: string): Promise<SmallDisk> {
  const disk = await smallDisk(size);
  disks.push(disk);
  return disk;
}

async function build(temp: string, inputs: Record<string, string> = {}, env: Record<string, string> = {}) {
  return runAction({
    workspace: project.folder,
    sha: await project.commit(),
    env: { ...project.path, RUNNER_TEMP: temp, ...env },
    inputs: { command: 'build', install: 'none', ...inputs },
  });
}

/** The error that ended the run, which comes after the findings of its checks. */
const error = ({ log }: ActionResult): string => [...log.matchAll(/^::error[^:]*::(.*)$/gm)].at(-1)?.[1] ?? '';

/** The code as Markdown has it. */
const shown = 'DISK\\_FULL';

/** A run that failed as it should: its code, all outputs, and the summary. */
async function expectDiskFull(result: ActionResult, message: RegExp): Promise<void> {
  expect(error(result)).toMatch(message);
  expect(result.log).not.toMatch(/bug in the action|\n {4}at /);
  expect(result.exitCode).toBe(1);
  expect(result.outputs).toMatchObject({ status: 'failed', environment: 'production', 'artifact-path': '' });
  expect(result.summary).toContain(shown);
  const { report } = result.outputs;
  if (report) expect(JSON.parse(await readFile(report, 'utf8')).error.code).toBe('DISK_FULL');
}

describe('a disk that takes no more fails with DISK_FULL (B3)', () => {
  test('before the run has a folder, because it is read-only', async () => {
    const disk = await mount('2m');
    await disk.makeReadOnly();
    const result = await build(disk.folder);
    expect(error(result)).toMatch(/could not be written: the file system is read-only\./);
    expect(result.outputs).toMatchObject({ status: 'failed', report: '' });
    expect(result.summary).toContain(shown);
  });

  test('before the run has a folder, because RUNNER_TEMP is gone', async () => {
    const disk = await mount('2m');
    const result = await build(join(disk.folder, 'nothing'));
    expect(error(result)).toMatch(/could not be written: the folder is gone\./);
    expect(result.outputs).toMatchObject({ status: 'failed', report: '' });
  });

  test('before Django starts', async () => {
    const disk = await mount('2m');
    await disk.fill();
    await expectDiskFull(await build(disk.folder), /no space is left on the disk/);
  });

  test('in an install', async () => {
    const disk = await mount('2m');
    const result = await build(disk.folder, { install: 'pip --version' });
    await expectDiskFull(result, /failed with exit code .*no space is left on the disk/);
  });

  test('in collectstatic', async () => {
    const disk = await mount('2m');
    await expectDiskFull(await build(disk.folder), /no space is left on the disk|No space left on device/i);
  });

  test('if the build takes the folder of the run away', async () => {
    const temp = await folder({ 'keep.txt': '' });
    const env = `STATIC_ROOT=${await folder({})}`;
    const result = await build(temp, { env, 'post-build-command': `rm -rf ${temp}/deploy-django-*` });
    expect(error(result)).toMatch(/could not be written: the folder is gone\./);
    expect(result.outputs).toMatchObject({ status: 'failed', report: '' });
    expect(result.summary).toContain(shown);
  });

  test('while the artifact is packed', async () => {
    const disk = await mount('2m');
    const env = `STATIC_ROOT=${await folder({})}`;
    await expectDiskFull(await build(disk.folder, { env }), /no space is left on the disk/);
  });

  test('while files are compressed for a sync', async () => {
    const disk = await mount('2m');
    const text = Array.from({ length: 300_000 }, (_, index) => `${index * 7919}`).join('\n');
    const files = Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`static/${at}.css`, `${at}${text}`]));
    const result = await runSync({
      workspace: await folder(files),
      bucket: 'disks',
      endpoint: server.endpoint,
      inputs: { compress: 'gzip' },
      env: { RUNNER_TEMP: disk.folder },
    });
    await expectDiskFull(result, /no space is left on the disk/);
  });
});

test('a sync that is done says so where only its report has no room', async () => {
  const disk = await mount('2m');
  await disk.fill();
  const result = await runSync({
    workspace: await folder({ 'static/a.css': 'a' }),
    bucket: 'disks',
    endpoint: server.endpoint,
    env: { RUNNER_TEMP: disk.folder },
  });
  expect(result.log).toMatch(/^::warning::The report is not written: .*no space is left on the disk/m);
  expect([result.exitCode, result.outputs.uploaded, result.outputs.report]).toEqual([0, '1', '']);
});

test('a sync whose outputs have no room has failed, and says so', async () => {
  const disk = await mount('2m');
  const outputs = join(disk.folder, 'outputs');
  await writeFile(outputs, '');
  await disk.fill();
  const result = await runSync({
    workspace: await folder({ 'static/a.css': 'a' }),
    bucket: 'disks',
    endpoint: server.endpoint,
    env: { RUNNER_TEMP: disk.folder, GITHUB_OUTPUT: outputs },
  });
  expect(error(result)).toMatch(
    /^The outputs of the step are not written: .*no space is left on the disk\.%0ADISK_FULL: /,
  );
  expect(result.log).not.toMatch(/The project's code wrote to|\n {4}at /);
  expect(result.exitCode).toBe(1);
  expect(result.summary).not.toBe('');
  expect(await readFile(outputs, 'utf8')).toBe('');
  await rm(outputs);
});
