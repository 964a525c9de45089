import { execFile } from 'node:child_process';
import { hash } from 'node:crypto';
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Tools, versions } from './install.ts';
import { contentOf, treeFiles } from './trees.ts';

const run = promisify(execFile);

/** The commits of a project that one client after the other deploys. */
export interface WagtailProject {
  /** By step: the first, one that changes no file of a page, one that changes a style sheet. */
  readonly commits: Readonly<Record<'first' | 'commit' | 'style', string>>;
  /** A fresh checkout of a commit, in which all files are new. */
  checkout(sha: string): Promise<string>;
  /** The page of a commit: it names its style sheet as the manifest storage does. */
  page(sha: string, staticUrl: string): Promise<string>;
}

const style = 'mysite/static/css/mysite.css';
const identity = ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.com'];
const mediaFiles = 40;

const requirements = [
  `Django==${versions.Django}`,
  `wagtail==${versions.wagtail}`,
  `gunicorn==${versions.gunicorn}`,
  `django-storages[s3]==${versions['django-storages']}`,
  `boto3==${versions.boto3}`,
  `collectfasta==${versions.collectfasta}`,
];

/** `wagtail start`, with a bucket in its settings, some media, and a commit for each step. */
export async function makeWagtail(tools: Tools): Promise<WagtailProject> {
  const origin = join(tools.scratch, 'wagtail-origin');
  const workspace = join(tools.scratch, 'wagtail-checkout');
  const git = async (...args: string[]) => (await run('git', [...identity, ...args], { cwd: origin })).stdout.trim();
  const commit = async (message: string) => {
    await git('add', '--all');
    await git('commit', '--quiet', '--message', message);
    return git('rev-parse', 'HEAD');
  };
  await rm(origin, { recursive: true, force: true });
  await mkdir(origin, { recursive: true });
  await git('init', '--quiet', '--initial-branch', 'main');
  await run(join(dirname(tools.wagtailPython), 'wagtail'), ['start', 'mysite', origin]);
  await writeFile(join(origin, 'requirements.txt'), `${requirements.join('\n')}\n`);
  await writeFile(join(origin, '.gitignore'), '/static/\n*.sqlite3\n__pycache__/\n');
  await appendFile(
    join(origin, 'mysite/settings/production.py'),
    await readFile(join(import.meta.dirname, 'whole', 'settings.py')),
  );
  const pictures = treeFiles('small').filter(({ path }) => /\.(png|jpg)$/.test(path));
  for (const file of pictures.slice(0, mediaFiles)) {
    const path = join(origin, 'media', file.path);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, Buffer.concat([...contentOf(file)]));
  }
  await appendFile(join(origin, style), '\nbody {\n  margin: 0;\n}\n');
  const first = await commit('First');
  await appendFile(join(origin, 'mysite/urls.py'), '\n# Nothing that a page shows.\n');
  const second = await commit('A comment');
  await appendFile(join(origin, style), '\nh1 {\n  color: teal;\n}\n');
  const third = await commit('A color');
  return {
    commits: { first, commit: second, style: third },
    async checkout(sha) {
      await rm(workspace, { recursive: true, force: true });
      await run('git', ['clone', '--quiet', origin, workspace]);
      await run('git', ['checkout', '--quiet', sha], { cwd: workspace });
      return workspace;
    },
    async page(sha, staticUrl) {
      const { stdout } = await run('git', ['show', `${sha}:${style}`], { cwd: origin, encoding: 'buffer' });
      const name = `css/mysite.${hash('md5', stdout).slice(0, 12)}.css`;
      return `<!doctype html><html lang="en"><head><title>Bench</title><meta name="release" content="${sha}"><link rel="stylesheet" href="${staticUrl}${name}"></head><body><h1>Bench</h1></body></html>`;
    },
  };
}
