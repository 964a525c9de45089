import type { Advice } from '../checkout/shell.ts';
import { type LockFile, lockFiles } from './lock-files.ts';
import { suggestFor, takePython } from './python-version.ts';
import { adviseHeader, adviseSystemPackage } from './system-packages.ts';

interface Remedy {
  readonly when: RegExp;
  /** Is told what the groups of the expression held, and everything that was printed, in one line. */
  readonly hint: (groups: readonly string[], text: string) => string;
}

const takePythonFor = (specifier: string): string => takePython(suggestFor(specifier));

const addHash = ([name = '']: readonly string[]): string =>
  `Where one requirement has a hash, each needs one. Add ${name} with its hashes to the file (uv pip compile --generate-hashes writes them all, pip-compile with --allow-unsafe too), or set: install: pip install ${name} && pip install -r <file>`;

/** pip lists each version that this Python does not take; only the one that is asked for is a reason. */
function ofIgnoredVersion([version = '']: readonly string[], text: string): string | undefined {
  const ignored = text.split(/[;:] | (?=ERROR: )/).find((part) => part.startsWith(`${version} Requires-Python `));
  return ignored && takePythonFor(ignored.split('Requires-Python ')[1] ?? '');
}

const notInIndex = (what: string): string =>
  `The index has no ${what}. Fix the name or the version; a private package needs its index (docs/install.md, "Private indexes").`;

const unsatisfiable = /requirements are unsatisfiable|Cannot install .* conflicting dependencies|ResolutionImpossible/;

const buildFailed =
  /Failed to build `([^`]+)`|Failed building wheel for (\S+)|(?:Failed to build|Could not build wheels for) ([\w.-]+)/;

/** How each tool says that its lock file is not of what the project asks for now. */
const stale = (when: RegExp, { name, project, command }: LockFile): Remedy => ({
  when,
  hint: () => `${name} is older than ${project}. Run "${command}" and commit ${name}.`,
});

/** What to type when an installer says this; the first that fits counts, so that causes come before what follows from them. */
const remedies: readonly Remedy[] = [
  stale(/The lockfile at `[^`]*uv\.lock` needs to be updated/, lockFiles.uv),
  stale(/since poetry\.lock was last generated|poetry\.lock is not up to date with/, lockFiles.poetry),
  stale(/Lockfile doesn't satisfy the project|Lock file hash doesn't match pyproject/, lockFiles.pdm),
  stale(/Pipfile\.lock \(\w*\) is out of date/, lockFiles.pipenv),
  {
    when: /(?:Could not resolve host(?:name)?:? |dns error|error resolving DNS|Temporary failure in name resolution|Name or service not known|All attempts to connect to \S+ failed)/i,
    hint: (_, text) => {
      const host =
        /(?:resolve host(?:name)?:?|attempts to connect to) ([\w.-]+\w)/i.exec(text)?.[1] ??
        /url \(https?:\/\/([\w.-]+)/.exec(text)?.[1];
      return `${host ?? 'A host'} is not reached from this machine. Run the job again; where it stays so, look at the machine's network, or take what comes from there out of the dependencies.`;
    },
  },
  {
    when: /Permission denied \(publickey|could not read Username|Authentication failed for|Could not read from remote repository/,
    hint: () =>
      'A dependency lies in a private git repository. Give access in a step before this one, by an SSH agent or by git config url.<…>.insteadOf (docs/install.md, "Private indexes and git dependencies").',
  },
  {
    when: /\b40[13] (?:Unauthorized|Forbidden|Client Error)/,
    hint: () =>
      'An index refuses the credentials, or has none. Which names the tool reads them by: docs/install.md, "Private indexes".',
  },
  {
    when: /does not satisfy Python ?([<>=!~][^\s,]*(?:,\s?[<>=!~][^\s,]*)*)/,
    hint: ([specifier = '']) => takePythonFor(specifier),
  },
  {
    when: /requires a different Python: [\w.]+ not in '([^']+)'/,
    hint: ([specifier = '']) => takePythonFor(specifier),
  },
  {
    when: /satisfies the requirement (\S+?==([\w.]+))/,
    hint: ([requirement = '', version = ''], text) => ofIgnoredVersion([version], text) ?? notInIndex(requirement),
  },
  { when: /Could not find a version that satisfies the requirement (\S+)/, hint: ([name = '']) => notInIndex(name) },
  {
    when: /available on a subsequent index/,
    hint: () =>
      'The package is in several indexes, and uv takes the first that has it. Set UV_INDEX_STRATEGY: unsafe-best-match in env of the step to look into all.',
  },
  {
    when: /Unable to find installation candidates for ([\w.-]+) \(([^)\s]+)\)/,
    hint: ([name = '', version = '']) =>
      `The index has no file of ${name} ${version} that fits this Python and this system. Lock a version that has one (poetry update ${name}, and commit poetry.lock), or set python-version of actions/setup-python to the one that the project is locked with.`,
  },
  { when: /Because ([\w.-]+) was not found in/, hint: ([name = '']) => notInIndex(name) },
  { when: /there is no version of ([^,]{1,100}?),? and /, hint: ([name = '']) => notInIndex(name) },
  { when: /no hashes were provided for `([\w.-]+)/, hint: addHash },
  { when: /no trusted hash was provided for: `?([\w.-]+)/, hint: addHash },
  { when: /must have a hash, but none were provided for: ([\w.-]+)/, hint: addHash },
  { when: /pinned with `?==`?, but found: ([\w.-]+)/, hint: addHash },
  { when: /pinned with ==\. These do not: ([\w.-]+)/, hint: addHash },
  {
    when: /Hash mismatch for|DO NOT MATCH THE HASHES/,
    hint: () =>
      'The index gave another file than the one that the hash is of. Find out who changed it before you write the new hash into the file.',
  },
  {
    when: /(?:failed to read from file `|Could not open requirements file: .*')([^`']+)['`]/,
    hint: ([file = '']) =>
      `There is no ${file.split('/').at(-1)} in the checkout. Commit it, or take out the line that names it.`,
  },
  {
    when: /fatal error: (\S+\.h\w*): No such file/,
    hint: ([header = ''], text) => adviseSystemPackage(text) ?? adviseHeader(header),
  },
  {
    when: buildFailed,
    hint: (names) =>
      `No wheel of ${names.find(Boolean) ?? 'it'} fits this Python, and it could not be built. Take a version of it that has one, or an older Python by python-version of actions/setup-python.`,
  },
  {
    when: unsatisfiable,
    hint: () => 'Two requirements exclude each other, as the lines above say. Loosen one of them.',
  },
  {
    when: /No space left on device/i,
    hint: () => 'The disk of the machine is full. Free some in a step before this one.',
  },
];

/** What installers print while nothing is wrong yet, and pip's notice of its own update. */
const progress =
  /^\s*(?:Downloading|Downloaded|Building|Built|Prepared|Resolved|Updating|Updated|Using (?:CPython|Python|cached)|Creating virtual|Collecting|Looking in|Obtaining|Preparing metadata|Getting requirements|Installing build|Requirement already|Ignoring |\[notice\]|[━╸╺ ]+\d)/;

/** The start of what uv says of a failure; above that are lines of packages that were under way. */
const isStart = (line: string): boolean => /^error: /.test(line);
/** So many lines of it are shown before those of its end, where all are too many. */
const fromStart = 4;
const fromEnd = 10;

function worthShowing(all: readonly string[]): string[] {
  const start = all.findIndex(isStart);
  const lines = (start === -1 ? all.filter((line) => !progress.test(line)) : all.slice(start))
    // pip names every version that there is, and every one that this Python does not take; Pipenv shows where in its code it ended.
    .filter((line) => !/^ERROR: Ignored the following|^\[\w+Exception\]: {3}/.test(line))
    .map((line) => line.replace(/ \(from versions: [^)]*\)/, ''));
  if (start === -1 || lines.length <= fromStart + fromEnd) return lines.length > 0 ? lines : [...all];
  return [...lines.slice(0, fromStart), '…', ...lines.slice(-fromEnd)];
}

/**
 * What there is to show of an installer that failed, and what to type next.
 * @param otherwise The hint where it said nothing that is known.
 * @param ofLock What to do about a stale lock file: with a fresh one nothing is resolved that could fail.
 */
export const adviseInstall =
  (otherwise: string, ofLock = '') =>
  (lines: readonly string[]): Advice => {
    const text = lines.join(' ').replace(/\s+/g, ' ');
    const ofSystem = remedies.findIndex(({ when }) => when === buildFailed);
    for (const [at, { when, hint }] of remedies.entries()) {
      const missing = at === ofSystem ? adviseSystemPackage(text) : undefined;
      if (missing) return { lines: worthShowing(lines), hint: missing };
      const found = when.exec(text);
      if (!found) continue;
      const stale = when === unsatisfiable ? ofLock : '';
      return { lines: worthShowing(lines), hint: hint(found.slice(1), text) + stale };
    }
    return { lines: worthShowing(lines), hint: otherwise };
  };
