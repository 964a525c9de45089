import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ActionResult, runAction } from '../../demo/parts/action.ts';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import type { Venv } from '../../demo/parts/python.ts';
import { type BucketView, viewBucket } from '../support/bucket.ts';
import { never } from '../support/fakes.ts';
import { tempFolder, writeFiles } from '../support/project.ts';
import { generate, realDjangos, usualDjango, venvOf } from '../support/real-django.ts';
import { type Expected, type StorageRow, storageRows } from '../support/storage-rows.ts';

/**
 * Every address that a project gives a browser leads to an object with the right bytes, type, Cache-Control, encoding and
 * ACL, or the run fails and names the storage. The addresses are asked in a plain Django process, and never by the action.
 */
const run = promisify(execFile);
const asker = join(import.meta.dirname, '..', 'support', 'ask-storages.py');

const libraries = [
  'django-storages[s3,google,azure,dropbox,sftp]==1.14.6',
  'django-s3-storage==0.15.0',
  'django-minio-storage==0.5.9',
  'collectfasta',
  'django-pipeline==4.1.0',
  'django-compressor==4.5.1',
  'whitenoise==6.9.0',
  'wagtail~=7.0.0',
  'django-cms~=5.0.0',
];
const few = ['django-storages[s3]==1.14.6', 'whitenoise==6.9.0'];

const sources = {
  'pages/home.css': 'p { background: url("dot.svg"); color: #123 }\n'.repeat(30),
  'pages/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
  'pages/main.js': 'console.log("main");\n'.repeat(30),
};
const uploads = { 'seed.txt': 'seed', 'pictures/a.jpg': 'not quite a picture' };
const types: Readonly<Record<string, string>> = {
  css: 'text/css',
  svg: 'image/svg+xml',
  js: 'text/javascript',
  txt: 'text/plain',
  jpg: 'image/jpeg',
};

let server: BucketServer;
const venvs = new Map<string, Venv>();
const versions = await realDjangos();
const has = (version: string) => versions.some(({ django }) => django.includes(version));

beforeAll(async () => {
  server = await startBucketServer();
  for (const bucket of new Set(['static', ...storageRows.flatMap(({ buckets = [] }) => buckets)]))
    await server.createBucket(bucket);
  const usual = await usualDjango();
  venvs.set('5.2', await venvOf(usual, libraries));
  for (const version of ['4.2', '6']) {
    const one = versions.find(({ django }) => django.includes(version));
    if (one) venvs.set(version, await venvOf(one, few));
  }
});
afterAll(() => server.stop());

const fill = (text: string) =>
  text.replaceAll('{s3}', server.endpoint).replaceAll('{host}', new URL(server.endpoint).host);

const wagtailApps =
  'INSTALLED_APPS += ["wagtail.contrib.forms", "wagtail.contrib.redirects", "wagtail.embeds", "wagtail.sites", "wagtail.users", "wagtail.snippets", "wagtail.documents", "wagtail.images", "wagtail.search", "wagtail.admin", "wagtail", "modelcluster", "taggit"]\nWAGTAIL_SITE_NAME = "x"\n';
const cmsApps =
  'INSTALLED_APPS += ["django.contrib.sites", "cms", "menus", "treebeard", "sekizai"]\nSITE_ID = 1\nLANGUAGES = [("en", "English")]\nLANGUAGE_CODE = "en"\nCMS_CONFIRM_VERSION4 = True\n';

async function project(row: StorageRow, venv: Venv): Promise<{ root: string; settings: string }> {
  const files = {
    ...Object.fromEntries(Object.entries(sources).map(([name, text]) => [`pages/static/${name}`, text])),
    ...Object.fromEntries(Object.entries(uploads).map(([name, text]) => [`media/${name}`, text])),
  };
  const code = row.code ? { 'storage.py': fill(row.code) } : {};
  const common = 'MEDIA_ROOT = BASE_DIR / "media"\nMEDIA_URL = "/media/"\n';
  if (row.project === 'wagtail') {
    const root = tempFolder();
    await run(venv.program('wagtail'), ['start', 'site1', root]);
    await writeFiles(root, { ...files, 'pages/__init__.py': '' });
    const { stdout } = await run(venv.python, ['-c', 'print(open("site1/settings/production.py").read())'], {
      cwd: root,
    });
    const own = `${stdout}\nSECRET_KEY = "x" * 60\nALLOWED_HOSTS = ["shop.example"]\nINSTALLED_APPS += ["pages"]\nfrom pathlib import Path\nBASE_DIR = Path(BASE_DIR)\n${common}${fill(row.settings)}`;
    await writeFiles(root, { 'site1/settings/production.py': own });
    return { root, settings: 'site1.settings.production' };
  }
  const apps = row.project === 'cms' ? cmsApps : row.project === 'cookiecutter' ? wagtailApps : '';
  const withOld = /^STATICFILES_STORAGE/m.test(row.settings) ? 'del STORAGES\n' : '';
  // The admin's files are most of a project's, and no row asks for them. Where they matter the project has them.
  const isBare = row.project === undefined && !row.code?.includes('admin');
  const bare = isBare ? 'INSTALLED_APPS.remove("django.contrib.admin")\n' : '';
  const root = await generate(venv, `${withOld}${common}${bare}${apps}${fill(row.settings)}`, {
    ...files,
    ...(isBare ? { 'site1/urls.py': 'urlpatterns = []\n' } : {}),
    ...(row.code ? { 'site1/storage.py': code['storage.py'] ?? '' } : {}),
  });
  return { root, settings: 'site1.settings' };
}

async function deploy(row: StorageRow, venv: Venv, root: string, settings: string): Promise<ActionResult> {
  const inputs = Object.fromEntries(Object.entries(row.inputs ?? {}).map(([name, value]) => [name, fill(value)]));
  return runAction({
    workspace: root,
    sha: '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa',
    env: { PATH: `${dirname(venv.python)}:${process.env.PATH}` },
    inputs: {
      install: 'none',
      host: 'none',
      migrate: 'off',
      'settings-module': settings,
      'access-key-id': 'test-key',
      'secret-access-key': 'test-secret',
      ...inputs,
    },
  });
}

interface Told {
  readonly static: Readonly<Record<string, string>>;
  readonly media: Readonly<Record<string, string>>;
  readonly hashed: Readonly<Record<string, string>>;
}

async function ask(venv: Venv, root: string, settings: string, names: readonly string[], media: readonly string[]) {
  const env = { PATH: process.env.PATH, DJANGO_SETTINGS_MODULE: settings };
  const { stdout } = await run(venv.python, [asker, ...names, '--', ...media], { cwd: root, env });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Told;
}

/** As the host does: the run collects into a folder of its own, and a storage on disk reads the project's. */
async function collect(venv: Venv, root: string, settings: string): Promise<void> {
  const env = { PATH: process.env.PATH, DJANGO_SETTINGS_MODULE: settings };
  await run(venv.python, ['-m', 'django', 'collectstatic', '--noinput', '--pythonpath', root], { cwd: root, env });
}

const views = new Map<string, Promise<BucketView>>();

/** The object behind an address of the server, as its owner and as a stranger sees it. */
async function objectAt(url: string) {
  const { pathname } = new URL(url);
  const [, bucket = '', ...rest] = decodeURIComponent(pathname).split('/');
  const key = rest.join('/');
  const view = views.get(bucket) ?? viewBucket(bucket, server.endpoint);
  views.set(bucket, view);
  const { store } = await view;
  const [head, isPublic] = [await store.head(key, never), await store.isPublic(key, never)];
  const response = await fetch(url);
  return { key, head, isPublic, body: response.ok ? await response.text() : undefined };
}

async function expectObject(url: string, name: string, source: string, expected: Expected): Promise<void> {
  const { key, head, isPublic, body } = await objectAt(url);
  const seen = {
    url,
    key,
    found: head !== undefined,
    type: head?.headers.contentType?.split(';')[0],
    public: isPublic,
  };
  const type = types[name.split('.').at(-1) ?? ''];
  expect(seen).toEqual({ url, key, found: true, type, public: expected.public ?? false });
  if (name.endsWith('.css')) expect(body).toContain('color: #123');
  else if (body !== undefined) expect(body).toBe(source);
  const compressed = expected.encoding && name.endsWith('.css') ? expected.encoding : undefined;
  if (compressed) expect(head?.headers.contentEncoding).toBe(compressed);
  if (expected.disposition) expect(head?.headers.contentDisposition).toBe(expected.disposition);
  if (typeof expected.cache === 'string') expect(head?.headers.cacheControl).toBe(expected.cache);
  else if (expected.cache) expect(head?.headers.cacheControl).toMatch(expected.cache);
}

/** Rows of a Django that no Python of this machine takes are none of its tests. */
const rows = storageRows.filter(({ django }) => django === undefined || has(django));

describe.each(rows.map((row) => [row.name, row] as const))('%s', (_name, row) => {
  const version = row.django ?? '5.2';
  test(row.fails ? 'fails and names the storage' : 'holds', async () => {
    const venv = venvs.get(version) as Venv;
    const { root, settings } = await project(row, venv);
    const result = await deploy(row, venv, root, settings);
    if (row.fails) {
      expect({ exit: result.exitCode, uploaded: result.outputs.uploaded, log: result.log }).toEqual({
        exit: 1,
        uploaded: '0',
        log: expect.stringMatching(row.fails),
      });
      return;
    }
    expect({
      exit: result.exitCode,
      status: result.outputs.status,
      log: result.exitCode === 0 ? '' : result.log,
    }).toEqual({ exit: 0, status: 'built', log: '' });
    const statics = row.static ? Object.keys(sources) : [];
    const media = row.media ? Object.keys(uploads) : [];
    if (row.onDisk) await collect(venv, root, settings);
    const told = await ask(venv, root, settings, statics, media);
    for (const [name, url] of Object.entries(told.static))
      await expectObject(url, name, sources[name as keyof typeof sources], row.static ?? {});
    for (const [name, url] of Object.entries(told.media))
      await expectObject(url, name, uploads[name as keyof typeof uploads], row.media ?? {});
  });
});
