import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { git, writeFiles } from './project.ts';

const run = promisify(execFile);

/** Builds a wheel with nothing but Python, so that a package can be built where there is no network. */
const backend = `
import os, zipfile

def build_wheel(folder, config_settings=None, metadata_directory=None):
    name, module = "NAME-1.0-py3-none-any.whl", "NAME"
    info = module + "-1.0.dist-info/"
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        wheel.writestr(module + ".py", "here = True\\n")
        wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: NAME\\nVersion: 1.0\\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nGenerator: tests\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "RECORD", "")
    return name
`;

const sources = (name: string): Record<string, string> => ({
  'backend.py': backend.replaceAll('NAME', name),
  'pyproject.toml': `[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n[project]\nname = "${name}"\nversion = "1.0"\n`,
  'PKG-INFO': `Metadata-Version: 2.1\nName: ${name}\nVersion: 1.0\n`,
});

/** Writes the sources of a package, version 1.0 with one module of its name, as `name-1.0.tar.gz` into a folder. */
export async function writeSourceArchive(folder: string, name: string): Promise<void> {
  const scratch = await mkdtemp(join(folder, '.sources-'));
  await writeFiles(join(scratch, `${name}-1.0`), sources(name));
  await run('tar', ['-czf', join(folder, `${name}-1.0.tar.gz`), '-C', scratch, `${name}-1.0`]);
  await rm(scratch, { recursive: true });
}

/** Makes a git repository of a package, and returns its address. */
export async function packageRepository(folder: string, name: string): Promise<string> {
  const root = join(folder, `${name}.git`);
  await mkdir(root);
  await writeFiles(root, sources(name));
  git(root, 'init', '--quiet', '--initial-branch', 'main');
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--message', 'First');
  return `file://${root}`;
}
