import { describe, expect, test } from '@jest/globals';
import { forgottenFrontEnds } from '../../../../src/project/frontend/frontend.ts';
import { readFrontEnds } from '../../../../src/project/frontend/frontend-files.ts';
import { tempFolder, writeFiles } from '../../../support/project.ts';

const settings = 'STATICFILES_DIRS = [BASE_DIR / "frontend" / "dist", BASE_DIR / "dist", BASE_DIR / "build"]\n';
const json = (scripts: Record<string, unknown>) => JSON.stringify({ name: 'site', scripts });

/** What is found in a project with these files. */
async function find(files: Record<string, string>, projectFolder = '.', prefix = '') {
  const root = tempFolder();
  await writeFiles(root, { 'config/settings.py': settings, 'manage.py': '', ...files });
  return forgottenFrontEnds(await readFrontEnds(root, projectFolder, prefix));
}
const messages = async (files: Record<string, string>) => (await find(files)).map(({ message }) => message);

describe('a front-end that nothing has built', () => {
  test('is a warning that says what to write, at its package.json', async () => {
    const files = { 'frontend/package.json': json({ build: 'vite build' }), 'frontend/package-lock.json': '{}' };
    expect(await find(files, '.', 'backend/')).toEqual([
      {
        level: 'warning',
        id: 'deploy.front-end',
        message:
          'The script "build" is there, and nothing has run it: there is no frontend/dist. Write build-command: npm --prefix frontend ci && npm --prefix frontend run build, and actions/setup-node as a step before this one.',
        at: { file: 'backend/frontend/package.json' },
      },
    ]);
  });

  test.each([
    ['npm', 'package-lock.json', 'npm ci && npm run build, and actions/setup-node as'],
    ['npm', 'npm-shrinkwrap.json', 'npm ci && npm run build, and actions/setup-node as'],
    [
      'pnpm',
      'pnpm-lock.yaml',
      'pnpm install --frozen-lockfile && pnpm run build, and pnpm/action-setup and actions/setup-node as',
    ],
    ['yarn', 'yarn.lock', 'yarn install --frozen-lockfile && yarn run build, and actions/setup-node as'],
    ['bun', 'bun.lock', 'bun install --frozen-lockfile && bun run build, and oven-sh/setup-bun as'],
    ['bun', 'bun.lockb', 'bun install --frozen-lockfile && bun run build, and oven-sh/setup-bun as'],
    ['npm without a lock', 'README.md', 'npm install && npm run build, and actions/setup-node as'],
  ])('is built by %s where there is %s', async (_name, lock, advice) => {
    const [message] = await messages({ 'package.json': json({ build: 'vite build' }), [lock]: '' });
    expect(message).toContain(`build-command: ${advice}`);
  });

  test.each([
    ['pnpm-lock.yaml', 'pnpm --dir client install --frozen-lockfile && pnpm --dir client run production'],
    ['yarn.lock', 'yarn --cwd client install --frozen-lockfile && yarn --cwd client run production'],
    ['bun.lock', 'bun --cwd client install --frozen-lockfile && bun --cwd client run production'],
  ])('below a folder is built there with %s', async (lock, advice) => {
    const [message] = await messages({
      'client/package.json': json({ production: 'webpack --output-path ../static/client' }),
      [`client/${lock}`]: '',
    });
    expect(message).toContain(`there is no static/client. Write build-command: ${advice}`);
  });

  test.each<[string, Record<string, string>, string]>([
    ['vite build', {}, 'dist'],
    ['tsc -b && vite build --outDir=static/vite', {}, 'static/vite'],
    ['webpack --mode production', {}, 'dist'],
    ['./node_modules/.bin/rspack build', {}, 'dist'],
    ['react-scripts build', {}, 'build'],
    ['parcel build src/app.js --dist-dir static/js', {}, 'static/js'],
    ['esbuild src/app.js --bundle --outfile=static/app.js', {}, 'static/app.js'],
    ['npx @tailwindcss/cli@4 -i src/in.css -o static/css/site.css --minify', {}, 'static/css/site.css'],
    ['npx tailwindcss@3 -i in.css --output "static/site.css"', {}, 'static/site.css'],
    ['postcss src/a.css -o static/a.css', {}, 'static/a.css'],
    ['sass --style=compressed scss/a.scss:static/a.css', {}, 'static/a.css'],
    ['sass scss/a.scss static/a.css', {}, 'static/a.css'],
    ['rollup -i src/a.js -d static/dist', {}, 'static/dist'],
    ['vite build', { 'vite.config.ts': "export default { build: { outDir: './static/out' } }" }, 'static/out'],
    [
      'vite build',
      { 'vite.config.js': "export default { build: { outDir: resolve(__dirname, 'static', 'x') } }" },
      'static/x',
    ],
    ['vite build', { 'vite.config.js': 'export default { build: { rollupOptions: { output: {} } } }' }, 'dist'],
    [
      'webpack -c webpack/prod.config.js',
      { 'webpack/webpack.base.js': '', 'webpack/prod.config.js': '', 'webpack.config.js': '' },
      '',
    ],
    [
      'webpack',
      {
        'webpack.config.js':
          "module.exports = { output: { filename: '[name].js', path: path.resolve('./static/bundles/') } }",
      },
      'static/bundles',
    ],
    ['rollup -c', { 'rollup.config.mjs': "export default { output: [{}], input: 'x' }" }, ''],
    [
      'rollup -c',
      { 'rollup.config.mjs': "export default { output: { format: 'es', file: 'static/a.js' } }" },
      'static/a.js',
    ],
  ])('by "%s" with %j is looked for in "%s"', async (build, configs, output) => {
    const found = await messages({ 'package.json': json({ build }), ...configs });
    expect(found.map((message) => /there is no (\S+)\. /.exec(message)?.[1])).toEqual(output === '' ? [] : [output]);
  });

  test('is found through the scripts that a script calls', async () => {
    const scripts = {
      'build:prod': 'run-s clean "bundle:*"',
      clean: 'rimraf static/dist',
      'bundle:css': 'tailwindcss -i a.css -o static/dist/a.css',
      again: 'npm run again',
    };
    expect(await messages({ 'package.json': json(scripts) })).toHaveLength(1);
    expect(await messages({ 'package.json': json({ build: 'npm run build' }) })).toEqual([]);
  });

  test.each(['theme/static_src', 'src/frontend', 'shop/assets'])('is looked for in %s', async (folder) => {
    const files = { [`${folder}/package.json`]: json({ build: 'webpack -o ../../static/dist' }) };
    expect(await messages(files)).toEqual([expect.stringContaining('there is no static/dist.')]);
  });

  test('is looked for beside manage.py, wherever that is', async () => {
    const found = await find({ 'shop/package.json': json({ build: 'vite build --outDir static' }) }, 'shop');
    expect(found).toHaveLength(1);
  });
});

describe('a manifest that Vite is to write for a server', () => {
  const config = "export default { build: { outDir: process.env.OUT || x, manifest: 'site-manifest.json' } }";
  const files = { 'frontend/package.json': json({ build: 'vite build' }), 'frontend/vite.config.js': config };
  const withVite = { ...files, 'config/settings.py': 'VITE_DEV_MODE = False\n' };

  test('and that nobody has means that it is not built, wherever it is written to', async () => {
    expect((await messages(withVite))[0]).toContain('there is no site-manifest.json');
    const standard = { ...withVite, 'frontend/vite.config.js': config.replace("'site-manifest.json'", 'true') };
    expect((await messages(standard))[0]).toContain('there is no manifest.json');
  });

  test('is not what is missed where the folder that it goes to is plain to see', async () => {
    const plain = { ...withVite, 'frontend/vite.config.js': 'export default { build: { manifest: true } }' };
    const settings = 'VITE_DEV_MODE = False\nSTATICFILES_DIRS = [BASE_DIR / "frontend" / "dist"]\n';
    expect((await messages({ ...plain, 'config/settings.py': settings }))[0]).toContain('there is no frontend/dist.');
  });

  test.each<[string, Record<string, string>]>([
    ['is there', { ...withVite, 'static/site-manifest.json': '{}' }],
    ['is of a site of its own', files],
    ['is not asked for', { ...withVite, 'frontend/vite.config.js': config.replace(/manifest.*json'/, 'minify: true') }],
  ])('is nothing to speak of where it %s', async (_why, some) => {
    expect(await messages(some)).toEqual([]);
  });
});

describe('nothing is said of a package.json', () => {
  const vite = json({ build: 'vite build' });

  test.each<[string, Record<string, string>]>([
    ['that only checks', { 'package.json': json({ lint: 'eslint .', format: 'prettier -w .' }) }],
    ['whose build only checks', { 'package.json': json({ build: 'tsc --noEmit && eslint .' }) }],
    ['that builds documentation', { 'package.json': json({ build: 'vitepress build docs' }) }],
    ['of the documentation', { 'docs/package.json': vite }],
    ['of an example', { 'examples/shop/package.json': vite }],
    ['deeper than projects are', { 'a/b/c/frontend/package.json': vite }],
    ['of an installed package', { 'node_modules/x/package.json': vite, 'frontend/node_modules/x/package.json': vite }],
    ['whose output is there', { 'frontend/package.json': vite, 'frontend/dist/app.js': '' }],
    [
      'whose output is one file that is there',
      { 'package.json': json({ build: 'esbuild a.js --outfile=static/b.js' }), 'static/b.js': '' },
    ],
    [
      'whose output Vite puts beside its root',
      {
        'package.json': vite,
        'vite.config.js': "export default { root: './frontend', build: { outDir: '../static/dist' } }",
        'static/dist/app.js': '',
      },
    ],
    [
      'that tells its output by a variable',
      { 'package.json': vite, 'vite.config.js': 'export default { build: { outDir } }' },
    ],
    [
      'whose output is computed',
      { 'package.json': vite, 'vite.config.js': "export default { build: { outDir: env.OUT || 'x' } }" },
    ],
    ['whose configuration is elsewhere', { 'package.json': json({ build: 'vite build --config tools/site.js' }) }],
    [
      'that writes outside the working directory',
      { 'frontend/package.json': json({ build: 'vite build --outDir ../../x/static' }) },
    ],
    ['of a site of its own', { 'frontend/package.json': vite, 'config/settings.py': 'STATIC_URL = "static/"' }],
    ['by a program that says nothing of its output', { 'package.json': json({ build: 'gulp' }) }],
    ['without scripts', { 'package.json': '{"name": "x"}' }],
    ['with scripts that are none', { 'package.json': '{"scripts": {"build": 1}}' }],
    ['that is none', { 'package.json': 'null' }],
    ['that is cut off', { 'package.json': '{"scripts": {"build": "vite' }],
  ])('%s', async (_what, files) => {
    expect(await messages(files)).toEqual([]);
  });

  test('whose output folder has nothing but a file that keeps it', async () => {
    expect(await messages({ 'frontend/package.json': vite, 'frontend/dist/.gitkeep': '' })).toHaveLength(1);
    expect(await messages({ 'frontend/package.json': vite, 'frontend/dist/.vite/manifest.json': '{}' })).toEqual([]);
  });

  test('whose neighbour has another configuration', async () => {
    const other = {
      'frontend/package.json': json({}),
      'frontend/vite.config.js': "export default { build: { outDir: 'x' } }",
    };
    expect(await messages({ 'package.json': vite, ...other, 'frontend/x/app.js': '' })).toHaveLength(1);
  });
});
