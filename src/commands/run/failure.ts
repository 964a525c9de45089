import { DeployError, diskHint, ofPrograms, toDeployError } from '../../core/errors.ts';
import { checkRoom, emptyScratch, isInScratch } from '../../core/scratch-folder.ts';
import type { Ports } from './ports.ts';

/**
 * What ended a run, as a DeployError. If that is the disk, the folder of the run is emptied, so that there is room for report,
 * outputs and summary.
 * @param scratch The folder of the run; undefined if it could not be made.
 */
export async function failureOf(
  thrown: unknown,
  scratch: string | undefined,
  { env }: Pick<Ports, 'env'>,
): Promise<DeployError> {
  const isOfRun = (path: string) => isInScratch(path, env);
  const first = toDeployError(thrown, isOfRun);
  if (scratch === undefined) return first;
  const error = ofPrograms.includes(first.code) ? await blameDisk(first, scratch, isOfRun) : first;
  if (error.code === 'DISK_FULL') await emptyScratch(scratch);
  return error;
}

/** A program of the build failed; it was the disk if that takes no more now. */
async function blameDisk(
  error: DeployError,
  scratch: string,
  isOfRun: (path: string) => boolean,
): Promise<DeployError> {
  try {
    await checkRoom(scratch);
    return error;
  } catch (full) {
    const { code, message } = toDeployError(full, isOfRun);
    if (code !== 'DISK_FULL') return error;
    return new DeployError('DISK_FULL', `${error.message}\n${message}`, { hint: diskHint, cause: error });
  }
}
