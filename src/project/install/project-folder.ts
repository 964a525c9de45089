import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, posix, resolve } from 'node:path';
import type { ProjectFolder } from './choose-installer.ts';
import { parsePyproject } from './pyproject.ts';
import { decodeText, type PythonFiles } from './python-version.ts';
import { parseRequirements, type RequirementsFile } from './requirements.ts';

/** The files that an install is decided by. */
const read = ['pyproject.toml', 'Pipfile.lock', '.python-version', 'runtime.txt'];

/** Reads what a folder of the project says of its dependencies and its Python. */
export async function readProjectFolder(root: string, path: string): Promise<ProjectFolder & PythonFiles> {
  const folder = join(root, path);
  const names = await readdir(folder);
  const requirements = names.includes('requirements')
    ? await readdir(join(folder, 'requirements')).catch(() => [])
    : [];
  const texts = new Map<string, string>();
  for (const name of read.filter((one) => names.includes(one))) {
    const bytes = await readFile(join(folder, name)).catch(() => undefined);
    if (bytes) texts.set(name, decodeText(bytes));
  }
  const project = texts.get('pyproject.toml');
  return {
    path,
    names,
    requirements,
    pyproject: project === undefined ? undefined : parsePyproject(project, posix.join(path, 'pyproject.toml')),
    text: (name) => texts.get(name),
  };
}

export interface Requirements extends RequirementsFile {
  /** The bytes of the file and of all that it takes in. */
  readonly contents: readonly Uint8Array[];
}

/** Reads a file of requirements with all files that it takes in. A file that is not there is the installer's to report. */
export async function readRequirements(path: string): Promise<Requirements> {
  const seen = new Set<string>();
  const contents: Uint8Array[] = [];
  const found: RequirementsFile[] = [];
  const visit = async (file: string): Promise<void> => {
    if (seen.has(file)) return;
    seen.add(file);
    const bytes = await readFile(file).catch(() => undefined);
    if (!bytes) return;
    const parsed = parseRequirements(decodeText(bytes));
    contents.push(bytes);
    found.push(parsed);
    for (const include of parsed.includes) await visit(resolve(dirname(file), include));
  };
  await visit(path);
  return {
    contents,
    includes: found.flatMap(({ includes }) => includes),
    hashes: found.some(({ hashes }) => hashes),
    onlyPip: [...new Set(found.flatMap(({ onlyPip }) => onlyPip))],
  };
}
