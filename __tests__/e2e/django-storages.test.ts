import { execFile } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Venv } from '../../demo/parts/python.ts';
import { walk } from '../../src/lib/walk.ts';
import { tempFolder, writeFiles } from '../support/project.ts';
import { generate, look, storagePackages, usualDjango, venvOf } from '../support/real-django.ts';

const run = promisify(execFile);

/** Storages as projects have them, each collected as it would collect by itself. */
let venv: Venv;
beforeAll(async () => {
  venv = await venvOf(await usualDjango(), storagePackages);
});

const storage = (path: string, options = '{}') =>
  `STORAGES["staticfiles"] = {"BACKEND": "${path}", "OPTIONS": ${options}}\n`;

const pages = {
  'pages/static/pages/home.css': 'p { background: url("dot.svg") }\n',
  'pages/static/pages/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
  'pages/static/pages/main.js': 'import { a } from "./part.js";\na();\n',
  'pages/static/pages/part.js': 'export const a = () => 1;\n',
};

const manifestOf = async (path: string | null | undefined): Promise<Record<string, string>> =>
  (JSON.parse(await readFile(path ?? '', 'utf8')) as { paths: Record<string, string> }).paths;

/** Every file below a folder, by its path. */
async function bytesBelow(root: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const { path } of walk(root)) found[path] = (await readFile(join(root, path))).toString('base64');
  return found;
}

const remote = 'storages.backends.s3.S3ManifestStaticStorage';
const remoteOptions = '{"bucket_name": "assets", "location": "web/static", "endpoint_url": "https://none.invalid"}';

describe('a storage that uploads while it collects', () => {
  test('is collected to disk, and says which bucket it means', async () => {
    const { outcome, findings } = await look(venv, await generate(venv, storage(remote, remoteOptions), pages));
    expect(outcome.project?.static_storage).toMatchObject({
      backend: remote,
      local: false,
      hashed: true,
      strict: true,
      remote: { kind: 's3', bucket: 'assets', location: 'web/static', endpoint: 'https://none.invalid' },
      sample: { signed: false },
    });
    expect(Object.keys(await manifestOf(outcome.collected?.manifest))).toContain('pages/home.css');
    expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('keeps what a subclass of the project’s does about names', async () => {
    const root = await generate(venv, storage('site1.storage.Own', remoteOptions), {
      ...pages,
      'site1/storage.py': `from storages.backends.s3 import S3ManifestStaticStorage

class Own(S3ManifestStaticStorage):
    manifest_name = "names.json"
    manifest_strict = False
    support_js_module_import_aggregation = True
    location = "web/static"

    def hashed_name(self, name, content=None, filename=None):
        return "v1/" + super().hashed_name(name, content, filename)
`,
    });
    const { outcome } = await look(venv, root);
    expect(outcome.project?.static_storage?.strict).toBe(false);
    expect(outcome.collected?.manifest).toMatch(/names\.json$/);
    const names = await manifestOf(outcome.collected?.manifest);
    expect(names['pages/dot.svg']).toMatch(/^v1\/pages\/dot\.[0-9a-f]{12}\.svg$/);
    const main = await readFile(join(outcome.collected?.root ?? '', names['pages/main.js'] ?? ''), 'utf8');
    expect(main).toMatch(/from "\.\/part\.[0-9a-f]{12}\.js"/);
  });

  test('and signs its addresses is warned about', async () => {
    const signing = storage('storages.backends.s3.S3Storage', remoteOptions);
    const bucket = { name: 'assets', endpoint: 'https://none.invalid', region: undefined };
    const { find } = await look(venv, await generate(venv, signing, pages), { options: { bucket } });
    expect(find('deploy.signed-urls')?.level).toBe('warning');
    const off = `${signing}AWS_QUERYSTRING_AUTH = False\n`;
    const plain = await look(venv, await generate(venv, off, pages), { options: { bucket } });
    expect(plain.find('deploy.signed-urls')).toBeUndefined();
  });
});

describe('collectfasta, whose command asks the bucket what it has', () => {
  const gcs = 'storages.backends.gcloud.GoogleCloudStorage';
  const plain = 'django.contrib.staticfiles.storage.ManifestStaticFilesStorage';
  test.each([
    ['boto3.Boto3Strategy', remote, remoteOptions],
    ['boto3.Boto3WithoutPrefixStrategy', remote, remoteOptions],
    ['boto3.Boto3ManifestMemoryStrategy', remote, remoteOptions],
    ['boto3.Boto3ManifestFileSystemStrategy', remote, remoteOptions],
    ['gcloud.GoogleCloudStrategy', gcs, '{"bucket_name": "assets", "project_id": "shop"}'],
    ['filesystem.FileSystemStrategy', plain, '{}'],
    ['filesystem.CachingFileSystemStrategy', plain, '{}'],
  ])('with the strategy %s is left out: Django’s own command collects', async (strategy, path, options) => {
    const settings = `INSTALLED_APPS.insert(0, "collectfasta")\nCOLLECTFASTA_STRATEGY = "collectfasta.strategies.${strategy}"\n`;
    const { outcome, fatal } = await look(venv, await generate(venv, settings + storage(path, options), pages));
    expect(fatal).toBeUndefined();
    const names = Object.keys(await bytesBelow(outcome.collected?.root ?? ''));
    expect(names.filter((name) => /^pages\/home\.(\w+\.)?css$/.test(name)).length).toBeGreaterThan(0);
  });
});

describe('a storage on disk', () => {
  test('of WhiteNoise is collected with its compressed files, and forgives as its setting says', async () => {
    const whitenoise = storage('whitenoise.storage.CompressedManifestStaticFilesStorage');
    const strict = await look(
      venv,
      await generate(venv, whitenoise, { ...pages, 'pages/static/pages/big.css': 'a{}'.repeat(500) }),
    );
    const files = Object.keys(await bytesBelow(strict.outcome.collected?.root ?? ''));
    expect(files.filter((name) => /pages\/big\.[0-9a-f]{12}\.css\.gz$/.test(name))).toHaveLength(1);
    expect(strict.outcome.project?.static_storage?.strict).toBe(true);
    const root = await generate(venv, `${whitenoise}WHITENOISE_MANIFEST_STRICT = False\n`, pages);
    expect((await look(venv, root)).outcome.project?.static_storage?.strict).toBe(false);
  });

  test('that keeps its files elsewhere needs no STATIC_ROOT, and its folder is known', async () => {
    const peculiar = `STATIC_ROOT = None\n${storage(
      'django.contrib.staticfiles.storage.ManifestStaticFilesStorage',
      '{"location": BASE_DIR / "public"}',
    )}`;
    const { outcome, find } = await look(venv, await generate(venv, peculiar, pages));
    expect(Object.keys(await bytesBelow(outcome.collected?.root ?? ''))).toContain('pages/home.css');
    expect(outcome.project?.static_storage?.location).toMatch(/\/public$/);
    expect(find('deploy.static-root')).toBeUndefined();
  });

  test('that forgives missing files by itself is left to forgive', async () => {
    const root = await generate(venv, storage('site1.storage.Forgiving'), {
      'pages/static/pages/home.css': 'p { background: url("none.svg") }\n',
      'site1/storage.py': `from django.contrib.staticfiles.storage import ManifestStaticFilesStorage

class Forgiving(ManifestStaticFilesStorage):
    def hashed_name(self, name, content=None, filename=None):
        try:
            return super().hashed_name(name, content, filename)
        except ValueError:
            return name
`,
    });
    const { fatal, outcome } = await look(venv, root);
    expect(fatal).toBeUndefined();
    expect(outcome.missing).toBeUndefined();
  });
});

test('the finder of django-compressor is asked as any other', async () => {
  const peculiar =
    'INSTALLED_APPS += ["compressor"]\nSTATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder", "compressor.finders.CompressorFinder"]\nCOMPRESS_ROOT = STATIC_ROOT\n';
  const { fatal, outcome } = await look(venv, await generate(venv, peculiar, pages));
  expect(fatal).toBeUndefined();
  expect(Object.keys(await manifestOf(outcome.collected?.manifest))).toContain('pages/home.css');
});

describe('two builds of a commit', () => {
  /** Makes the folder's listing come in another order, as another disk would: by new entries, written the other way round. */
  async function shuffledCopy(root: string): Promise<string> {
    const copy = tempFolder();
    await cp(root, copy, { recursive: true });
    const names = Array.from({ length: 60 }, (_, index) => `pages/static/pages/n${index}.css`);
    for (const at of [root, copy]) {
      const order = at === root ? names : names.toReversed();
      for (const name of order) await writeFiles(at, { [name]: `.a { color: red } /* ${name} */` });
    }
    // Not every file system lists by time of writing, so that the listing itself is turned round too.
    await writeFile(
      join(copy, 'site1/__init__.py'),
      'import os\nscandir, listdir = os.scandir, os.listdir\nos.listdir = lambda *a: listdir(*a)[::-1]\n\nclass Turned(list):\n    def __enter__(self):\n        return self\n    def __exit__(self, *a):\n        pass\n    close = lambda self: None\n\nos.scandir = lambda *a: Turned(list(scandir(*a))[::-1])\n',
    );
    return copy;
  }

  test('give the same bytes, whatever the order of the disk and the time of day', async () => {
    const peculiar = `INSTALLED_APPS += ["compressor"]\nCOMPRESS_ROOT = STATIC_ROOT\n${storage('site1.storage.Zipped')}`;
    const root = await generate(venv, peculiar, {
      ...pages,
      'site1/storage.py': `from compressor.storage import GzipCompressorFileStorage
from django.contrib.staticfiles.storage import ManifestFilesMixin

class Zipped(ManifestFilesMixin, GzipCompressorFileStorage):
    pass
`,
    });
    const copy = await shuffledCopy(root);
    const env = { SOURCE_DATE_EPOCH: '1750000000' };
    const one = await look(venv, root, { env });
    // The second of the clock that gzip would write.
    await run(venv.python, [
      '-c',
      'import time; start = int(time.time())\nwhile int(time.time()) == start: time.sleep(0.01)',
    ]);
    const two = await look(venv, copy, { env });
    const first = await bytesBelow(one.outcome.collected?.root ?? '');
    expect(Object.keys(first).filter((name) => name.endsWith('.gz')).length).toBeGreaterThan(10);
    expect(await bytesBelow(two.outcome.collected?.root ?? '')).toEqual(first);
  });
});
