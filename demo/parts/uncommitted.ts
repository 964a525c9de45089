import { posix } from 'node:path';
import { listSome } from '../../src/lib/text.ts';
import { git } from './git.ts';
import { wordFor } from './shell.ts';

/** Files of a project that its last commit does not have as they are, by their path from the folder. */
export interface Uncommitted {
  /** Changed, new or deleted. */
  readonly changed: readonly string[];
  /** Ignored by git, and read by settings: `.env` and Python files. */
  readonly ignored: readonly string[];
}

/** Ignored folders are a virtual environment, packages of npm or caches. */
const isRead = (path: string): boolean => !path.endsWith('/') && /(^|\/)\.env[^/]*$|\.py$/.test(path);

/** Asks git; a folder without a repository has none. */
export async function findUncommitted(folder: string): Promise<Uncommitted> {
  const ask = async (...args: string[]): Promise<string[]> => {
    const names = await git(folder, ...args, '-z').catch(() => '');
    return names.split('\0').filter((name) => name !== '');
  };
  const changed = await ask('diff', '--name-only', '--relative', 'HEAD');
  const others = await ask('ls-files', '--others', '--exclude-standard');
  const ignored = await ask('ls-files', '--others', '--ignored', '--exclude-standard', '--directory');
  return { changed: [...changed, ...others], ignored: ignored.filter(isRead) };
}

/** Whether a text names the file, or the module that it is. */
const isNamed = (path: string, text: string): boolean => {
  const name = posix.basename(path);
  return text.includes(name) || (name.endsWith('.py') && text.split(/\W+/).includes(posix.parse(name).name));
};

/** Whether a text names one of these files, which is then the likely reason of a failure. */
export const namesUncommitted = ({ changed, ignored }: Uncommitted, text: string): boolean =>
  [...changed, ...ignored].some((path) => isNamed(path, text));

/** What to say, and to whom. */
export interface Failure {
  /** What the run says of its failure. */
  readonly text: string;
  /** The folder of the project, as the user wrote it. */
  readonly folder: string;
  /** Whether the user gave variables. */
  readonly hasEnv: boolean;
}

/** A file of variables has secrets, and stays out of git. */
const isEnv = (path: string): boolean => /^\.env(\.|$)/.test(posix.basename(path));

/**
 * What to say of them after a run that failed: it ran on a clone of the last commit, and a file that is not there is often the reason.
 * Files that the reason names come first.
 */
export function missingLines(
  { changed, ignored }: Uncommitted,
  { text, folder, hasEnv }: Failure,
  platform: NodeJS.Platform = process.platform,
): string[] {
  const files = [...changed, ...ignored].filter((path) => !isEnv(path));
  const first = files.filter((path) => isNamed(path, text));
  const sorted = [...new Set([...first, ...files])];
  const env = [...changed, ...ignored].find((path) => posix.basename(path) === '.env');
  const lines =
    sorted.length > 0
      ? [`Not committed, so not in this run: ${listSome(sorted, 5)}. If the project needs one of these, commit it.`]
      : [];
  if (env === undefined || hasEnv) return lines;
  const file = wordFor(posix.join(folder, env), platform);
  // Windows has no way to write the lines of a file as one word that is the same in its shells.
  const given = platform === 'win32' ? 'env=NAME=value, once for each' : `env="$(cat ${file})"`;
  return [...lines, `${env} is not in this run. If the project needs its variables, add ${given}`];
}
