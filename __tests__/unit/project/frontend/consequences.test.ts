import { describe, expect, test } from '@jest/globals';
import { missedFrontEnds, withFrontEnd } from '../../../../src/project/frontend/consequences.ts';
import { forgottenFrontEnds } from '../../../../src/project/frontend/frontend.ts';
import { readFrontEnds } from '../../../../src/project/frontend/frontend-files.ts';
import type { Finding } from '../../../../src/report/finding.ts';
import { checkMessage } from '../../../support/preflight.ts';
import { stepFailure, tempFolder, writeFiles } from '../../../support/project.ts';

const json = (scripts: Record<string, string>) => JSON.stringify({ scripts });
const template = { file: '/repo/a.html', line: 3, name: 'app.js', used: true, similar: null };

async function missed(files: Record<string, string>, outcome = {}) {
  const root = tempFolder();
  await writeFiles(root, { 'manage.py': '', ...files });
  const frontEnds = await readFrontEnds(root, '.', '');
  const [first] = missedFrontEnds({ failures: [], templates: [template], ...outcome }, frontEnds);
  return first?.message;
}

describe('a front-end that nothing has built is known by what is missing', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    [
      'a folder with an unusual name',
      { 'vue3/package.json': json({ build: 'vue-tsc && node build.mjs' }) },
      /npm --prefix vue3 install && npm --prefix vue3 run build/,
    ],
    ['gulp without a script', { 'package.json': '{}', 'gulpfile.js': '' }, /npm install && npx gulp,/],
    [
      'gulp whose default task watches',
      { 'package.json': '{}', 'gulpfile.js': 'module.exports = {\n  build,\n  watch,\n  default: watch,\n};' },
      /npx gulp build,/,
    ],
    [
      'grunt with a task for production',
      { 'package.json': '{}', 'Gruntfile.js': 'grunt.registerTask("prod", ["sass"])' },
      /npx grunt prod,/,
    ],
    [
      'a script that only its parts tell from others',
      { 'package.json': json({ 'watch:css:sass': 'sass -w', 'build:css:sass': 'sass a.scss b.css', 'lint:css': 'x' }) },
      /npm run build:css:sass,/,
    ],
    ['a target of make', { Makefile: 'run:\n\tx\n\nbuild_assets: deps\n\tx\n' }, /build-command: make build_assets$/],
    ['a target of make beside manage.py', { 'manage.py': '', Makefile: 'css:\n\tx\n' }, /build-command: make css$/],
    [
      'webpack without a script, in a folder',
      { 'ui/package.json': '{}', 'ui/webpack.config.js': '' },
      /\(cd ui && npx webpack --mode production\)/,
    ],
    [
      'webpack without a script, in a folder whose name a shell would take apart',
      { 'my ui/package.json': '{}', 'my ui/webpack.config.js': '' },
      /npm --prefix 'my ui' install && \(cd 'my ui' && npx webpack --mode production\)/,
    ],
    [
      'a script with a name of its own',
      { 'package.json': json({ 'build:css': 'make css' }), 'yarn.lock': '' },
      /yarn install --frozen-lockfile && yarn run build:css/,
    ],
  ])('%s', async (_what, files, message) => {
    expect(await missed(files)).toMatch(message);
  });

  test.each<[string, string[], Record<string, string>, string]>([
    [
      'the one that writes out the name, beside the main one',
      ['dist/theme.css'],
      { build: 'webpack', 'css:theme': 'sass src/theme.scss static/dist/theme.css' },
      'npm run build && npm run css:theme',
    ],
    [
      'the main one where it calls the one that does',
      ['dist/theme.css'],
      { build: 'webpack && npm run css:theme', 'css:theme': 'sass src/theme.scss static/dist/theme.css' },
      'npm run build',
    ],
    ['the one for style sheets', ['a.css'], { 'compile:js': 'x', 'compile:scss': 'y' }, 'npm run compile:scss'],
    [
      'one for each kind of file',
      ['a.js', 'a.css'],
      { 'build:styles': 'y', 'build:scripts': 'x' },
      'npm run build:scripts && npm run build:styles',
    ],
  ])('with the script that fits best: %s', async (_what, names, scripts, commands) => {
    const templates = names.map((name) => ({ ...template, name }));
    expect(await missed({ 'package.json': json(scripts) }, { templates })).toContain(
      `build-command: npm install && ${commands}, and`,
    );
  });

  test.each<[string, Record<string, string>, string, RegExp]>([
    [
      'TypeScript and a package.json without scripts',
      { 'package.json': '{}', 'ts/src/app.ts': '' },
      'js/app.js',
      /"js\/app\.js" is made from ts\/src\/app\.ts.*build-command: npm install && …/,
    ],
    [
      'Sass without a package.json',
      { 'shop/scss/site.scss': '' },
      'css/site.min.css',
      /made from shop\/scss\/site\.scss/,
    ],
  ])('and by its source: %s', async (_what, files, name, message) => {
    expect(await missed(files, { templates: [{ ...template, name }] })).toMatch(message);
  });

  test.each<[string, object]>([
    ['a folder of STATICFILES_DIRS', { templates: [], checks: [checkMessage({ id: 'staticfiles.W004' })] }],
    ['the manifest of Vite', { templates: [], checks: [checkMessage({ id: 'django_vite.W001' })] }],
    [
      'the stats of webpack',
      { templates: [], unmade: [{ tool: 'webpack_loader', name: 'x', path: null, file: '/a', line: 1 }] },
    ],
    [
      'a folder that the finders read',
      {
        templates: [],
        failures: [
          stepFailure({ step: 'links', message: "[Errno 2] No such file or directory: '/repo/static/build'" }),
        ],
      },
    ],
    [
      'a manifest that the settings read',
      {
        templates: [],
        failures: [stepFailure({ message: "[Errno 2] No such file or directory: '/repo/ui/rev-manifest.json'" })],
      },
    ],
    ['what npm installs', { templates: [], failures: [stepFailure({ step: 'collect', message: 'node_modules/x' })] }],
  ])('by %s', async (_what, outcome) => {
    expect(await missed({ 'package.json': json({ build: 'x' }) }, outcome)).toContain('build-command: npm install');
  });

  test('by a STATICFILES_DIRS that is node_modules, for which installing is enough', async () => {
    const checks = [checkMessage({ id: 'staticfiles.W004', text: "The directory '/x/node_modules' does not exist." })];
    expect(await missed({ 'package.json': '{}', 'package-lock.json': '' }, { checks, templates: [] })).toContain(
      'Write build-command: npm ci, and',
    );
  });

  test.each<[string, Record<string, string>, object]>([
    ['nothing is missing', { 'package.json': json({ build: 'x' }) }, { templates: [] }],
    [
      'a name is misspelt',
      { 'package.json': json({ build: 'x' }) },
      { templates: [{ ...template, similar: 'apps.js' }] },
    ],
    ['there is no front-end', {}, {}],
    [
      'a file is missing that no bundler makes',
      { 'package.json': json({ build: 'x' }) },
      { templates: [], failures: [stepFailure({ message: "No such file or directory: '/repo/config.ini'" })] },
    ],
    [
      'make has no target for it',
      { Makefile: 'build:\n\tdocker build .\n\nstatic:\n\tpython manage.py collectstatic\n' },
      {},
    ],
    ['package.json only checks', { 'package.json': json({ lint: 'eslint .' }) }, {}],
    ['it is built', { 'package.json': json({ build: 'vite build' }), 'dist/app.js': '' }, {}],
  ])('and is not looked for where %s', async (_why, files, outcome) => {
    expect(await missed(files, outcome)).toBeUndefined();
  });
});

test('what Tailwind reads is not taken for what sass writes', async () => {
  const root = tempFolder();
  const script = 'sass scss:static/css/site.css && tailwindcss -i src/main.css -o static/css/out.css';
  await writeFiles(root, { 'package.json': json({ build: script }), 'src/main.css': '', 'manage.py': '' });
  const [finding] = forgottenFrontEnds(await readFrontEnds(root, '.', ''));
  expect(finding?.message).toContain('there is no static/css/out.css, static/css/site.css');
});

describe('the findings that follow from it', () => {
  const cause: Finding = {
    level: 'warning',
    id: 'deploy.front-end',
    message: 'Not built.',
    at: { file: 'package.json' },
  };
  const followers = ['a.js', 'b.js'].map(
    (name): Finding => ({
      level: 'error',
      id: 'deploy.template',
      message: `asks for "${name}"`,
      at: { file: 'a.html', line: 2 },
    }),
  );
  const other: Finding = { level: 'error', id: 'deploy.migrations', message: 'x' };

  test('are folded into it, with the level of the worst', () => {
    expect(withFrontEnd([cause, ...followers, other])).toEqual([
      {
        ...cause,
        level: 'error',
        message: 'Not built. 2 other findings follow from it: a.js, b.js are not there (a.html, line 2).',
      },
      other,
    ]);
  });

  test('stay where it is not the cause', () => {
    expect(withFrontEnd([...followers, other])).toEqual([...followers, other]);
    expect(withFrontEnd([cause, other])).toEqual([cause, other]);
  });
});
