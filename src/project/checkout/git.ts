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
  /** Tracked text files whose content in the work tree holds these words, relative to the folder. */
  filesWith(words: string): Promise<string[]>;
  /** Those of the texts that some tracked text file of the work tree holds. */
  textsIn(texts: readonly string[]): Promise<Set<string>>;
  /** There is a git to ask. */
  works(): Promise<boolean>;
  head(): Promise<string | undefined>;
  /** Seconds since the epoch of the checked-out commit. */
  commitTime(): Promise<number | undefined>;
  content(blob: string): Promise<Uint8Array | undefined>;
  /** Whether git holds a file, by its path from the folder or its absolute one. */
  holds(path: string): Promise<boolean>;
  /** Seconds since the epoch of the last commit that changed the file; undefined too where history is cut off. */
  lastChange(path: string): Promise<number | undefined>;
  /** The same of every file below a folder that git holds, by its path from there; empty where history is cut off. */
  lastChanges(path: string): Promise<ReadonlyMap<string, number>>;
  /** Those of the paths that .gitattributes keeps out of archives: by themselves or with a folder that they are in. */
  exportIgnored(paths: readonly string[]): Promise<ReadonlySet<string>>;
  /** The line of a .gitignore that keeps a path out, for each path that one does, whether or not the file is there. */
  ignoredBy(paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/**
 * Git in `folder`. The checkout may belong to another user (containers), which git refuses unless it is told that the
 * folder is safe; it is, because nothing here runs hooks or asks for credentials.
 */
export function gitIn(io: SilentIO, folder: string, env: Readonly<Record<string, string>>): Git {
  const safe = {
    ...env,
    GIT_CONFIG_COUNT: '2',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: '*',
    GIT_CONFIG_KEY_1: 'core.quotePath',
    GIT_CONFIG_VALUE_1: 'false',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    LC_ALL: 'C',
  };
  // A file name such as photo[1].jpg is a name and no pattern.
  const literal = { ...safe, GIT_LITERAL_PATHSPECS: '1' };
  const bytes = (...args: string[]) => capture(io, { program: 'git', args, cwd: folder, env: literal });
  const git = async (...args: string[]) => (await bytes(...args))?.toString();
  const seconds = (text: string | undefined) => (text && /^\d+/.test(text) ? Number.parseInt(text, 10) : undefined);
  let shallow: Promise<boolean> | undefined;
  /** In a shallow clone every file seems to have changed in the oldest commit that is there. */
  const hasHistory = () => {
    shallow ??= git('rev-parse', '--is-shallow-repository').then((answer) => answer?.trim() === 'false');
    return shallow;
  };
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
    async filesWith(words) {
      const found = await git('grep', '-l', '-I', '-z', '-F', '-e', words);
      return (found ?? '').split('\0').filter(Boolean);
    },
    async textsIn(texts) {
      if (texts.length === 0) return new Set();
      const patterns = texts.flatMap((text) => ['-e', text]);
      const found = await git('grep', '-h', '-o', '-I', '-F', ...patterns);
      return new Set((found ?? '').split('\n').filter(Boolean));
    },
    works: async () => (await git('--version')) !== undefined,
    head: async () => (await git('rev-parse', 'HEAD'))?.trim(),
    commitTime: async () => seconds(await git('log', '-1', '--format=%ct')),
    holds: async (path) => ((await git('ls-files', '-z', '--', path)) ?? '') !== '',
    content: (blob) => bytes('cat-file', 'blob', blob),
    async lastChange(path) {
      return (await hasHistory()) ? seconds(await git('log', '-1', '--format=%ct', '--', path)) : undefined;
    },
    async lastChanges(path) {
      if (!(await hasHistory())) return new Map();
      return parseChanges((await git('log', '--format=%x01%ct', '--name-only', '--relative', '--', path)) ?? '', path);
    },
    async exportIgnored(paths) {
      const asked = new Set(paths.flatMap(withFolders));
      const ignored = new Set<string>();
      for (const some of inArguments(asked)) {
        const answer = (await git('check-attr', '-z', 'export-ignore', '--', ...some)) ?? '';
        const fields = answer.split('\0');
        for (let at = 0; at + 2 < fields.length; at += 3) if (fields[at + 2] === 'set') ignored.add(fields[at] ?? '');
      }
      return new Set(paths.filter((path) => withFolders(path).some((one) => ignored.has(one))));
    },
    async ignoredBy(paths) {
      const found = new Map<string, string>();
      for (const some of inArguments(paths)) {
        // check-ignore takes its paths as they are, and refuses to be told so.
        const asked = {
          program: 'git',
          args: ['check-ignore', '--no-index', '-v', '--', ...some],
          cwd: folder,
          env: safe,
        };
        const lines = ((await capture(io, asked))?.toString() ?? '').split('\n');
        for (const line of lines) {
          const [, file, number, pattern = '', path] = /^(.*?):(\d+):(.*)\t(.*)$/.exec(line) ?? [];
          if (path !== undefined && !pattern.startsWith('!')) found.set(path, `${file}, line ${number}: ${pattern}`);
        }
      }
      return found;
    },
  };
}

/** A path and the folders that it is in, these with a slash behind them, as git asks for attributes of folders. */
function withFolders(path: string): string[] {
  const parts = path.split('/');
  return [...parts.slice(1).map((_, at) => `${parts.slice(0, at + 1).join('/')}/`), path];
}

/** Paths in lists that are short enough for one command line. */
function* inArguments(paths: Iterable<string>): Generator<string[]> {
  let some: string[] = [];
  let length = 0;
  for (const path of paths) {
    some.push(path);
    length += Buffer.byteLength(path) + 1;
    if (length < 32_000) continue;
    yield some;
    [some, length] = [[], 0];
  }
  if (some.length > 0) yield some;
}

/** Commits with the files that they changed, the newest first; a name that git has to quote stays unknown. */
function parseChanges(text: string, folder: string): Map<string, number> {
  const changes = new Map<string, number>();
  let time = 0;
  for (const line of text.split('\n')) {
    if (line.startsWith('\u0001')) time = Number(line.slice(1));
    else if (line.startsWith(`${folder}/`)) {
      const path = line.slice(folder.length + 1);
      if (!changes.has(path)) changes.set(path, time);
    }
  }
  return changes;
}

/** A line of `ls-files --stage`: mode, blob and stage, a tab, and a path that may hold tabs itself. */
function parseStaged(line: string): TrackedFile {
  const tab = line.indexOf('\t');
  const [mode = '', blob = ''] = line.slice(0, tab).split(' ');
  return { path: line.slice(tab + 1), mode, blob };
}
