import { lstat, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

const prefix = 'deploy-django-';

type Environment = Readonly<Record<string, string | undefined>>;

/** Folder for files that go with the job. */
const tempOf = (environment: Environment) => environment.RUNNER_TEMP ?? '/tmp';

/** Makes the folder of a run. */
export const makeScratch = (environment: Environment): Promise<string> => mkdtemp(join(tempOf(environment), prefix));

/** Whether a path can be the folder of a run: the path comes back through a file that others can write to. */
function isScratch(path: string, environment: Environment): boolean {
  return dirname(resolve(path)) === resolve(tempOf(environment)) && basename(resolve(path)).startsWith(prefix);
}

/** Whether a path is the folder of a run or in it. */
export const isInScratch = (path: string, environment: Environment): boolean =>
  resolve(path).startsWith(join(resolve(tempOf(environment)), prefix));

/** Bytes; on a disk with less than this no program of a build comes to its end. */
const littleRoom = 1024 * 1024;

/** Fails as the disk does if it takes no more; a program that failed for it may have said nothing of it. */
export async function checkRoom(scratch: string): Promise<void> {
  const path = join(scratch, 'room');
  try {
    await writeFile(path, Buffer.alloc(littleRoom));
  } finally {
    await rm(path, { force: true }).catch(() => undefined);
  }
}

/** Takes away what is in the folder of a run, so that a full disk has room for the report. */
export async function emptyScratch(path: string): Promise<void> {
  for (const name of await readdir(path).catch(() => [])) {
    await rm(join(path, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Takes away the folder of a run, and nothing else. */
export async function removeScratch(path: string, environment: Environment): Promise<void> {
  if (!isScratch(path, environment)) return;
  const stat = await lstat(path).catch(() => undefined);
  if (stat?.isDirectory()) await rm(path, { recursive: true, force: true });
}
