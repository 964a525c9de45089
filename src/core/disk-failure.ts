/** What the system says of a file that cannot be written, in words. */
const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the quota of the disk is used up',
  EROFS: 'the file system is read-only',
  EFBIG: 'the file is larger than this system allows',
};

/** What the folder of a run says when it is taken away, or was made somewhere that only others may write to. */
const folderReasons: Readonly<Record<string, string>> = {
  ENOENT: 'the folder is gone',
  ENOTDIR: 'the folder is gone',
  EACCES: 'the folder may not be written to',
  EPERM: 'the folder may not be written to',
};

/** How programs of the build put it. */
const inWords = /No space left on device|Disk quota exceeded|\[Errno (?:28|122)\]|\bENOSPC\b|\bEDQUOT\b/i;

/** An error and everything that it was caused by. */
function* chain(thrown: unknown): Generator<NodeJS.ErrnoException> {
  for (let error = thrown, depth = 0; error instanceof Error && depth < 10; error = error.cause, depth++) yield error;
}

/**
 * What a failure says of the disk, as a sentence without a full stop; undefined if it is of another kind.
 * @param isOfRun Whether a path is in the folder that this run made for itself.
 */
export function diskFailure(thrown: unknown, isOfRun: (path: string) => boolean): string | undefined {
  for (const { code = '', path } of chain(thrown)) {
    const reason = reasons[code] ?? (path !== undefined && isOfRun(path) ? folderReasons[code] : undefined);
    if (reason)
      return path === undefined ? `A file could not be written: ${reason}` : `${path} could not be written: ${reason}`;
  }
  return undefined;
}

/** Whether a program of the build failed because the disk is full, by what it printed. */
export const saysDiskIsFull = (text: string): boolean => inWords.test(text);
