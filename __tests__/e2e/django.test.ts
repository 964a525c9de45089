import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ActionResult, runAction } from '../../demo/parts/action.ts';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { ensureVenv } from '../../demo/parts/python.ts';
import { bucketSettings, type Project, startProject } from '../support/django-project.ts';

/** What projects do to whoever builds them: real Django, one peculiarity at a time. */
const run = promisify(execFile);

let server: BucketServer;
const open: Project[] = [];

beforeAll(async () => {
  server = await startBucketServer();
  await server.createBucket('django');
});
afterAll(async () => {
  await server.stop();
  for (const project of open) await project.remove();
});

const staticUrl = () => `${server.endpoint}/django/static/`;

async function make(settings: string, django?: string, packages?: readonly string[]): Promise<Project> {
  const project = await startProject(django, packages);
  open.push(project);
  await project.append('site1/settings.py', settings);
  return project;
}

const deployAt = (
  project: Project,
  sha: string,
  inputs: Record<string, string> = {},
  env: Record<string, string> = {},
): Promise<ActionResult> =>
  runAction({
    workspace: project.folder,
    sha,
    env: { ...project.path, ...env },
    inputs: {
      install: 'none',
      host: 'none',
      bucket: 'django',
      endpoint: server.endpoint,
      'access-key-id': 'test-key',
      'secret-access-key': 'test-secret',
      acl: 'public-read',
      ...inputs,
    },
  });

const deploy = async (
  project: Project,
  inputs?: Record<string, string>,
  env?: Record<string, string>,
): Promise<ActionResult> => deployAt(project, await project.commit(), inputs, env);

/** What the run failed of; a finding begins with its id. */
const error = ({ log }: ActionResult): string =>
  /^::error[^:]*::(?![\w-]+\.[\w-]+: ).*$/m.exec(log)?.[0] ?? /^::error.*$/m.exec(log)?.[0] ?? '';

async function unpack(result: ActionResult): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'deploy-django-artifact-'));
  await run('tar', ['-xzf', result.outputs['artifact-path'] ?? '', '-C', folder]);
  return folder;
}

describe('static files', () => {
  test('of a project that uploads while it collects are collected to disk with the same names, to the bucket that its settings name', async () => {
    const settings = `
DEBUG = False
STATIC_URL = "${staticUrl()}"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "storages.backends.s3.S3ManifestStaticStorage", "OPTIONS": {
        "bucket_name": "django", "endpoint_url": "${server.endpoint}", "location": "remote/static",
        "access_key": "key-in-settings", "secret_key": "secret-in-settings"}},
}
`;
    const project = await make(settings, 'Django', ['django-storages[s3]==1.14.6']);
    const result = await deploy(project, { bucket: '', endpoint: '' });
    expect(result.outputs).toMatchObject({ status: 'built' });
    expect(result.log).not.toContain('secret-in-settings');
    const manifest = await (await fetch(`${server.endpoint}/django/remote/static/staticfiles.json`)).json();
    const names = Object.values((manifest as { paths: Record<string, string> }).paths);
    expect(names.length).toBeGreaterThan(100);
    // What django-storages itself writes, into another place of the same bucket.
    await project.append('site1/settings.py', 'STORAGES["staticfiles"]["OPTIONS"]["location"] = "theirs"\n');
    await run(project.venv.python, ['manage.py', 'collectstatic', '--noinput'], { cwd: project.folder });
    const theirs = await (
      await fetch(`${server.endpoint}/django/theirs/staticfiles.json`, {
        headers: {
          authorization:
            'AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0',
        },
      })
    ).json();
    expect(manifest).toEqual(theirs);
  });

  test('without a STATIC_ROOT are collected to a temporary folder where the storage is plain', async () => {
    const project = await make(`DEBUG = False\nSTATIC_URL = "${staticUrl()}"\n`);
    const result = await deploy(project);
    expect(result.outputs.status).toBe('built');
    expect(Number(result.outputs.uploaded)).toBeGreaterThan(100);
    expect(result.log).toContain('STATIC_ROOT is not set, so the files were collected to a temporary folder');
  });

  test('whose storage setting Django ignores stop the deploy, with the place to fix it', async () => {
    const settings = `STATIC_ROOT = BASE_DIR / "staticfiles"\nSTATICFILES_STORAGE = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"\n`;
    const result = await deploy(await make(settings, 'Django>=5.1'));
    expect(result).toMatchObject({ exitCode: 1, outputs: { status: 'failed', uploaded: '0' } });
    expect(result.log).toMatch(
      /::error file=site1\/settings\.py,line=\d+::deploy\.dead-setting: Django 5\.\d+\.\d+ ignores STATICFILES_STORAGE/,
    );
  });

  test('still follow that setting on a Django that has it', async () => {
    const settings = `
DEBUG = False
STATIC_URL = "${server.endpoint}/django/old-setting/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_STORAGE = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
`;
    const result = await deploy(await make(settings, 'Django~=4.2.0'));
    expect(result.outputs.status).toBe('built');
    expect((await fetch(`${server.endpoint}/django/old-setting/staticfiles.json`)).status).toBe(200);
  });

  test('that name files which are not there fail with the name of each, at the line of the first', async () => {
    const project = await make(bucketSettings(staticUrl()));
    await project.append(
      'pages/static/pages/home.css',
      'p { background: url("missing.png") }\nq { a: url(too.png) }\n',
    );
    const result = await deploy(project);
    expect(result.exitCode).toBe(1);
    expect(error(result)).toMatch(
      /^::error file=pages\/static\/pages\/home\.css,line=4::collectstatic failed: 2 references/,
    );
    expect(error(result)).toContain('line 4: missing.png (pages/missing.png)%0A');
    expect(error(result)).toContain('line 5: too.png (pages/too.png)%0A');
  });

  test('that are links to somewhere else are refused before they are copied', async () => {
    const project = await make(bucketSettings(staticUrl()));
    await project.write('.env', 'SECRET=1');
    await symlink(join(project.folder, '.env'), join(project.folder, 'pages/static/pages/config.txt'));
    const result = await deploy(project);
    expect(error(result)).toContain('links that lead out of their folder');
    expect(error(result)).toContain('pages/static/pages/config.txt');
    expect((await fetch(`${staticUrl()}pages/config.txt`)).ok).toBe(false);
  });

  test('that should never be public are refused, and let through by name', async () => {
    const project = await make(bucketSettings(`${server.endpoint}/django/guard/`));
    await project.write('pages/static/pages/backup.sql', 'select 1');
    const refused = await deploy(project);
    expect(error(refused)).toContain('pages/backup.sql: its name');
    expect(refused.outputs.uploaded).toBe('0');
    const allowed = await deploy(project, { 'allow-files': 'pages/backup*.sql' });
    expect(allowed.outputs.status).toBe('built');
  });
});

describe('settings', () => {
  test('that need variables fail with the lines to add, and work with them; what is secret is made up', async () => {
    const project = await make(
      'import os\nSECRET_KEY = os.environ["JOURNAL_SECRET"]\nNAME = os.environ["JOURNAL_NAME"]\nMAIL = os.environ["JOURNAL_MAIL"]\nSTATIC_ROOT = BASE_DIR / "staticfiles"\n',
    );
    const result = await deploy(project);
    expect(error(result)).toMatch(/^::error file=site1\/settings\.py,line=\d+::/);
    expect(error(result)).toContain('needs 2 environment variables that are not set: JOURNAL_NAME, JOURNAL_MAIL');
    expect(error(result)).toContain('Add to the input env:%0A  JOURNAL_NAME=…%0A  JOURNAL_MAIL=…');
    const env = 'JOURNAL_NAME=a-value-for-the-build\nJOURNAL_MAIL=a@example.com';
    // The hook after collectstatic starts Django too, and has the same values.
    const hook = { 'post-build-command': 'python -c "import os; assert len(os.environ[\'JOURNAL_SECRET\']) > 50"' };
    const given = await deploy(project, { env, ...hook, 'static-prefix': 'variable' });
    expect(given.outputs.status).toBe('built');
    expect(given.log).toContain(
      '::notice::deploy.throw-away: JOURNAL_SECRET is not set: the build ran with throw-away values.',
    );
    expect(given.log.replace(/^::add-mask::.*$/gm, '')).not.toContain('a-value-for-the-build');
  });

  test.each([
    ['end the process', 'raise SystemExit("settings said no")', 'SystemExit: settings said no'],
    ['do not parse', 'INSTALLED_APPS += [', 'SyntaxError'],
    [
      'name a module that is not there',
      'INSTALLED_APPS += ["rest_framework"]',
      'The module "rest_framework" is missing',
    ],
    [
      'have no driver',
      'DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"',
      'The database driver is missing',
    ],
  ])('that %s are explained', async (_name, line, message) => {
    const result = await deploy(await make(`${line}\n`));
    expect(result.exitCode).toBe(1);
    // What else was found stands before it.
    const fatal = result.log.match(/^::error.*Django did not start with the project.*$/m)?.[0];
    expect(fatal).toContain(message);
  });

  test('see neither inputs nor tokens, and what they print is no command', async () => {
    const project = await make(`
import json, os, sys
STATIC_ROOT = BASE_DIR / "staticfiles"
with open(BASE_DIR / "seen.json", "w") as file:
    json.dump({"env": dict(os.environ), "argv": sys.argv}, file)
print("::set-output name=url::https://evil.example")
print("\\t\\u00a0::error::forged")
print("harmless ##[add-mask]e")
print("x\\r::add-mask::e", file=sys.stderr)
`);
    const canaries = {
      GITHUB_TOKEN: 'canary-github',
      ACTIONS_RUNTIME_TOKEN: 'canary-runtime',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'canary-oidc',
      AWS_SECRET_ACCESS_KEY: 'canary-aws',
      MY_OWN_SECRET: 'canary-own',
    };
    const sha = await project.commit();
    const result = await runAction({
      workspace: project.folder,
      sha,
      env: { ...project.path, ...canaries },
      inputs: {
        install: 'none',
        host: 'none',
        'access-key-id': 'canary-key',
        'secret-access-key': 'canary-secret',
        env: 'GIVEN=to-the-build',
      },
    });
    const seen = JSON.parse(await readFile(join(project.folder, 'seen.json'), 'utf8')) as {
      env: Record<string, string>;
      argv: string[];
    };
    expect(JSON.stringify(seen.env)).not.toContain('canary');
    expect(
      Object.keys(seen.env).filter((name) =>
        /^(INPUT|GITHUB_(ENV|OUTPUT|PATH|STATE|STEP_SUMMARY)|ACTIONS_)/.test(name),
      ),
    ).toEqual([]);
    expect(seen.env.GIVEN).toBe('to-the-build');
    expect(seen.argv.slice(1)).toEqual(['collectstatic', '--noinput']);
    expect(result.outputs.url).toBe('');
    expect(result.log).not.toMatch(/^[\s\u00a0]*::(set-output|error::forged|add-mask::e$)/m);
    expect(result.log).not.toContain('##[add-mask]');
  });
});

describe('checks', () => {
  test('find a model without a migration before anything is uploaded', async () => {
    const project = await make(bucketSettings(`${server.endpoint}/django/no-migration/`));
    await project.write('pages/migrations/__init__.py', '');
    await project.write(
      'pages/models.py',
      'from django.db import models\n\nclass Note(models.Model):\n    text = models.TextField()\n',
    );
    const result = await deploy(project);
    expect(result).toMatchObject({ exitCode: 1, outputs: { uploaded: '0' } });
    expect(result.log).toContain(
      '::error file=pages/models.py::deploy.migrations: Models of "pages" have changes that no migration holds: Create model Note.',
    );
    expect((await deploy(project, { migrate: 'off' })).outputs.status).toBe('built');
  });

  test('stop at warnings where that is asked, and at nothing where they are off', async () => {
    const project = await make(bucketSettings(`${server.endpoint}/django/levels/`));
    expect((await deploy(project, { checks: 'warning' })).outputs.status).toBe('failed');
    expect((await deploy(project, { checks: 'off' })).outputs.status).toBe('built');
  });
});

test('uv.lock is installed by uv, which the action brings where the machine has none', async () => {
  const uv = (await ensureVenv(['uv==0.13.9'])).program('uv');
  const project = await make(bucketSettings(`${server.endpoint}/django/locked/`));
  await rm(join(project.folder, 'requirements.txt'));
  await project.write(
    'pyproject.toml',
    '[project]\nname = "site1"\nversion = "1"\nrequires-python = ">=3.10"\ndependencies = ["Django>=5.2,<6"]\n',
  );
  await run(uv, ['lock', '--quiet'], { cwd: project.folder });
  const withoutUv = (process.env.PATH ?? '')
    .split(':')
    .filter((folder) => !folder.includes('shims'))
    .join(':');
  const result = await deploy(
    project,
    { install: 'auto' },
    { PATH: `${dirname((await ensureVenv([])).python)}:${withoutUv}` },
  );
  expect(result.log).toContain('✓ Build: Django 5.2');
  expect(result.outputs.status).toBe('built');
});

describe('the artifact', () => {
  test('holds what git holds and what the build made on purpose, and nothing that a check left behind', async () => {
    const project = await make(`${bucketSettings(`${server.endpoint}/django/artifact/`)}
(BASE_DIR / "leftover.txt").write_text("written by the settings")
(BASE_DIR / "db.sqlite3").touch()
`);
    await project.write('bin/start', '#!/bin/sh\n');
    await project.git('add', '--all');
    await project.git('update-index', '--chmod=+x', 'bin/start');
    const inputs = {
      'build-command': 'mkdir -p front/dist && echo built > front/dist/app.js && touch .env db2.sqlite3',
    };
    const sha = await project.commit();
    const result = await deployAt(project, sha, inputs);
    const folder = await unpack(result);
    const top = await readdir(folder);
    expect(top).toEqual(
      expect.arrayContaining(['manage.py', 'site1', 'pages', 'bin', 'front', 'staticfiles', '.gitignore']),
    );
    expect(top).not.toEqual(expect.arrayContaining(['leftover.txt']));
    expect(top.filter((name) => /sqlite3$|^\.env$|^\.git$/.test(name))).toEqual([]);
    expect(await readdir(join(folder, 'staticfiles'))).toContain('staticfiles.json');
    await rm(folder, { recursive: true });
    await project.git('clean', '-fdxq');
    const again = await deployAt(project, sha, inputs);
    expect(again.outputs['artifact-sha256']).toBe(result.outputs['artifact-sha256']);
  });
});

describe('media', () => {
  test('is added, what the bucket has is never taken away, and what users changed there stays', async () => {
    const project = await make(`${bucketSettings(`${server.endpoint}/django/with-media/`)}
MEDIA_URL = "${server.endpoint}/django/uploads/"
MEDIA_ROOT = BASE_DIR / "media"
`);
    await mkdir(join(project.folder, 'media'));
    await project.write('media/seed.txt', 'from the repository');
    await project.write('media/page.html', '<script>alert(1)</script>');
    const put = (name: string, body: string) =>
      fetch(`${server.endpoint}/django/uploads/${name}`, {
        method: 'PUT',
        body,
        headers: { 'x-amz-acl': 'public-read' },
      });
    await put('users-own.txt', 'by a user');
    const first = await deploy(project, { 'media-dir': 'auto' });
    expect(first.outputs).toMatchObject({ status: 'built', 'media-url': `${server.endpoint}/django/uploads/` });
    const html = await fetch(`${server.endpoint}/django/uploads/page.html`);
    expect(html.headers.get('content-disposition')).toBe('attachment');
    await put('seed.txt', 'changed by a user');
    await project.write('media/seed.txt', 'changed in the repository before that');
    const older = await deployAt(project, await project.commit('Older', '2020-01-01T00:00:00Z'), {
      'media-dir': 'auto',
    });
    expect(older.log).toContain(
      '::warning::1 media file in the bucket is not known to be older than here and was left alone: uploads/seed.txt',
    );
    expect(await (await fetch(`${server.endpoint}/django/uploads/seed.txt`)).text()).toBe('changed by a user');
    await project.write('media/seed.txt', 'changed in the repository after that');
    const newer = await deployAt(project, await project.commit('Newer', '2090-01-01T00:00:00Z'), {
      'media-dir': 'auto',
    });
    expect(newer.outputs).toMatchObject({ status: 'built', uploaded: '1' });
    expect(await (await fetch(`${server.endpoint}/django/uploads/seed.txt`)).text()).toBe(
      'changed in the repository after that',
    );
    const kept = await (await fetch(`${server.endpoint}/django/uploads/users-own.txt`)).text();
    expect(kept).toBe('by a user');
  });
});
