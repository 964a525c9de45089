import { chmodSync, readFileSync, symlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { ArtifactEntry } from '../../../../src/project/artifact/artifact.ts';
import {
  artifactContents,
  changedBetween,
  readSourceTree,
  takeSnapshot,
} from '../../../../src/project/artifact/contents.ts';
import { gitIn } from '../../../../src/project/checkout/git.ts';
import { runnerExec } from '../../../../src/runner/runner-exec.ts';
import { commit, git, gitEnv, repository, shellIO, tempFolder, writeFiles } from '../../../support/project.ts';

type Work = (root: string) => Promise<unknown>;

interface Steps {
  /** A step of the workflow before this one. */
  earlier?: Work;
  hook?: Work;
  check?: Work;
  staticRoot?: string;
}

/** The entries of an artifact after these steps, in the order in which a build does them. */
async function entriesOf(root: string, { earlier, hook, check, staticRoot }: Steps): Promise<readonly ArtifactEntry[]> {
  const inRoot = gitIn(shellIO(runnerExec), root, gitEnv);
  await earlier?.(root);
  const source = await readSourceTree(inRoot, root);
  const before = await takeSnapshot(root);
  await hook?.(root);
  const hooks = [changedBetween(before, await takeSnapshot(root))];
  await check?.(root);
  return (await artifactContents(inRoot, { root, source, hooks, staticRoot })).entries;
}

/** What would be packed: content by path. */
const contentsOf = async (root: string, steps: Steps = {}): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await entriesOf(root, steps)).map(({ path, from }) => [
      path,
      'bytes' in from ? Buffer.from(from.bytes).toString() : readFileSync(from.file, 'utf8'),
    ]),
  );

const write =
  (files: Record<string, string>): Work =>
  (root) =>
    writeFiles(root, files);

const project = { 'manage.py': 'manage', 'shop/models.py': 'models', '.gitignore': 'dist/\n*.sqlite3\n' };
const leftovers = {
  'db.sqlite3': 'SQLite format 3',
  '.secrets/key': 'generated',
  'secret_key.txt': 'generated',
  'shop/__pycache__/models.cpython-312.pyc': 'code',
};

describe('the artifact of a checkout', () => {
  test('holds what git holds, and nothing that lies about', async () => {
    const root = await repository(project);
    const contents = await contentsOf(root, { earlier: write({ 'notes.txt': 'mine', '.env': 'SECRET_KEY=x' }) });
    expect(contents).toEqual(project);
  });

  test('holds only the working directory, with paths relative to it', async () => {
    const root = await repository({ 'README.md': '', 'site/manage.py': 'manage' });
    expect(await contentsOf(join(root, 'site'))).toEqual({ 'manage.py': 'manage' });
  });

  test('holds what a hook made, though git ignores it', async () => {
    const root = await repository(project);
    const made = { 'dist/app.js': 'bundle', 'static/.vite/manifest.json': '{}' };
    expect(await contentsOf(root, { hook: write(made) })).toEqual({ ...project, ...made });
  });

  test('does not hold what was there before the hook, ignored by git', async () => {
    const root = await repository(project);
    const contents = await contentsOf(root, {
      earlier: write({ 'dist/old.js': 'old' }),
      hook: write({ 'dist/new.js': 'new' }),
    });
    expect(Object.keys(contents)).toContain('dist/new.js');
    expect(Object.keys(contents)).not.toContain('dist/old.js');
  });

  test('holds no package that a hook installed', async () => {
    const root = await repository(project);
    expect(await contentsOf(root, { hook: write({ 'node_modules/vite/index.js': 'package' }) })).toEqual(project);
  });

  test.each(['check', 'hook'] as const)('holds no database and no generated secret that a %s left', async (step) => {
    const root = await repository(project);
    expect(await contentsOf(root, { [step]: write(leftovers) })).toEqual(project);
  });

  test('holds a database that is committed', async () => {
    const root = await repository({ 'fixtures/demo.db': 'on purpose' });
    expect(await contentsOf(root)).toEqual({ 'fixtures/demo.db': 'on purpose' });
  });

  test('keeps the executable bit of git', async () => {
    const root = await repository({ 'run.sh': '', 'plain.txt': '' });
    chmodSync(join(root, 'run.sh'), 0o755);
    commit(root);
    const entries = await entriesOf(root, { hook: write({ 'run.sh': 'rewritten by the hook' }) });
    expect(entries.filter(({ executable }) => executable).map(({ path }) => path)).toEqual(['run.sh']);
  });
});

describe('a tracked file that differs from git', () => {
  const changed = { 'shop/models.py': 'changed meanwhile' };

  test('because of a check goes in as git holds it', async () => {
    const root = await repository(project);
    expect(await contentsOf(root, { check: write(changed) })).toEqual(project);
  });

  test('because of an earlier step keeps its change', async () => {
    const root = await repository(project);
    expect(await contentsOf(root, { earlier: write(changed) })).toEqual({ ...project, ...changed });
  });

  test('because of a hook keeps its change', async () => {
    const root = await repository(project);
    expect(await contentsOf(root, { hook: write(changed) })).toEqual({ ...project, ...changed });
  });

  test('because a check took it away goes in as git holds it', async () => {
    const root = await repository(project);
    expect(await contentsOf(root, { check: (root) => rm(join(root, 'shop/models.py')) })).toEqual(project);
  });

  test('below a working directory goes in as git holds it, too', async () => {
    const root = await repository({ 'site/manage.py': 'manage', 'manage.py': 'another' });
    const contents = await contentsOf(join(root, 'site'), { check: write({ 'manage.py': 'changed' }) });
    expect(contents).toEqual({ 'manage.py': 'manage' });
  });
});

describe('collected static files', () => {
  const collected = { 'staticfiles/app.0a1b2c3d4e5f.css': 'css', 'staticfiles/staticfiles.json': '{}' };

  test('go in, though git ignores them', async () => {
    const root = await repository({ ...project, '.gitignore': 'staticfiles/' });
    const contents = await contentsOf(root, { check: write(collected), staticRoot: join(root, 'staticfiles') });
    expect(contents).toEqual({ ...project, '.gitignore': 'staticfiles/', ...collected });
  });

  test('go in as they were collected where git holds an older copy', async () => {
    const root = await repository({ ...project, 'staticfiles/staticfiles.json': '{"old": true}' });
    const contents = await contentsOf(root, { check: write(collected), staticRoot: join(root, 'staticfiles') });
    expect(contents['staticfiles/staticfiles.json']).toBe('{}');
  });

  test.each(['..', '../elsewhere', '../root-static'])('in %s, outside the project, stay out', async (folder) => {
    const outside = tempFolder();
    const root = join(outside, 'root');
    await writeFiles(root, project);
    await writeFiles(join(root, folder), { 'app.css': 'css' });
    const contents = await contentsOf(root, { staticRoot: join(root, folder) });
    expect(Object.keys(contents)).toEqual(['.gitignore', 'manage.py', 'shop/models.py']);
  });
});

describe('for the job that deploys', () => {
  const folders = async (root: string, more: object) => {
    const inRoot = gitIn(shellIO(runnerExec), root, gitEnv);
    const source = await readSourceTree(inRoot, root);
    const request = { root, source, hooks: [], staticRoot: undefined, forAnotherJob: true, ...more };
    const { entries, ...where } = await artifactContents(inRoot, request);
    return { ...where, paths: entries.map(({ path }) => path).toSorted() };
  };

  test('static files and media from outside the project come along, apart', async () => {
    const root = await repository(project);
    const [staticRoot, mediaRoot] = [tempFolder(), tempFolder()];
    await writeFiles(staticRoot, { 'app.css': 'css' });
    await writeFiles(mediaRoot, { 'photo.jpg': 'jpg' });
    expect(await folders(root, { staticRoot, mediaRoot })).toEqual({
      static: '.deploy-django/static',
      media: '.deploy-django/media',
      paths: ['.deploy-django/media/photo.jpg', '.deploy-django/static/app.css', ...Object.keys(project)].toSorted(),
    });
  });

  test('media comes along that git does not hold', async () => {
    const root = await repository({ ...project, '.gitignore': 'media/' });
    await writeFiles(root, { 'media/photo.jpg': 'jpg' });
    const found = await folders(root, { mediaRoot: join(root, 'media') });
    expect(found).toMatchObject({ media: 'media', paths: expect.arrayContaining(['media/photo.jpg']) });
  });

  test('a folder that the project itself is in is none of static files', async () => {
    const root = await repository({ 'site/manage.py': '' });
    expect(await folders(join(root, 'site'), { staticRoot: root })).toEqual({ paths: ['manage.py'] });
    expect(await folders(root, { staticRoot: root })).toEqual({ paths: ['site/manage.py'] });
  });
});

test('what .gitattributes keeps out of archives stays out, with what a hook made there, and collected files stay in', async () => {
  const root = await repository({
    ...project,
    '.gitattributes': 'docs export-ignore\n*.map export-ignore\n',
    'docs/index.md': '',
  });
  const contents = await contentsOf(root, {
    hook: write({ 'docs/api.html': '', 'dist/app.js': '', 'dist/app.js.map': '' }),
    check: write({ 'staticfiles/app.js.map': '' }),
    staticRoot: join(root, 'staticfiles'),
  });
  expect(Object.keys(contents).toSorted()).toEqual(
    ['.gitattributes', 'dist/app.js', 'staticfiles/app.js.map', ...Object.keys(project)].toSorted(),
  );
});

describe('a submodule', () => {
  async function withSubmodule(): Promise<string> {
    const theme = await repository({ 'theme.css': 'body {}' });
    const root = await repository({ 'manage.py': 'manage' });
    git(root, 'submodule', '--quiet', 'add', theme, 'theme');
    commit(root);
    return root;
  }

  test('goes in with its files', async () => {
    expect(await contentsOf(await withSubmodule())).toMatchObject({
      'manage.py': 'manage',
      'theme/theme.css': 'body {}',
    });
  });
});

describe('a folder that is no repository', () => {
  test('goes in as it was found, without what a deploy never wants', async () => {
    const root = tempFolder();
    const files = { 'manage.py': 'manage', 'shop/models.py': 'models' };
    await writeFiles(root, {
      ...files,
      ...leftovers,
      '.env': 'x',
      'node_modules/a.js': 'x',
      'venv/lib/a.py': 'x',
      'venv/pyvenv.cfg': '',
    });
    expect(await contentsOf(root, { check: write({ 'other.sqlite3': 'x', 'report.txt': 'x' }) })).toEqual(files);
  });

  test('is known as one, with the executable bit of the disk', async () => {
    const root = tempFolder();
    await writeFiles(root, { 'run.sh': '', 'plain.txt': '' });
    chmodSync(join(root, 'run.sh'), 0o755);
    const source = await readSourceTree(gitIn(shellIO(runnerExec), root, gitEnv), root);
    expect(source.fromGit).toBe(false);
    expect(source.tracked.map(({ path, mode }) => [path, mode])).toEqual([
      ['plain.txt', '100644'],
      ['run.sh', '100755'],
    ]);
  });
});

test('a snapshot follows no link out of the project, nor round in a circle', async () => {
  const [root, outside] = [tempFolder(), tempFolder()];
  await writeFiles(root, { 'a.txt': 'a' });
  await writeFiles(outside, { 'b.txt': 'b' });
  symlinkSync(outside, join(root, 'outside'));
  symlinkSync('.', join(root, 'circle'));
  expect([...(await takeSnapshot(root)).keys()]).toEqual(['a.txt', 'circle', 'outside']);
});
