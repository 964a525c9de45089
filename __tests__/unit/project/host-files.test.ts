import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { systemPython } from '../../../demo/parts/python.ts';
import type { HostDefinition } from '../../../src/hosts/contract/host.ts';
import { hosts } from '../../../src/hosts/index.ts';
import { type HostBuild, makeHostFiles, planHostFiles, topNames } from '../../../src/project/artifact/host-files.ts';
import { type HostLook, hostFindings, serverCommand } from '../../../src/project/host-findings.ts';
import type { InstallerKind } from '../../../src/project/install/choose-installer.ts';
import { exportCommand, exportInstalled, withoutPasswords } from '../../../src/project/install/export-requirements.ts';
import { runnerExec } from '../../../src/runner/runner-exec.ts';
import { never } from '../../support/fakes.ts';
import { tempFolder, writeFiles } from '../../support/project.ts';

const buildOf = (name: keyof typeof hosts): HostBuild => {
  const { title, builds }: HostDefinition = hosts[name];
  if (!builds) throw new Error(`${name} builds nothing from the artifact`);
  return { title, needs: builds };
};

const look = (given: Partial<HostLook> = {}): HostLook => ({
  names: new Set(['manage.py']),
  settings: { settings_module: 'config.settings.production' },
  folder: '.',
  options: {},
  exports: true,
  ...given,
});

describe('requirements.txt is added', () => {
  test.each<[keyof typeof hosts, readonly string[], boolean]>([
    ['heroku', ['poetry.lock'], false],
    ['heroku', ['uv.lock'], false],
    ['heroku', ['pdm.lock', 'pyproject.toml'], true],
    ['heroku', ['pyproject.toml'], true],
    ['elastic-beanstalk', ['Pipfile.lock'], false],
    ['elastic-beanstalk', ['uv.lock'], true],
    ['app-engine', ['Pipfile.lock'], true],
    ['app-engine', ['requirements.txt', 'uv.lock'], false],
    ['app-service', ['poetry.lock'], true],
    ['ssh', ['uv.lock'], true],
    ['caprover', ['uv.lock'], false],
  ])('for %s beside %j: %s', (name, files, expected) => {
    expect(planHostFiles(buildOf(name).needs, topNames(files)).requirements).toBe(expected);
  });

  test('is what the tool makes of the lock file, and the log says so', async () => {
    const exported = async () => ({ text: 'django==5.2\n', from: 'uv export of uv.lock' });
    const { entries, lines } = await makeHostFiles(buildOf('app-engine'), new Set(['uv.lock']), '3.13.1', exported);
    expect(entries).toEqual([
      { path: 'requirements.txt', executable: false, from: { bytes: Buffer.from('django==5.2\n') } },
    ]);
    expect(lines).toEqual([
      'Added to the artifact for Google App Engine: requirements.txt (from uv export of uv.lock)',
    ]);
  });

  test('never takes the place of one that the project has', async () => {
    const exported = async () => ({ text: 'other\n', from: 'uv export' });
    const names = new Set(['requirements.txt', 'uv.lock', '.python-version']);
    expect(await makeHostFiles(buildOf('heroku'), names, '3.13.1', exported)).toEqual({ entries: [], lines: [] });
  });
});

test.each<[string, readonly string[], boolean]>([
  ['nothing says it', ['uv.lock'], true],
  ['.python-version is there', ['uv.lock', '.python-version'], false],
  ['runtime.txt is there', ['requirements.txt', 'runtime.txt'], false],
])('.python-version is added for Heroku where %s: %j', async (_, files, added) => {
  const { entries } = await makeHostFiles(buildOf('heroku'), new Set(files), '3.13.1', undefined);
  expect(entries.map(({ path, from }) => [path, 'bytes' in from && Buffer.from(from.bytes).toString()])).toEqual(
    added ? [['.python-version', '3.13\n']] : [],
  );
});

describe('a host that is told by a file what to run', () => {
  const message = (name: keyof typeof hosts, given: Partial<HostLook>) =>
    hostFindings(buildOf(name), look(given)).find(({ id }) => id === 'deploy.host-start')?.message;

  test.each<[keyof typeof hosts, Partial<HostLook>, string]>([
    [
      'heroku',
      { settings: { settings_module: 'x', wsgi: 'config.wsgi.application' } },
      'web: gunicorn config.wsgi:application',
    ],
    ['heroku', {}, 'web: gunicorn config.wsgi:application'],
    ['heroku', { folder: 'src' }, 'web: gunicorn --chdir src config.wsgi:application'],
    [
      'heroku',
      { settings: { settings_module: 'x', wsgi: 'config.wsgi.application', asgi: 'config.asgi.application' } },
      'web: uvicorn --host 0.0.0.0 --port $PORT config.asgi:application',
    ],
    ['elastic-beanstalk', {}, 'web: gunicorn --bind :8000 config.wsgi:application'],
    ['caprover', {}, '{"schemaVersion": 2, "dockerfilePath": "./Dockerfile"}'],
  ])('%s without it gets a line to paste: %j', (name, given, line) => {
    expect(message(name, given)).toMatch(/^There is no (Procfile|captain-definition) /);
    expect(message(name, given)?.endsWith(`with this line: ${line}`)).toBe(true);
  });

  test.each<[keyof typeof hosts, Partial<HostLook>]>([
    ['heroku', { names: new Set(['Procfile']) }],
    ['heroku', { names: new Set(['heroku.yml']) }],
    ['elastic-beanstalk', { names: new Set(['.ebextensions']) }],
    ['caprover', { options: { image: ['ghcr.io/acme/shop:{sha}'] } }],
    ['app-engine', {}],
  ])('%s with one, or that needs none, gets no line: %j', (name, given) => {
    expect(message(name, given)).toBeUndefined();
  });
});

test('two package managers are a finding at Heroku, which refuses them, and nowhere else', () => {
  const names = new Set(['requirements.txt', 'uv.lock', 'Procfile', 'application.py']);
  const ids = (name: keyof typeof hosts) => hostFindings(buildOf(name), look({ names })).map(({ id }) => id);
  expect(ids('heroku')).toEqual(['deploy.package-files']);
  expect(hostFindings(buildOf('heroku'), look({ names }))[0]?.message).toContain('/uv.lock export-ignore');
  expect(ids('elastic-beanstalk')).toEqual([]);
});

test('runtime.txt beside uv.lock is a finding at Heroku, which ends the build, and nowhere else', () => {
  const names = new Set(['uv.lock', 'runtime.txt', 'Procfile', 'application.py']);
  const messages = (name: keyof typeof hosts, of = names) =>
    hostFindings(buildOf(name), look({ names: of })).map(({ message }) => message);
  expect(messages('heroku')).toEqual([expect.stringMatching(/into \.python-version .*\/runtime\.txt export-ignore$/)]);
  expect(messages('heroku', new Set(['poetry.lock', 'runtime.txt', 'Procfile']))).toEqual([]);
  expect(messages('elastic-beanstalk')).toEqual([]);
});

test('packages that nothing can be made of are a finding, where the host needs a file of them', () => {
  const found = hostFindings(buildOf('app-service'), look({ exports: false }));
  expect(found).toMatchObject([{ id: 'deploy.host-packages', message: expect.stringContaining('requirements.txt') }]);
});

describe('the command that reads a lock file', () => {
  const used = { uv: 'uv', tool: '/tools/it' };
  const typed = (kind: InstallerKind, groups: string[] = [], extras: string[] = []) => {
    const installer = { kind, folder: '.', file: `${kind}.lock` };
    const command = exportCommand(
      { installer, production: { groups, extras }, hashes: false, pip: false, isLocked: false },
      used,
    );
    return command && [command.program, ...command.args].join(' ');
  };

  test.each<[InstallerKind, string[], string[], string | undefined]>([
    [
      'uv',
      ['production'],
      ['s3'],
      'uv export --quiet --frozen --no-hashes --no-header --no-annotate --no-emit-project --no-default-groups --group production --extra s3',
    ],
    [
      'poetry',
      ['prod'],
      ['s3'],
      '/tools/it export --without-hashes --format requirements.txt --only main,prod --extras s3',
    ],
    ['pdm', [], ['s3'], '/tools/it export --prod --without-hashes --format requirements --group s3'],
    ['pipenv', ['production'], [], '/tools/it requirements --categories packages production'],
    ['project', [], [], undefined],
  ])('%s', (kind, groups, extras, expected) => {
    expect(typed(kind, groups, extras)).toBe(expected);
  });
});

test('requirements of an environment without pip are what its Python has, wherever conda built it, without the project itself', async () => {
  const root = tempFolder();
  const dist = (name: string, url?: object) => ({
    [`packages/${name}-1.5.dist-info/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: 1.5\n`,
    ...(url ? { [`packages/${name}-1.5.dist-info/direct_url.json`]: JSON.stringify(url) } : {}),
  });
  await writeFiles(root, {
    ...dist('plain'),
    ...dist('of_conda', { url: 'file:///home/conda/feedstock_root/build_artifacts/of_conda_1', dir_info: {} }),
    ...dist('of_git', { url: 'https://u:p@git.test/a.git', vcs_info: { vcs: 'git', commit_id: 'c0ffee' } }),
    ...dist('own', { url: pathToFileURL(root).href, dir_info: { editable: true } }),
  });
  const env = { ...(process.env as Record<string, string>), PYTHONPATH: join(root, 'packages') };
  const io = { exec: runnerExec, signal: never };
  const exported = await exportInstalled(io, root, { program: await systemPython(), env }, 'pixi.lock')();
  const lines = exported?.text.split('\n');
  expect(lines).toEqual(
    expect.arrayContaining(['plain==1.5', 'of_conda==1.5', 'of_git @ git+https://git.test/a.git@c0ffee']),
  );
  expect(lines).not.toContain('own==1.5');
  expect(exported?.from).toBe('the packages that were installed from pixi.lock');
});

test.each([
  ['-i https://reader:secret@packages.test/simple', '-i https://packages.test/simple'],
  ['--extra-index-url https://token@packages.test/simple', '--extra-index-url https://packages.test/simple'],
  ['-i https://$' + '{USER}:$' + '{PASSWORD}@packages.test', '-i https://$' + '{USER}:$' + '{PASSWORD}@packages.test'],
  ['shop @ git+https://x:y@git.test/shop.git@main', 'shop @ git+https://git.test/shop.git@main'],
  ['shop @ git+ssh://git@git.test/shop.git', 'shop @ git+ssh://git@git.test/shop.git'],
])('a password in the address of an index does not go into the artifact: %s', (line, expected) => {
  expect(withoutPasswords(line)).toBe(expected);
});

test('the server of a project in a folder is started in it', () => {
  expect(serverCommand({ settings: look().settings, folder: 'site' })).toBe(
    'gunicorn --chdir site config.wsgi:application',
  );
});
