import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { building, collect, files, packed, warnings } from '../../support/building.ts';
import { commit, failure, git, repository, stepFailure, writeFiles } from '../../support/project.ts';

/** What people really bring to a build: __tests__/CORPUS.md lists the cases. */
const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:0a1b\nsize 12345\n';
const ids = (findings: readonly { readonly id: string }[]) => findings.map(({ id }) => id);

describe('a checkout with pointers of Git LFS', () => {
  test.each(['shop/static/logo.png', 'media/photo.jpg', 'data/model.bin'])(
    'at %s is an error that names lfs: true',
    async (path) => {
      const { findings } = await building(await repository({ ...files, [path]: pointer })).work();
      expect(findings).toMatchObject([{ level: 'error', id: 'deploy.lfs', at: { file: path } }]);
      expect(findings[0]?.message).toContain('Set lfs: true of actions/checkout');
    },
  );

  test('is fine where an earlier step has brought the files', async () => {
    const root = await repository({ ...files, 'logo.png': pointer });
    await writeFiles(root, { 'logo.png': 'PNG' });
    expect((await building(root).work()).findings).toEqual([]);
  });
});

test('a submodule that is not checked out is told, with what to set', async () => {
  const root = await repository(files);
  git(root, 'update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},shop/static/kit`);
  git(root, '-c', 'user.name=T', '-c', 'user.email=t@example.com', 'commit', '--quiet', '--message', 'Submodule');
  const { findings } = await building(root).work();
  expect(findings).toMatchObject([{ level: 'warning', id: 'deploy.submodule', at: { file: 'shop/static/kit' } }]);
  expect(findings[0]?.message).toContain('Set submodules: true of actions/checkout');
});

test('a module with the version that installing the project wrote is packed, and nothing else of an install', async () => {
  const root = await repository({
    ...files,
    'shop/__init__.py': '',
    '.gitignore': 'version.py\nbuild/\n*.egg-info/\n',
  });
  const install =
    'echo 1 > shop/version.py; mkdir -p build/lib/shop shop.egg-info; echo 1 > build/lib/shop/a.py; echo 1 > shop.egg-info/PKG-INFO; echo 1 > left.txt';
  const names = packed((await building(root, { install }).work()).artifact.path);
  expect(names).toContain('shop/version.py');
  expect(names.filter((name) => /build|egg-info|left/.test(name))).toEqual([]);
});

describe('translations', () => {
  const po = 'locale/de/LC_MESSAGES/django.po';

  test('that nobody has compiled are told, with the command', async () => {
    const { findings } = await building(await repository({ ...files, [po]: '' })).work();
    expect(findings).toMatchObject([{ level: 'warning', id: 'deploy.translations', at: { file: po } }]);
    expect(findings[0]?.message).toMatch(/for de are not compiled.*compilemessages.*gettext/);
  });

  test('of a project below the working directory are told with the manage.py there, because commands run at the top', async () => {
    const { 'manage.py': manage = '', ...others } = files;
    const root = await repository({ ...others, 'src/manage.py': manage, [po]: '' });
    const { findings } = await building(root).work();
    expect(findings[0]?.message).toContain('Write build-command: python src/manage.py compilemessages,');
  });

  test('that an earlier step has compiled are packed, though git ignores them', async () => {
    const root = await repository({ ...files, [po]: '', '.gitignore': '*.mo\n' });
    await writeFiles(root, { 'locale/de/LC_MESSAGES/django.mo': 'compiled' });
    const { findings, artifact } = await building(root).work();
    expect(findings).toEqual([]);
    expect(packed(artifact.path)).toContain('locale/de/LC_MESSAGES/django.mo');
  });
});

test('a manifest that a bundler writes beside its sources, and that pages look for in STATIC_ROOT, is told until it is brought there', async () => {
  const tags = 'PATH = settings.STATIC_ROOT / "kit-manifest.json"';
  const root = await repository({ ...files, 'shop/tags.py': tags });
  const buildCommand = 'mkdir -p ui/dist; echo "{}" > ui/dist/kit-manifest.json';
  const { findings } = await building(root, { buildCommand }).work();
  expect(findings).toMatchObject([{ level: 'warning', id: 'deploy.not-made', at: { file: 'shop/tags.py', line: 1 } }]);
  const [, command] = /post-build-command: (.*)$/.exec(findings[0]?.message ?? '') ?? [];
  const again = await building(root, { buildCommand, postBuildCommand: command ?? '' }).work();
  expect(again.findings).toEqual([]);
  expect(packed(again.artifact.path)).toContain('staticfiles/kit-manifest.json');
});

describe('static files', () => {
  test('that compress has listed before collectstatic, when no template could be rendered, are none', async () => {
    const root = await repository(files);
    const unmade = [
      { tool: 'compressor', name: 'CACHE/manifest.json', path: null, file: join(root, 'a.html'), line: 4 },
    ];
    const django = async (asked: Parameters<typeof collect>[0]) => ({ ...(await collect(asked)), unmade });
    const listing = (text: string) => `mkdir -p staticfiles/CACHE; echo '${text}' > staticfiles/CACHE/manifest.json`;
    const { findings } = await building(root, { postBuildCommand: listing('{}') }, django).work();
    expect(findings[0]?.message).toMatch(/was made before collectstatic and holds nothing.*post-build-command/);
    expect((await building(root, { postBuildCommand: listing('{"a": "b"}') }, django).work()).findings).toEqual([]);
  });

  test('that git ignores are told with the line of .gitignore', async () => {
    const root = await repository({ ...files, '.gitignore': 'staticfiles/\nlib/\n' });
    const templates = [
      { file: join(root, 'a.html'), line: 1, name: 'lib/x.js', places: [join(root, 'shop/static/lib/x.js')] },
    ];
    const django = async (asked: Parameters<typeof collect>[0]) => ({ ...(await collect(asked)), templates });
    const { outcome } = await building(root, {}, django).work();
    expect(outcome.templates?.[0]?.ignored).toBe('.gitignore, line 2: lib/');
  });

  test('left over in STATIC_ROOT are not packed, and nothing is written there', async () => {
    const root = await repository(files);
    await writeFiles(root, { 'staticfiles/stale.css': 'old' });
    const names = packed((await building(root).work()).artifact.path);
    expect(names).toContain('staticfiles/app.0a1b.css');
    expect(names).not.toContain('staticfiles/stale.css');
  });

  test('that git holds in STATIC_ROOT are collected with the others', async () => {
    const root = await repository({ ...files, '.gitignore': '', 'staticfiles/own.css': 'own' });
    const { outcome } = await building(root).work();
    expect((await import('node:fs')).readdirSync(outcome.collected?.root ?? '').sort()).toEqual([
      'app.0a1b.css',
      'own.css',
    ]);
  });

  test.each([
    ['compressor', 'CACHE/manifest.json', 'post-build-command: python manage.py compress --force'],
    ['sass_processor', 'site.css', 'build-command: python manage.py compilescss'],
    ['statici18n', 'jsi18n', 'compilejsi18n'],
    ['tailwind', 'css/dist/styles.css', 'tailwind install && python manage.py tailwind build'],
    ['django_tailwind_cli', 'css/tailwind.css', 'tailwind download_cli && python manage.py tailwind build'],
  ])('of %s that nothing has made are an error that names the command', async (tool, name, command) => {
    const root = await repository(files);
    const unmade = [{ tool, name, path: null, file: join(root, 'a.html'), line: 4 }];
    const django = async (asked: Parameters<typeof collect>[0]) => ({ ...(await collect(asked)), unmade });
    const { findings } = await building(root, {}, django).work();
    expect(findings).toMatchObject([{ level: 'error', id: 'deploy.not-made', at: { file: 'a.html', line: 4 } }]);
    expect(findings[0]?.message).toContain(command);
    const made = building(
      root,
      { postBuildCommand: `mkdir -p $(dirname staticfiles/${name}); echo > staticfiles/${name}` },
      django,
    );
    expect((await made.work()).findings).toEqual([]);
  });
});

test('a container without git is told of git, and not of actions/checkout alone', async () => {
  const root = await repository(files);
  const { said, work } = building(root, {}, collect, { PATH: '' });
  await work().catch(() => undefined);
  expect(warnings(said).join()).toMatch(/git is not on the PATH/);
});

describe('a module that is missing', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    [
      'an extra',
      { 'pyproject.toml': '[project]\nname = "a"\n[project.optional-dependencies]\nserver = ["django-environ>=1"]\n' },
      /django-environ stands in the extra "server".*uv pip install "\.\[server\]"/,
    ],
    [
      'an extra beside a lock file of uv',
      {
        'uv.lock': '',
        'pyproject.toml': '[project]\nname = "a"\n[project.optional-dependencies]\nserver = ["django-environ>=1"]\n',
      },
      /uv sync --locked --extra server/,
    ],
    ['a group', { 'pyproject.toml': '[dependency-groups]\nweb = ["environ"]\n' }, /environ stands in the group "web"/],
    ['requirements for developers', { 'requirements/dev.txt': 'environ==1\n' }, /stands in requirements\/dev\.txt/],
  ])('is looked up in %s', async (_what, more, hint) => {
    const failures = [stepFailure({ import_error: { module: 'environ', message: "No module named 'environ'" } })];
    const { work } = building(await repository({ ...files, ...more }), {}, async () => ({ failures }));
    expect(await failure(work)).toMatchObject({ code: 'DJANGO_FAILED', hint: expect.stringMatching(hint) });
  });
});

test('a variable of the step that the build does not get is told, also where Django lacks it', async () => {
  const needed = [{ name: 'STRIPE_URL', file: null, line: null }];
  const django = async () => ({ failures: [stepFailure({ variables: ['STRIPE_URL'] })], needed });
  const project = await repository({ ...files, 'shop/pay.py': 'import os\nurl = os.environ["STRIPE_URL"]\n' });
  const { work } = building(project, {}, django, { STRIPE_URL: 'x', CLOUD_SDK_VERSION: '548' });
  const error = await failure<Error & { hint: string; findings: { id: string; message: string }[] }>(work);
  expect(error.hint).toContain('the build gets the input env alone: STRIPE_URL');
  expect(ids(error.findings)).toEqual(['deploy.withheld-variables']);
  expect(error.findings.map(({ message }) => message).join()).not.toContain('CLOUD_SDK_VERSION');
});

test('an artifact is packed when it is first asked for, and once', async () => {
  const root = await repository(files);
  symlinkSync('manage.py', join(root, 'link'));
  commit(root);
  const { lazily } = building(root);
  const built = await lazily();
  expect(await built.artifact()).toBe(await built.artifact());
});
