import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Project, startProject } from '../support/django-project.ts';

/** The action on somebody's own project, on their machine. */
const script = join(import.meta.dirname, '..', '..', 'demo', 'try.ts');
let project: Project;

const attempt = (...args: string[]) => attemptWith({}, ...args);
async function attemptWith(own: Record<string, string>, ...args: string[]): Promise<{ code: number; stdout: string }> {
  const env = { ...process.env, ...project.path, INIT_CWD: join(project.folder, '..'), ...own };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', script, ...args], { env });
    return { code: 0, stdout };
  } catch (error) {
    const { code, stdout } = error as { code: number; stdout: string };
    return { code, stdout };
  }
}

beforeAll(async () => {
  project = await startProject();
  await project.commit();
});

afterAll(async () => {
  await project.remove();
});

test('a project is checked on a clone of its last commit, and its folder stays as it is', async () => {
  await project.append('site1/settings.py', '\nraise SystemExit("not committed")\n');
  const { code, stdout } = await attempt(project.folder, 'install=none', 'checks=off');
  expect(stdout).toContain('What is not committed is not looked at: site1/settings.py.');
  expect(stdout).toContain(
    'No host is named, so none was looked at. Add host=… or service=… or deploy-hook=… for that.',
  );
  expect(stdout).toContain('✓ Build: Django');
  expect(stdout).toContain('status: planned');
  expect(stdout).not.toContain('harbour/notes');
  expect(stdout).toMatch(/uses: \S+\/deploy-django@[0-9a-f]{40}/);
  // It is no terminal.
  expect(stdout).not.toContain('\u001b');
  expect(code).toBe(0);
  expect(await project.git('status', '--porcelain')).toBe('M site1/settings.py');
});

test('a check ends with what there is to fix, and last with what stops a deploy', async () => {
  const { code, stdout } = await attempt(project.folder, 'install=none', 'url=https://shop.example.org');
  const order = [
    'The workflow that fits this project',
    'warning: deploy.debug: ',
    'error: deploy.static-root: ',
    'error: deploy.allowed-hosts: ',
    'error: The preflight found',
    'status: failed',
  ].map((text) => stdout.indexOf(text));
  expect(order).not.toContain(-1);
  expect(order).toEqual(order.toSorted((one, other) => one - other));
  expect(code).toBe(1);
});

test('a deploy that fails says nothing twice, and nothing in the words of the runner', async () => {
  const hook = ['host=hook', 'deploy-hook=http://127.0.0.1:9/a-hook', 'command=deploy', 'url=https://shop.example.org'];
  const { code, stdout } = await attempt(project.folder, 'install=none', ...hook);
  const lines = stdout.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  expect(lines).toContainEqual(expect.stringMatching(/^error: deploy\.allowed-hosts: /));
  expect(lines).toContainEqual(expect.stringMatching(/^CHECKS_FAILED: /));
  // Several findings can be in one file, of which each names it.
  const said = lines.filter((line) => !/^site1\/settings\.py(:\d+)?$/.test(line));
  expect(said.filter((line, at) => said.indexOf(line) !== at)).toEqual([]);
  // A finding is a sentence that stands once, whatever is said around it.
  for (const [sentence] of stdout.matchAll(/(?<=^ *(?:error|warning): \S+: )[^.\n]{20,}\./gm))
    expect(stdout.split(sentence)).toHaveLength(2);
  expect(stdout).toContain('CHECKS_FAILED: docs/troubleshooting.md#checks_failed');
  expect(stdout).not.toMatch(/^ *::/m);
  expect(code).toBe(1);
});

test('the workflow that fits has the name of a secret for an address that begins with one', async () => {
  const origin = 'http://127.0.0.1:9/a-secret-place/deploy';
  const options = `status-url: ${origin}ments/{id}\nstatus: state\nlive-words: live\nfailed-words: failed`;
  const hook = ['host=hook', `deploy-hook=${origin}`, 'url=https://shop.example.org', `host-options=${options}`];
  const { stdout } = await attempt(project.folder, 'install=none', 'checks=off', ...hook);
  expect(stdout).toContain('status-url: $' + '{{ secrets.STATUS_URL }}');
  expect(stdout).not.toContain('***ments');
});

test('a call that cannot be read says how it is written', async () => {
  expect(await attempt()).toMatchObject({ code: 2, stdout: expect.stringContaining('npm run try -- FOLDER') });
  expect((await attempt('.', 'bucket')).code).toBe(2);
  expect(await attempt('.', 'bukket=x')).toEqual({ code: 2, stdout: expect.stringContaining('no input "bukket"') });
});

test.each(['missing', '.'])('a folder without a commit is told in a sentence: %s', async (folder) => {
  const { code, stdout } = await attempt(folder);
  expect([code, stdout.trim().split('\n').length]).toEqual([2, 1]);
  expect(stdout).toContain('git commit');
});

test('a project in a folder of its repository is looked at there', async () => {
  const whole = await mkdtemp(join(tmpdir(), 'deploy-django-test-'));
  const inside = join(whole, 'backend');
  await cp(project.folder, inside, { recursive: true, filter: (path) => !/[\\/]\.git$/.test(path) });
  const git = (...args: string[]) => promisify(execFile)('git', args, { cwd: whole });
  const settings = join(inside, 'site1', 'settings.py');
  await writeFile(settings, (await readFile(settings, 'utf8')).replace(/^raise SystemExit.*$/m, ''));
  await git('init', '--quiet');
  await git('checkout', '--quiet', '-b', 'main');
  await git('add', '--all');
  await git('-c', 'user.name=Test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '--message', 'First');
  await writeFile(join(inside, 'later.txt'), '');
  const { code, stdout } = await attempt(inside, 'install=none', 'checks=off', 'command=build');
  expect(stdout).toContain('What is not committed is not looked at: later.txt.');
  expect(stdout).toContain('✓ Build: Django');
  expect(code).toBe(0);
  await rm(whole, { recursive: true });
});

test.each<[string, string[], Record<string, string>, string]>([
  ['with a flag that there is not', ['--help'], {}, 'npm run try -- FOLDER [--log]'],
  ['without the "--" that npm wants', [], { npm_config_live: 'true' }, 'npm took --live for itself. Write "--" before'],
  ['with an input that is written otherwise', ['healthpath=/'], {}, 'Did you mean health-path? README.md has all'],
  ['with an input that there is not', ['buket=x'], {}, 'There is no input "buket". Did you mean bucket'],
])('a call %s is refused with what to write', async (_what, args, own, told) => {
  const { code, stdout } = await attemptWith(own, project.folder, ...args);
  expect(stdout).toContain(told);
  expect(code).toBe(2);
});
