import { capture, type SilentIO } from './shell.ts';

export interface TrackedFile {
  /** Path relative to the folder that was asked about. */
  readonly path: string;
  /** As git keeps it: 100644, 100755 or 120000 (a link). */
  readonly mode: string;
  /** Id of the content in the index. */
  readonly blob: string;
}

/** Git's questions about one folder of a checkout. Each answer is undefined where the folder is in no repository. */
export interface Git {
  trackedFiles(): Promise<TrackedFile[] | undefined>;
  /** Tracked files whose content in the work tree differs from the index. */
  changedFiles(): Promise<Set<string> | undefined>;
  head(): Promise<string | undefined>;
  /** Seconds since the epoch of the checked-out commit. */
  commitTime(): Promise<number | undefined>;
  content(blob: string): Promise<Uint8Array | undefined>;
  /** Whether git holds a file, by its path from the folder or its absolute one. */
  holds(path: string): Promise<boolean>;
  /** Seconds since the epoch of the last commit that changed the file; undefined too where history is cut off. */
  lastChange(path: string): Promise<number | undefined>;
}

/**
 * Git in `folder`. The checkout may belong to another user (containers), which git refuses unless it is told that the
 * folder is safe; it is, because nothing here runs hooks or asks for credentials.
 */
export function gitIn(io: SilentIO, folder: string, env: Readonly<Record<string, string>>): Git {
  const safe = {
    ...env,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: '*',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    // A file name such as photo[1].jpg is a name and no pattern.
    GIT_LITERAL_PATHSPECS: '1',
    LC_ALL: 'C',
  };
  const bytes = (...args: string[]) => capture(io, { program: 'git', args, cwd: folder, env: safe });
  const git = async (...args: string[]) => (await bytes(...args))?.toString();
  const seconds = (text: string | undefined) => (text && /^\d+/.test(text) ? Number.parseInt(text, 10) : undefined);
  let shallow: Promise<string | undefined> | undefined;
  return {
    async trackedFiles() {
      // Git before 2.36 does not know the two options together.
      const listed =
        (await git('ls-files', '--stage', '-z', '--recurse-submodules')) ?? (await git('ls-files', '--stage', '-z'));
      return listed?.split('\0').filter(Boolean).map(parseStaged);
    },
    async changedFiles() {
      const listed = await git('diff', '--relative', '--name-only', '-z');
      return listed === undefined ? undefined : new Set(listed.split('\0').filter(Boolean));
    },
    head: async () => (await git('rev-parse', 'HEAD'))?.trim(),
    commitTime: async () => seconds(await git('log', '-1', '--format=%ct')),
    holds: async (path) => ((await git('ls-files', '-z', '--', path)) ?? '') !== '',
    content: (blob) => bytes('cat-file', 'blob', blob),
    async lastChange(path) {
      // In a shallow clone every file seems to have changed in the oldest commit that is there.
      shallow ??= git('rev-parse', '--is-shallow-repository');
      if ((await shallow)?.trim() !== 'false') return undefined;
      return seconds(await git('log', '-1', '--format=%ct', '--', path));
    },
  };
}

/** A line of `ls-files --stage`: mode, blob and stage, a tab, and a path that may hold tabs itself. */
function parseStaged(line: string): TrackedFile {
  const tab = line.indexOf('\t');
  const [mode = '', blob = ''] = line.slice(0, tab).split(' ');
  return { path: line.slice(tab + 1), mode, blob };
}
