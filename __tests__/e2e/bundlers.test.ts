import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ActionResult, runAction } from '../../demo/parts/action.ts';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { type LocalHost, startLocalHost } from '../../demo/parts/host.ts';
import { type BucketView, viewBucket } from '../support/bucket.ts';
import { bucketSettings, type Project, startProject } from '../support/django-project.ts';

/** Front-ends by the real tools: what they name goes to browsers for a year, and what Django reads of them to the host. */
const run = promisify(execFile);
const bucket = 'bundlers';
let server: BucketServer;
let view: BucketView;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  server = await startBucketServer();
  await server.createBucket(bucket);
  view = await viewBucket(bucket, server.endpoint);
});
afterAll(async () => {
  for (const end of ends) await end();
  await server.stop();
});

const year = 'public, max-age=31536000, immutable';
const always = 'public, max-age=0, must-revalidate';
const npm = 'install --silent --no-audit --no-fund --prefer-offline';

interface Site {
  readonly project: Project;
  /** Deploys the commit to a host of this machine. */
  deploy(inputs?: Record<string, string>): Promise<ActionResult>;
  /** Builds and syncs alone. */
  build(inputs?: Record<string, string>): Promise<ActionResult>;
  /** Does so once more, out of a fresh checkout of the same commit. */
  again(inputs?: Record<string, string>): Promise<ActionResult>;
  /** Its keys, without the prefix, and how long browsers keep each. */
  kept(): Promise<Map<string, string | null>>;
}

const toBucket = () => ({
  bucket,
  endpoint: server.endpoint,
  'access-key-id': 'test-key',
  'secret-access-key': 'test-secret',
  acl: 'public-read',
});

/** Keys below a prefix, without it, and how long browsers keep each. */
async function keptBelow(prefix: string): Promise<Map<string, string | null>> {
  const found = new Map<string, string | null>();
  for (const key of await view.keys(`${prefix}/`)) {
    const { headers } = await fetch(`${server.endpoint}/${bucket}/${key}`, { method: 'HEAD' });
    found.set(key.slice(prefix.length + 1), headers.get('cache-control'));
  }
  return found;
}

/** A project with more packages, settings and files, whose static files go below a prefix of its own. */
async function makeSite(
  prefix: string,
  packages: readonly string[],
  settings: string,
  files: Readonly<Record<string, string>>,
): Promise<Site> {
  const project = await startProject('Django>=5.2,<6', packages);
  ends.push(() => project.remove());
  await project.append('site1/settings.py', bucketSettings(`${server.endpoint}/${bucket}/${prefix}/`) + settings);
  for (const [path, text] of Object.entries(files)) await project.write(path, text);
  await project.append('.gitignore', 'node_modules/\ndist/\npackage-lock.json\nwebpack-stats.json\n/static/\n');
  let host: LocalHost | undefined;
  const release = (sha: string, inputs: Record<string, string>) =>
    runAction({
      workspace: project.folder,
      sha,
      env: project.path,
      inputs: {
        install: 'none',
        host: 'none',
        ...toBucket(),
        environment: prefix,
        timeout: '60s',
        ...inputs,
      },
    });
  return {
    project,
    async deploy(inputs = {}) {
      if (!host) {
        const folder = await mkdtemp(join(tmpdir(), 'deploy-django-host-'));
        const requirements = (await readFile(join(project.folder, 'requirements.txt'), 'utf8')).trim().split('\n');
        const started = await startLocalHost({ folder, requirements, wsgi: 'site1.wsgi', env: () => ({}), drain: 500 });
        ends.push(
          () => started.stop(),
          () => rm(folder, { recursive: true, force: true }),
        );
        host = started;
      }
      const options = 'body: {"artifact": "{artifact-path}"}';
      return release(await project.commit(), {
        host: 'hook',
        'deploy-hook': host.hook,
        'host-options': options,
        url: host.url,
        ...inputs,
      });
    },
    build: async (inputs = {}) => release(await project.commit(), inputs),
    async again(inputs = {}) {
      await project.git('clean', '-fdxq');
      return release(await project.git('rev-parse', 'HEAD'), inputs);
    },
    kept: () => keptBelow(prefix),
  };
}

/** How long browsers keep the files whose name matches. */
const matching = (kept: ReadonlyMap<string, string | null>, pattern: RegExp) =>
  [...kept].filter(([key]) => pattern.test(key)).map(([, header]) => header);

/** The files of an artifact. */
async function unpack(result: ActionResult): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'deploy-django-artifact-'));
  ends.push(() => rm(folder, { recursive: true }));
  await run('tar', ['-xzf', result.outputs['artifact-path'] ?? '', '-C', folder]);
  return folder;
}

/** A second run of the same commit: it sends nothing, and packs the same bytes. */
async function expectSame(site: Site, first: ActionResult, inputs: Record<string, string>): Promise<void> {
  const again = await site.again(inputs);
  expect(again.outputs).toMatchObject({ status: 'built', uploaded: '0' });
  expect(again.outputs['artifact-sha256']).toBe(first.outputs['artifact-sha256']);
}

const page = (head: string) =>
  `<!doctype html><html lang="en"><head><title>Home</title>${head}</head><body></body></html>`;
const packageJson = (scripts: object, dependencies: object) =>
  JSON.stringify({ private: true, type: 'module', scripts, devDependencies: dependencies });

describe('Vite with django-vite', () => {
  const inputs = { 'build-command': `npm --prefix frontend ${npm} && npm --prefix frontend run --silent build` };
  const settings = `
INSTALLED_APPS += ["django_vite"]
STATICFILES_DIRS = [path for path in [BASE_DIR / "frontend" / "dist"] if path.exists()]
DJANGO_VITE = {"default": {"manifest_path": BASE_DIR / "frontend" / "dist" / ".vite" / "manifest.json"}}
`;
  let site: Site;

  beforeAll(async () => {
    site = await makeSite('vite', ['django-vite==3.1.0'], settings, {
      'frontend/package.json': packageJson({ build: 'vite build' }, { vite: '5.4.21' }),
      'frontend/vite.config.js':
        'export default { base: "./", build: { manifest: true, rollupOptions: { input: ["src/main.js", "src/other.js"] } } };',
      'frontend/src/main.js':
        'import "./main.css";\nimport { shared } from "./shared.js";\ndocument.title = shared;\nimport("./app-settings.js");\n',
      'frontend/src/other.js': 'import { shared } from "./shared.js";\nconsole.log(shared);\n',
      'frontend/src/shared.js': 'export const shared = "shared" + Math.random();\n',
      'frontend/src/app-settings.js': 'console.log("settings");\n',
      'frontend/src/main.css': 'h1 { color: red }\n',
      'pages/templates/pages/home.html': page("{% load django_vite %}{% vite_asset 'src/main.js' %}"),
    });
  });

  test('is found out where nothing has built it', async () => {
    const forgotten = await site.build();
    expect(forgotten.log).toContain(
      '::warning file=frontend/package.json::deploy.front-end: The script "build" is there, and nothing has run it: there is no frontend/dist.%0A  frontend/package.json%0A  Write build-command: npm --prefix frontend install && npm --prefix frontend run build, and actions/setup-node as a step before this one.',
    );
    expect(await site.build({ checks: 'warning' })).toMatchObject({ exitCode: 1, outputs: { uploaded: '0' } });
  });

  test('gets live, with every file that its manifest names kept for a year', async () => {
    const first = await site.deploy(inputs);
    expect(first.outputs.status).toBe('live');
    expect(first.log).not.toContain('deploy.front-end');
    const kept = await site.kept();
    expect(matching(kept, /^assets\/[a-z-]+-[\w-]{8}\.(js|css)$/)).toEqual(Array(5).fill(year));
    expect(matching(kept, /^assets\/[a-z-]+-[\w-]{8}\.[0-9a-f]{12}\.(js|css)$/)).toEqual(Array(5).fill(year));
    expect(kept.get('pages/home.css')).toBe(always);
    const folder = await unpack(first);
    expect(await readdir(join(folder, 'frontend', 'dist', '.vite'))).toEqual(['manifest.json']);
    expect(await readdir(join(folder, 'frontend'))).not.toContain('node_modules');
    await expectSame(site, first, inputs);
  });

  test('is proven by the file that the next release has, and the files of the one before stay', async () => {
    const before = [...(await site.kept()).keys()].filter((key) => /^assets\/main-[\w-]{8}\.js$/.test(key));
    await site.project.append('frontend/src/main.js', 'document.title += "!";\n');
    const next = await site.deploy(inputs);
    expect(next.outputs.status).toBe('live');
    const mains = [...(await site.kept()).keys()].filter((key) => /^assets\/main-[\w-]{8}\.js$/.test(key));
    expect(mains).toHaveLength(2);
    const [fresh = ''] = mains.filter((key) => !before.includes(key));
    const report = JSON.parse(await readFile(next.outputs.report ?? '', 'utf8'));
    expect(report.proof.evidence).toMatchObject({ kind: 'asset', seen: expect.stringContaining(fresh.slice(0, -3)) });
  });
});

test('a folder of Vite that is synced alone has its names known, too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'deploy-django-folder-'));
  ends.push(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'dist', '.vite'), { recursive: true });
  await writeFile(join(folder, 'dist', 'main-Bvn7sEtP.js'), 'document.title = "main";');
  await writeFile(join(folder, 'dist', 'sw.js'), 'self.skipWaiting();');
  const manifest = { 'src/main.js': { file: 'main-Bvn7sEtP.js', src: 'src/main.js' }, 'src/sw.js': { file: 'sw.js' } };
  await writeFile(join(folder, 'dist', '.vite', 'manifest.json'), JSON.stringify(manifest));
  const inputs = { command: 'sync', 'static-dir': 'dist', 'static-prefix': 'alone' };
  const result = await runAction({ workspace: folder, sha: 'a'.repeat(40), inputs: { ...toBucket(), ...inputs } });
  expect(result.outputs.status).toBe('synced');
  expect(Object.fromEntries(await keptBelow('alone'))).toEqual({
    '.vite/manifest.json': always,
    'main-Bvn7sEtP.js': year,
    'sw.js': always,
  });
});

describe('webpack with webpack-bundle-tracker and django-webpack-loader', () => {
  const inputs = { 'build-command': `npm ${npm} && npm run --silent build` };
  const settings = `
INSTALLED_APPS += ["webpack_loader"]
STATICFILES_DIRS = [path for path in [BASE_DIR / "static"] if path.exists()]
STORAGES["staticfiles"]["BACKEND"] = "site1.storage.SiteStorage"
WEBPACK_LOADER = {"DEFAULT": {"BUNDLE_DIR_NAME": "bundles/", "STATS_FILE": BASE_DIR / "webpack-stats.json"}}
`;

  test('gets live, with every file that its statistics name kept for a year', async () => {
    const site = await makeSite('webpack', ['django-webpack-loader==3.2.4'], settings, {
      'package.json': packageJson(
        { build: 'webpack' },
        { webpack: '5.112.2', 'webpack-cli': '6.0.1', 'webpack-bundle-tracker': '3.2.4' },
      ),
      'webpack.config.cjs': `
const path = require('node:path');
const BundleTracker = require('webpack-bundle-tracker');
module.exports = {
  mode: 'production',
  entry: { main: './src/main.js' },
  output: { path: path.resolve(__dirname, 'static/bundles'), publicPath: 'auto', filename: '[name].[contenthash].js' },
  module: { rules: [{ test: /\\.png$/, type: 'asset/resource' }] },
  plugins: [new BundleTracker({ path: __dirname, filename: 'webpack-stats.json' })],
};
`,
      'src/main.js': 'import dot from "./dot.png";\ndocument.title = dot;\nimport("./late.js");\n',
      'site1/storage.py': `
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class SiteStorage(ManifestStaticFilesStorage):
    def hashed_name(self, name, content=None, filename=None):
        if name.startswith("bundles/"):
            return name
        return super().hashed_name(name, content, filename)
`,
      'src/late.js': 'console.log("late");\n',
      'src/dot.png': 'not much of an image',
      'pages/templates/pages/home.html': page("{% load webpack_loader %}{% render_bundle 'main' %}"),
    });
    const first = await site.deploy(inputs);
    expect(first.outputs.status).toBe('live');
    const kept = await site.kept();
    expect(matching(kept, /^bundles\/(\w+\.)?[0-9a-f]{20}\.(js|png)$/)).toEqual(Array(3).fill(year));
    expect(matching(kept, /^bundles\//)).toHaveLength(3);
    expect(kept.get('pages/home.css')).toBe(always);
    expect(await readdir(await unpack(first))).toContain('webpack-stats.json');
    const report = JSON.parse(await readFile(first.outputs.report ?? '', 'utf8'));
    expect(report.proof.evidence).toMatchObject({ kind: 'asset', seen: expect.stringMatching(/^bundles\/main\./) });
    await expectSame(site, first, inputs);
  });
});

describe('django-compressor, offline', () => {
  const inputs = { 'post-build-command': 'python manage.py compress --force' };
  const settings = `
INSTALLED_APPS += ["compressor"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "compressor.finders.CompressorFinder",
]
COMPRESS_OFFLINE = True
COMPRESS_CSS_HASHING_METHOD = "content"
`;

  test('gets live, with its manifest at the host and its output kept for a year', async () => {
    const site = await makeSite('compressor', ['django-compressor==4.6.0'], settings, {
      'pages/templates/pages/home.html': page(
        '{% load compress static %}{% compress css %}<link rel="stylesheet" href="{% static \'pages/home.css\' %}">{% endcompress %}',
      ),
    });
    const first = await site.deploy(inputs);
    expect(first.outputs.status).toBe('live');
    const kept = await site.kept();
    expect(matching(kept, /^CACHE\/css\/output\.[0-9a-f]{12}\.css$/)).toEqual([year]);
    expect(kept.get('CACHE/manifest.json')).toBe(always);
    expect(await readdir(join(await unpack(first), 'staticfiles', 'CACHE'))).toContain('manifest.json');
    await expectSame(site, first, inputs);
  });
});

describe('WhiteNoise with compressed twins', () => {
  const settings = `
INSTALLED_APPS.insert(0, "whitenoise.runserver_nostatic")
MIDDLEWARE.insert(1, "whitenoise.middleware.WhiteNoiseMiddleware")
STORAGES["staticfiles"]["BACKEND"] = "whitenoise.storage.CompressedManifestStaticFilesStorage"
`;

  test('keeps the twins for the app and out of the bucket', async () => {
    const site = await makeSite('whitenoise', ['whitenoise==6.12.0'], settings, {});
    const first = await site.build();
    expect(first.outputs.status).toBe('built');
    const kept = await site.kept();
    expect(matching(kept, /^pages\/home\.[0-9a-f]{12}\.css$/)).toEqual([year]);
    expect([...kept.keys()].filter((key) => key.endsWith('.gz'))).toEqual([]);
    const collected = await readdir(join(await unpack(first), 'staticfiles', 'admin', 'css'));
    expect(collected.filter((name) => /^base\.[0-9a-f]{12}\.css\.gz$/.test(name))).toHaveLength(1);
    await expectSame(site, first, {});
  });
});
