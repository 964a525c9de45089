import { lstat, mkdtemp, rm } from 'node:fs/promises';
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

/** Takes away the folder of a run, and nothing else. */
export async function removeScratch(path: string, environment: Environment): Promise<void> {
  if (!isScratch(path, environment)) return;
  const stat = await lstat(path).catch(() => undefined);
  if (stat?.isDirectory()) await rm(path, { recursive: true, force: true });
}
