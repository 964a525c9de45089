import { posix } from 'node:path';
import { DeployError } from '../../core/errors.ts';
import { quote } from '../../lib/shell-word.ts';
import { listSome } from '../../lib/text.ts';

/** How deep below the working directory manage.py is looked for; Heroku's buildpack looks as deep. */
export const searchDepth = 3;

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

/** A command line of Django as it is typed in the working directory, where manage.py may be in a folder below. */
export const withManagePy = (commandLine: string, managePy: string): string =>
  commandLine.replaceAll('python manage.py', () => `python ${quote(managePy)}`);
