import { DeployError, type Place } from '../../core/errors.ts';
import { capture, type ShellIO } from '../checkout/shell.ts';
import {
  type AskedPython,
  isAsked,
  meets,
  minorOf,
  type PythonWish,
  type RequiredPython,
  setupPython,
  suggest,
  takePython,
} from './python-version.ts';

/** What to run Python with. */
export interface Python {
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A Python of the machine. */
export interface Interpreter {
  /** Its own full path, past every shim. */
  readonly path: string;
  readonly version: string;
  /** Folder of its installation, or of its virtual environment. */
  readonly prefix: string;
}

export interface PythonSearch {
  /** Absolute path of the working directory. */
  readonly root: string;
  /** Absolute path of a folder in which no file asks for a version. */
  readonly scratch: string;
  readonly env: Readonly<Record<string, string>>;
}

const question =
  'import sys; v = sys.version_info; print(sys.executable); print(sys.prefix); print("%d.%d.%d" % v[:3] + {"alpha": "a%d", "beta": "b%d", "candidate": "rc%d"}.get(v[3], "").replace("%d", str(v[4])))';

/** Newest first: where the project refuses the usual Python, another may be there. */
const others = ['3.14', '3.13', '3.12', '3.11', '3.10', '3.9'].map((minor) => `python${minor}`);

/**
 * Asks a program what Python it is. In the project first, where pyenv's shims obey `.python-version`; they fail where it
 * names a version that is not installed, so it is asked elsewhere too.
 */
async function probe(io: ShellIO, program: string, search: PythonSearch): Promise<Interpreter | undefined> {
  for (const cwd of [search.root, search.scratch]) {
    const answer = await capture(io, { program, args: ['-c', question], cwd, env: search.env });
    const [path = '', prefix = '', version = ''] = answer?.toString().trim().split(/\r?\n/) ?? [];
    if (path !== '' && version !== '') return { path, prefix, version };
  }
  return undefined;
}

/**
 * A Python that uv keeps. UV_PYTHON is how a step before this one asks for it (astral-sh/setup-uv), and the only case in
 * which uv may download one: nobody chose what it would fetch unasked.
 */
async function findManaged(io: ShellIO, search: PythonSearch): Promise<Interpreter | undefined> {
  const wanted = search.env.UV_PYTHON;
  if (!wanted) return undefined;
  const uv = (...args: string[]) => capture(io, { program: 'uv', args, cwd: search.scratch, env: search.env });
  const find = async () => (await uv('python', 'find', wanted))?.toString().trim();
  let path = await find();
  if (!path && (await uv('python', 'install', wanted))) path = await find();
  return path ? probe(io, path, search) : undefined;
}

const standard = process.platform === 'win32' ? ['python'] : ['python3', 'python'];

const missing = (): DeployError =>
  new DeployError('PYTHON_MISSING', 'There is no Python on this runner.', {
    hint: 'Add a step "uses: actions/setup-python" with python-version before this one.',
  });

/** The Python that an earlier step installed into. */
export async function currentPython(io: ShellIO, search: PythonSearch): Promise<Interpreter> {
  for (const program of standard) {
    const found = await probe(io, program, search);
    if (found) return found;
  }
  throw missing();
}

/**
 * The Python to install for: the one that UV_PYTHON or the project asks for where it is there, else the usual one; and
 * where the project refuses that, any that it takes.
 * @param placeOf Where a file of the project is in the checkout.
 * @throws DeployError PYTHON_MISSING where none is there, or none that the project takes.
 */
export async function choosePython(
  io: ShellIO,
  search: PythonSearch,
  wish: PythonWish,
  placeOf: (file: string, line: number) => Place,
): Promise<Interpreter> {
  const managed = await findManaged(io, search);
  const takes = (found: Interpreter) => wish.required.every((required) => meets(required, found.version));
  if (managed && takes(managed)) return managed;
  const { asked } = wish;
  const named = asked?.version.includes('.') ? [`python${minorOf(asked.version)}`] : [];
  const seen: Interpreter[] = managed ? [managed] : [];
  for (const program of [...named, ...standard]) {
    const found = await probe(io, program, search);
    if (!found) continue;
    if (takes(found) && (!asked || isAsked(asked, found.version))) return found;
    seen.push(found);
  }
  const usual = seen.find(takes);
  if (usual) return usual;
  for (const program of others) {
    const found = await probe(io, program, search);
    if (found && takes(found)) return found;
  }
  throw seen[0] ? refused(seen[0], wish, placeOf) : missing();
}

function refused(found: Interpreter, wish: PythonWish, placeOf: (file: string, line: number) => Place): DeployError {
  const unmet = wish.required.find((required) => !meets(required, found.version));
  const { file, line, text } = unmet ?? { file: 'pyproject.toml', line: 1, text: '' };
  return new DeployError(
    'PYTHON_MISSING',
    `${file} (line ${line}) asks for Python ${text}, and this job has ${found.version} (${found.path}).`,
    {
      hint: takePython(suggest(wish)),
      at: placeOf(file, line),
    },
  );
}

/** What to say where another Python than the asked one is used: the host may well run the asked one. */
export function otherPython(asked: AskedPython, found: Interpreter, required: readonly RequiredPython[] = []): string {
  const begin = `${asked.file} (line ${asked.line}) asks for Python ${asked.version}, and`;
  const unmet = required.find((one) => !meets(one, asked.version));
  // No Python is both, so that there is none to bring.
  if (unmet) {
    return `${begin} ${unmet.file} (line ${unmet.line}) takes ${unmet.text} alone. This job builds with ${found.version} (${found.path}). Write a version into ${asked.file} that both take, for example ${minorOf(found.version)}.`;
  }
  return `${begin} this job has ${found.version} (${found.path}). To build with the same one, add before this step:\n${setupPython(minorOf(asked.version))}`;
}
