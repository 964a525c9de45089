import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { below } from '../../lib/paths.ts';
import type { ProjectFolder } from './choose-installer.ts';
import { type OptionalSet, packageName } from './optional-packages.ts';
import { parsePyproject } from './pyproject.ts';
import { decodeText, type PythonFiles } from './python-version.ts';
import { parseRequirements, type RequirementsFile } from './requirements.ts';

/** The files that an install is decided by. */
const read = [
  'pyproject.toml',
  'uv.lock',
  'uv.toml',
  'pdm.lock',
  'Pipfile',
  'Pipfile.lock',
  'pixi.lock',
  '.python-version',
  'runtime.txt',
];

/** The folders that may say how to install: from that of manage.py up to the root of the checkout, relative to the working directory. */
export function foldersUp(root: string, workspace: string, folder: string): string[] {
  const found = [folder];
  for (let at = join(root, folder); at !== workspace && below(workspace, at) !== undefined; ) {
    at = dirname(at);
    found.push(relative(root, at).split(sep).join('/') || '.');
  }
  return found;
}

/** Reads what a folder of the project says of its dependencies and its Python. */
export async function readProjectFolder(root: string, path: string): Promise<ProjectFolder & PythonFiles> {
  const folder = join(root, path);
  const names = await readdir(folder).catch((): string[] => []);
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
    absolute: folder,
    names,
    requirements,
    pyproject: project === undefined ? undefined : parsePyproject(project, posix.join(path, 'pyproject.toml')),
    text: (name) => texts.get(name),
  };
}

export interface Requirements extends RequirementsFile {
  /** Absolute paths of the file and of all that it takes in, where they are there. */
  readonly files: readonly string[];
  /** The bytes of the file and of all that it takes in. */
  readonly contents: readonly Uint8Array[];
}

/** Reads a file of requirements with all files that it takes in. A file that is not there is the installer's to report. */
export async function readRequirements(path: string): Promise<Requirements> {
  const seen = new Set<string>();
  const files: string[] = [];
  const contents: Uint8Array[] = [];
  const found: RequirementsFile[] = [];
  const visit = async (file: string): Promise<void> => {
    if (seen.has(file)) return;
    seen.add(file);
    const bytes = await readFile(file).catch(() => undefined);
    if (!bytes) return;
    const parsed = parseRequirements(decodeText(bytes));
    files.push(file);
    contents.push(bytes);
    found.push(parsed);
    for (const include of parsed.includes) await visit(resolve(dirname(file), include));
  };
  await visit(path);
  return {
    files,
    contents,
    includes: found.flatMap(({ includes }) => includes),
    hashes: found.some(({ hashes }) => hashes),
    onlyPip: [...new Set(found.flatMap(({ onlyPip }) => onlyPip))],
  };
}

/** The files of requirements in a folder, each with the packages that it names itself. */
export async function readOptionalFiles(
  root: string,
  { path, names, requirements }: ProjectFolder,
): Promise<OptionalSet[]> {
  const files = [
    ...names.filter((name) => /^requirements.*\.txt$/.test(name)),
    ...requirements.filter((name) => name.endsWith('.txt')).map((name) => `requirements/${name}`),
  ];
  return Promise.all(
    files.map(async (file): Promise<OptionalSet> => {
      const bytes = await readFile(join(root, path, file)).catch(() => new Uint8Array());
      const lines = decodeText(bytes).split(/\r?\n/);
      return {
        kind: 'file',
        name: posix.join(path, file),
        packages: lines.map(packageName).filter((name) => name !== ''),
      };
    }),
  );
}
