import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { appendFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { commitAll, git } from '../../demo/parts/git.ts';
import { type Project, startProject } from '../support/django-project.ts';
import { tempFolder, writeFiles } from '../support/project.ts';

/** A user's own project, live on their machine by one command. */
const script = join(import.meta.dirname, '..', '..', 'demo', 'try.ts');

interface Attempt {
  readonly code: number | null;
  readonly stdout: string;
  /** What is left in the folder for temporary files. */
  readonly left: readonly string[];
  /** Whether a process of it is still there. */
  readonly runs: boolean;
}

/** Whether a process of the group is there. */
function isAlive({ pid = 0 }: ChildProcess): boolean {
  try {
    return process.kill(-pid, 0);
  } catch {
    return false;
  }
}

/** @param seen Is given what it prints, until then, and what stops it. */
async function attempt(args: readonly string[], seen?: (text: string, stop: () => void) => void): Promise<Attempt> {
  const folder = tempFolder();
  const child = spawn(process.execPath, ['--no-warnings', script, ...args], {
    // A group of its own, by which all that it starts is found.
    detached: true,
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    seen?.(stdout, () => child.kill('SIGINT'));
  });
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.once('close', resolve);
  const code = await promise;
  return { code, stdout, left: await readdir(folder), runs: isAlive(child) };
}

const nothingLeft = { left: [], runs: false };

describe('a project with a page', () => {
  let project: Project;
  beforeAll(async () => {
    project = await startProject();
    await project.commit();
  });
  afterAll(() => project.remove());

  test('comes live, stays up until it is ended, and its folder stays as it is', async () => {
    let page: Promise<string> | undefined;
    const kept = await attempt(
      [project.folder, '--live', '--keep', 'env=API_KEY=a-key-of-somebody-7261'],
      (text, stop) => {
        const [, url] = /^status: live {3}(http:\S+)$/m.exec(text) ?? [];
        if (url === undefined || page !== undefined || !text.includes('until Ctrl+C')) return;
        page = fetch(url).then((response) => response.text());
        page.finally(stop);
      },
    );
    expect(await page).toMatch(/href="http:\/\/127\.0\.0\.1:\d+\/try-live\/static\/pages\/\S+\.[0-9a-f]{12}\.css"/);
    expect(kept).toMatchObject({ code: 0, ...nothingLeft });
    expect(kept.stdout).toContain('Set on top of site1.settings, for this machine and in the clone alone: DEBUG, ');
    expect(kept.stdout).toMatch(
      /✓ Proof: host: the deploy hook says that dep-1 is live with [0-9a-f]{12}; \d+ files of the page checked/,
    );
    expect(kept.stdout).toMatch(/What a real deploy needs .* bucket=… url=… says it, .* not at Amazon, add endpoint=…/);
    // The commit that is shown, and that the page of the release is of, is the user's own.
    const commit = (await project.git('rev-parse', 'HEAD')).slice(0, 12);
    expect(kept.stdout).toContain(`commit ${commit}`);
    // Of its own settings it says nothing, and no key.
    expect(kept.stdout).not.toMatch(/deploy_django_live\.py|a-key-of-somebody|key=[0-9a-f]/);
    expect(await project.git('status', '--porcelain')).toBe('');
    expect(await project.git('log', '--format=%s')).toBe('Change');
  });

  test('that is ended while it deploys leaves nothing', async () => {
    const ended = await attempt([project.folder, '--live'], (text, stop) => {
      if (text.includes('the deploy hook: running')) stop();
    });
    expect(ended).toMatchObject({ code: 130, ...nothingLeft });
    expect(ended.stdout).toContain('CANCELLED');
  });

  test('whose settings fail is told where and what to do, and leaves nothing', async () => {
    await project.append('site1/settings.py', '\nimport os\nSHOP = os.environ["SHOP_NAME"]\n');
    await project.commit();
    await writeFiles(project.folder, { 'shop_name.py': '' });
    const failed = await attempt([project.folder, '--live']);
    expect(failed).toMatchObject({ code: 1, ...nothingLeft });
    expect(failed.stdout).toMatch(/SHOP_NAME \(site1\/settings\.py, line \d+\)/);
    expect(failed.stdout).toContain(`npm run -s try -- ${project.folder} --live env=SHOP_NAME=…`);
    expect(failed.stdout).toMatch(/so not in this run: shop_name\.py\. .*\nstatus: failed$/m);
  });
});

describe('a project of startproject alone, in a folder of a repository', () => {
  let folder: string;
  beforeAll(async () => {
    const { venv, remove } = await startProject();
    folder = tempFolder();
    await git(folder, 'init', '--quiet');
    await writeFiles(folder, { 'backend/requirements.txt': 'Django\n' });
    await promisify(execFile)(venv.program('django-admin'), ['startproject', 'shop', join(folder, 'backend')]);
    const pages = [
      'from django.http import HttpResponse',
      'def broken(request):',
      '    return 1 / 0',
      'urlpatterns += [path("hello/", lambda request: HttpResponse("Hello")), path("broken/", broken)]',
    ];
    await appendFile(join(folder, 'backend/shop/urls.py'), `\n${pages.join('\n')}\n`);
    await commitAll(folder, 'First');
    await remove();
  });

  test('has no page at /, which is told with what to write', async () => {
    const failed = await attempt([folder, '--live']);
    expect(failed).toMatchObject({ code: 1, ...nothingLeft });
    expect(failed.stdout).toContain(
      '/ answers 404: there is no such page. Name another one, as health-path=/hello/ does (there are also /broken/, /admin/)',
    );
    expect(failed.stdout).toContain(`-- ${folder} --live health-path=/hello/`);
  });

  test('is live at a page without static files by the word of the host, and a database that env names is not touched', async () => {
    const database = 'env=DATABASE_URL=postgres://shop:hidden@127.0.0.1:9/shop';
    const live = await attempt([folder, '--live', 'health-path=/hello/', database]);
    expect(live).toMatchObject({ code: 0, ...nothingLeft });
    expect(live.stdout).toContain('DATABASES (SQLite)');
    expect(live.stdout).toMatch(/✓ Proof: host: the deploy hook says that dep-1 is live with [0-9a-f]{12}; 0 files/);
  });

  test('whose page fails is told by the line that failed, once', async () => {
    const failed = await attempt([folder, '--live', 'health-path=/broken/']);
    expect(failed).toMatchObject({ code: 1, ...nothingLeft });
    const reason = '/broken/ answers 500: ZeroDivisionError: division by zero (shop/urls.py, line ';
    // The line of the stage, and the error.
    expect(failed.stdout.split(reason)).toHaveLength(3);
    expect(failed.stdout.split('ZeroDivisionError: division by zero\n')).toHaveLength(2);
  });

  test('is live at the page of the admin', async () => {
    const live = await attempt([folder, '--live', 'health-path=/admin/']);
    expect(live).toMatchObject({ code: 0, ...nothingLeft });
    expect(live.stdout).toMatch(/✓ Proof: host: the deploy hook says that dep-1 is live/);
    expect(live.stdout).toMatch(/^status: live {3}http:\S+\/admin\/$/m);
    expect(live.stdout).toContain('add --keep');
  });
});

test.each([
  ['a bucket of its own', ['bucket=shop'], 'Leave out: bucket'],
  ['variables that are none', ['env=SECRET'], 'In env=…, line 1 is not NAME=value'],
  ['a folder that is not there', ['working-directory=shop'], 'There is no manage.py in "shop"'],
])('a call with %s is refused in a sentence', async (_kind, args, sentence) => {
  const folder = tempFolder();
  await git(folder, 'init', '--quiet');
  await writeFiles(folder, { 'manage.py': '' });
  await commitAll(folder, 'First');
  const refused = await attempt([folder, '--live', ...args]);
  expect(refused).toMatchObject({ code: 2, ...nothingLeft });
  expect(refused.stdout).toContain(sentence);
});
