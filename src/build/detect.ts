import { accessSync, constants, existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { DeployError } from '../errors.ts';
import { listSome } from '../lib/text.ts';

/** How deep below the working directory manage.py is looked for; Heroku's buildpack looks as deep. */
export const searchDepth = 3;

const skippedFolders: ReadonlySet<string> = new Set(['.git', 'node_modules', '__pycache__', 'site-packages']);

/**
 * Whether a folder holds the project's own files: no packages, no caches, no virtual environment by whatever name, and
 * nothing that only somebody else can list, as the data of a container's database.
 */
export const isOwnFolder = (folder: string, name: string): boolean =>
  !skippedFolders.has(name) && isListable(folder) && !existsSync(join(folder, 'pyvenv.cfg'));

function isListable(folder: string): boolean {
  try {
    accessSync(folder, constants.R_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Picks the project among the manage.py files found below the working directory.
 * @param found Paths relative to the working directory, with forward slashes.
 * @throws DeployError PROJECT_NOT_FOUND where there is none, or no single one nearest to the top.
 */
export function chooseManagePy(found: readonly string[], workingDirectory: string): string {
  const depth = (path: string) => path.split('/').length;
  const nearest = Math.min(...found.map(depth));
  const candidates = found.filter((path) => depth(path) === nearest).sort();
  const [only, ...others] = candidates;
  if (only === undefined) {
    throw new DeployError(
      'PROJECT_NOT_FOUND',
      `There is no manage.py in "${workingDirectory}" or ${searchDepth} folders below.`,
      {
        hint: 'Check out the repository first (actions/checkout), and set working-directory to the folder of the project.',
      },
    );
  }
  if (others.length > 0) {
    const lines = candidates.map((path) => {
      const folder = JSON.stringify(posix.join(workingDirectory, posix.dirname(path)));
      return `  working-directory: ${folder}`;
    });
    throw new DeployError(
      'PROJECT_NOT_FOUND',
      `There are ${candidates.length} Django projects, none nearer than another. Write one of these lines under "with:" of the step:\n${listSome(lines, 10, '\n')}`,
      {
        hint: 'To deploy several, give each a step, or a job of a matrix, of its own.',
      },
    );
  }
  return only;
}
