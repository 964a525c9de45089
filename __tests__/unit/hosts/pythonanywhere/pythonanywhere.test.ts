import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { checkHost } from '../../../../src/hosts/contract/check-host.ts';
import type { Host, HostInputs } from '../../../../src/hosts/contract/host.ts';
import { pythonanywhere } from '../../../../src/hosts/pythonanywhere/pythonanywhere.ts';
import { Secret } from '../../../../src/lib/secret.ts';
import { createHostInputs, createReleaseRequest } from '../../../support/host-io.ts';
import {
  type PythonanywhereEmulator,
  type PythonanywhereOptions,
  pythonanywhereDomain,
  pythonanywhereToken,
  startPythonanywhere,
} from '../../../support/hosts/pythonanywhere.ts';
import { followTo, realIO } from '../../../support/hosts/using.ts';

const { io, close } = realIO();
const folder = await mkdtemp(join(tmpdir(), 'pythonanywhere-'));
const path = join(folder, 'artifact.tar.gz');
await writeFile(path, 'the artifact');
afterAll(async () => {
  await close();
  await rm(folder, { recursive: true });
});

const artifact = { path, sha256: 'ab'.repeat(32), bytes: 12, format: 'tar.gz' } as const;
const request = createReleaseRequest({ artifact });
const inputsFor = (options: HostInputs['options'], service = pythonanywhereDomain) =>
  createHostInputs({ service, token: new Secret(pythonanywhereToken), options });

async function using(
  options: PythonanywhereOptions,
  work: (host: Host, emulator: PythonanywhereEmulator) => Promise<void>,
) {
  const emulator = await startPythonanywhere(options);
  try {
    await work(await pythonanywhere.create(inputsFor({ 'api-url': [emulator.origin] })), emulator);
    expect(emulator.complaints).toEqual([]);
  } finally {
    await emulator.stop();
  }
}

test('the artifact is there whole before the web app is reloaded', async () => {
  await using({}, async (host, { files, requests }) => {
    await host.trigger(request, io);
    expect(files.get(`/home/harbour/deploy/${request.release}.tar.gz`)).toBe('the artifact');
    expect(requests.at(-1)?.path).toMatch(/\/reload\/$/);
  });
});

test('a domain that does not point there yet is no failed reload', async () => {
  await using({ withoutCname: true, script: ['loaded'] }, async (host) => {
    const release = await host.trigger(request, io);
    expect(await followTo(host, release, io)).toMatchObject({ phase: 'live', commit: request.sha });
  });
});

test('keeps five releases, and deletes no file that is not one of its own', async () => {
  await using({ script: ['loaded'] }, async (host, { files }) => {
    files.set('/home/harbour/deploy/notes.txt', 'of the user');
    for (let run = 1; run <= 7; run++) await host.trigger({ ...request, release: `5ad1c8f0d0d1-${run}.1` }, io);
    const archives = [...files.keys()].filter((name) => name.endsWith('.tar.gz'));
    expect(archives.map((name) => /-(\d)\.1/.exec(name)?.[1]).sort()).toEqual(['3', '4', '5', '6', '7']);
    expect(files.has('/home/harbour/deploy/notes.txt')).toBe(true);
  });
});

test('a WSGI file that loads no releases is warned of, with the page to copy from', async () => {
  await using({ wsgi: 'from config.wsgi import application' }, async (host) => {
    expect(await host.check?.(io)).toEqual([expect.stringContaining('docs/hosts/pythonanywhere.md')]);
  });
  await using({}, async (host) => expect(await host.check?.(io)).toEqual([]));
});

test('a domain of your own needs the name of the account', () => {
  expect(checkHost(pythonanywhere, inputsFor({}, 'www.example.com'))).toMatchObject([
    { input: 'host-options', message: expect.stringContaining('write "user: NAME"') },
  ]);
  expect(checkHost(pythonanywhere, inputsFor({ user: ['harbour'] }, 'www.example.com'))).toEqual([]);
});

describe('the lines of the page, in a real Python', () => {
  /** Runs the WSGI file of the page over a release that has this in its one module. */
  async function load(settings: string): Promise<{ state: unknown; output: string }> {
    const home = await mkdtemp(join(folder, 'home-'));
    const [release, source] = ['5ad1c8f0d0d1-42.1', join(home, 'source')];
    await mkdir(join(source, 'config'), { recursive: true });
    await mkdir(join(source, 'django', 'core'), { recursive: true });
    await writeFile(join(source, 'config', 'settings.py'), settings);
    // A stand-in for Django: it imports the settings, as Django does.
    const wsgi =
      'import importlib, os\ndef get_wsgi_application():\n    importlib.import_module(os.environ["DJANGO_SETTINGS_MODULE"])\n    return "app"\n';
    await writeFile(join(source, 'django', 'core', 'wsgi.py'), wsgi);
    execFileSync('tar', ['-czf', join(home, `${release}.tar.gz`), '-C', source, '.']);
    await writeFile(join(home, 'releases.json'), JSON.stringify([{ release, sha: request.sha }]));
    const page = await readFile(
      join(import.meta.dirname, '..', '..', '..', '..', 'docs', 'hosts', 'pythonanywhere.md'),
      'utf8',
    );
    const lines = /```python\n([\s\S]*?)```/.exec(page)?.[1]?.replace('/home/harbour/deploy', home) ?? '';
    await writeFile(join(home, 'wsgi.py'), `${lines}\nprint(application, os.environ["DEPLOY_RELEASE"])\n`);
    let output = '';
    try {
      for (let reload = 0; reload < 2; reload++)
        output = execFileSync('python3', [join(home, 'wsgi.py')], { stdio: 'pipe' }).toString();
    } catch (error) {
      output = String((error as { stderr?: Buffer }).stderr);
    }
    return { state: JSON.parse(await readFile(join(home, 'state.json'), 'utf8')), output };
  }

  test('load the release, and say so', async () => {
    expect(await load('DEBUG = False\n')).toEqual({
      state: { release: '5ad1c8f0d0d1-42.1', error: null },
      output: 'app 5ad1c8f0d0d1-42.1\n',
    });
  });

  test('say why a release could not be loaded, and fail', async () => {
    const { state, output } = await load('import harbour\n');
    expect(state).toEqual({ release: '5ad1c8f0d0d1-42.1', error: "ModuleNotFoundError: No module named 'harbour'" });
    expect(output).toContain('Traceback');
  });
});
