import { satisfies } from '@renovatebot/pep440';
import type { Pyproject, Stated } from './pyproject.ts';

/** A version that a file asks for. Another one may do. */
export interface AskedPython extends Stated {
  /** Relative to the working directory. */
  readonly file: string;
  /** `3`, `3.12` or `3.12.1`. */
  readonly version: string;
}

/** Versions without which the project does not install. */
export interface RequiredPython extends Stated {
  readonly file: string;
  /** Alternatives in the syntax of PEP 440, one of which has to hold. */
  readonly specifiers: readonly string[];
}

/** What the project's files say of Python. */
export interface PythonWish {
  readonly asked: AskedPython | undefined;
  readonly required: readonly RequiredPython[];
  /** What is wrong with what they say, for the log. */
  readonly remarks: readonly string[];
}

/** Text of a file that an editor on any system wrote: UTF-8 or UTF-16, with a mark before it or without. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder().decode(bytes);
}

/**
 * `3.12`, `v3.12.1`, `3.12.x`, `python-3.12.1`, `cpython@3.12`, `3.14.0rc1`, `3.13t`, `3.14-dev`; with the platform as uv writes it,
 * `cpython-3.12.4-linux-x86_64-gnu`, and with an environment of pyenv's, `3.12.4/envs/shop`.
 */
const version =
  /^(?:c?python[-@ ]?|v)?(?:==)?(?<number>\d+(?:\.\d+){0,2})(?:\.[x*])?(?:(?:a|b|rc)\d+)?(?:t|\+freethreaded)?(?:-dev)?(?:-(?:linux|macos|windows)-[\w-]+|\/envs\/\S+)?$/i;

/** The lines of a version file that say something: `#` begins a comment. */
function entries(text: string): Stated[] {
  const lines = text.split(/\r\n|\r|\n/).map((line, index) => ({
    text: line
      .replace(/#.*/, '')
      .trim()
      .replace(/^(["'])(.*)\1$/, '$2'),
    line: index + 1,
  }));
  return lines.filter((line) => line.text !== '');
}

/** The first version that the file names: pyenv takes several, of which the first is `python`. uv takes `>=3.12`, too. */
function readVersionFile(
  file: string,
  text: string,
): { asked?: AskedPython; required?: RequiredPython; remark?: string } {
  const stated = entries(text);
  for (const entry of stated) {
    const number = version.exec(entry.text)?.groups?.number;
    if (number) return { asked: { ...entry, file, version: number } };
  }
  const [first] = stated;
  if (first?.text === 'system') return {};
  if (first && !isUnreadable(first.text)) return { required: { ...first, file, specifiers: [first.text] } };
  if (!first) return { remark: `${file} is empty. Write a version into it, for example 3.13.` };
  return { remark: `${file} says "${first.text}", which is no version of CPython. Write one, for example 3.13.` };
}

/** Names that were meant to be `.python-version` or `runtime.txt`, without their punctuation. */
const misspelled: ReadonlyMap<string, string> = new Map([
  ...['pythonversion', 'pythonversions', 'pythonversiontxt', 'pyhtonversion', 'phytonversion', 'pythonverison'].map(
    (name) => [name, '.python-version'] as const,
  ),
  ...['runtimetxt', 'runtimetext', 'runtimestxt'].map((name) => [name, 'runtime.txt'] as const),
]);

const bare = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');

function misspellings(prefix: string, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const meant = misspelled.get(bare(name));
    if (!meant || meant === name || names.includes(meant)) return [];
    return [`${prefix}${name} is read by no tool. Rename it to ${meant}.`];
  });
}

/** A constraint of Poetry's as alternatives of PEP 440: `^3.10` is `>=3.10,<4`, `~3.10` is `>=3.10,<3.11`. */
export function fromPoetry(constraint: string): string[] {
  return constraint.split('||').map((alternative) =>
    alternative
      .trim()
      .split(/\s*,\s*|(?<=[\d*])\s+/)
      .filter((part) => part !== '' && part !== '*')
      .map(fromPoetryPart)
      .join(','),
  );
}

function fromPoetryPart(part: string): string {
  const [, operator = '', number = ''] = /^(\^|~(?!=))\s*([\d.]+)/.exec(part) ?? [];
  const [major = 0, minor] = number.split('.').map(Number);
  if (operator === '^') return `>=${number},<${major + 1}`;
  if (operator === '~') return `>=${number},<${minor === undefined ? major + 1 : `${major}.${minor + 1}`}`;
  // A bare 3.12 means each 3.12.z to whoever wrote it.
  return /^\d+(\.\d+)?$/.test(part) ? `==${part}.*` : /^\d/.test(part) ? `==${part}` : part;
}

export interface PythonFiles {
  /** Relative to the working directory. */
  readonly path: string;
  readonly names: readonly string[];
  readonly pyproject: Pyproject | undefined;
  readonly text: (name: string) => string | undefined;
}

function requirementsOf({ path, pyproject, text }: PythonFiles): RequiredPython[] {
  const prefix = path === '.' ? '' : `${path}/`;
  const found: RequiredPython[] = [];
  const file = `${prefix}pyproject.toml`;
  const { requiresPython, poetryPython } = pyproject ?? {};
  if (requiresPython) found.push({ ...requiresPython, file, specifiers: [requiresPython.text] });
  else if (poetryPython) found.push({ ...poetryPython, file, specifiers: fromPoetry(poetryPython.text) });
  const locked = pipfilePython(text('Pipfile.lock'));
  if (locked) found.push({ ...locked, file: `${prefix}Pipfile.lock`, specifiers: fromPoetry(locked.text) });
  return found;
}

function pipfilePython(lock: string | undefined): Stated | undefined {
  const found = /"python_(?:full_)?version":\s*"([\d.]+)"/.exec(lock ?? '');
  return found?.[1] ? { text: found[1], line: lock?.slice(0, found.index).split('\n').length ?? 1 } : undefined;
}

/** Reads what the project wants of Python; the first folder that says something counts. */
export function readPythonWish(folders: readonly PythonFiles[]): PythonWish {
  let asked: AskedPython | undefined;
  let required: RequiredPython[] = [];
  const ofVersionFiles: RequiredPython[] = [];
  const remarks: string[] = [];
  for (const folder of folders) {
    const prefix = folder.path === '.' ? '' : `${folder.path}/`;
    for (const name of ['.python-version', 'runtime.txt']) {
      const text = folder.text(name);
      if (text === undefined || asked || ofVersionFiles.length > 0) continue;
      const read = readVersionFile(`${prefix}${name}`, text);
      asked = read.asked;
      if (read.required) ofVersionFiles.push(read.required);
      if (read.remark) remarks.push(read.remark);
    }
    remarks.push(...misspellings(prefix, folder.names));
    if (required.length === 0) required = requirementsOf(folder);
  }
  return { asked, required: [...required, ...ofVersionFiles], remarks };
}

/** The part of a version that names a Python: `3.12.1` is `3.12`. */
export const minorOf = (number: string): string => number.split('.').slice(0, 2).join('.');

/** Whether a Python is the one that was asked for. Another patch release is. */
export const isAsked = (asked: AskedPython, found: string): boolean =>
  asked.version.includes('.') ? minorOf(found) === minorOf(asked.version) : found.startsWith(`${asked.version}.`);

/** Whether a Python installs the project. What is no specifier of PEP 440 refuses nothing: the installer reads it too. */
export const meets = (required: RequiredPython, found: string): boolean =>
  required.specifiers.some((one) => isUnreadable(one) || satisfies(found, one, { prereleases: true }));

const isUnreadable = (specifier: string): boolean =>
  !specifier
    .split(',')
    .every((part) => /^\s*(===|~=|==|!=|<=|>=|<|>)\s*[\w.*+!]+\s*$/.test(part) || part.trim() === '');

/** The versions that actions/setup-python has, the oldest first. */
const available = ['3.9', '3.10', '3.11', '3.12', '3.13', '3.14'];

/** What to write into `python-version` of actions/setup-python. */
export function suggest({ asked, required }: PythonWish): string {
  const fits = (minor: string) => required.every((one) => meets(one, `${minor}.99`));
  const first = asked?.version.includes('.') ? minorOf(asked.version) : undefined;
  return (first && fits(first) ? first : available.find(fits)) ?? '3.13';
}

/** The lines of YAML that bring another Python. */
export const setupPython = (version: string): string =>
  ['- uses: actions/setup-python', '  with:', `    python-version: "${version}"`].map((line) => `  ${line}`).join('\n');

/** What to type where only another Python will do. */
export const takePython = (version: string): string =>
  `Set python-version: "${version}" of actions/setup-python in a step before this one:\n${setupPython(version)}`;

/** The oldest Python that fits a specifier which an installer has named, for example `>=3.12`. */
export const suggestFor = (specifier: string): string =>
  suggest({
    asked: undefined,
    required: [{ text: specifier, line: 0, file: '', specifiers: [specifier] }],
    remarks: [],
  });
