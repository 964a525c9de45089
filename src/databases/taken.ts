import { DeployError } from '../core/errors.ts';
import { type Identity, identityPath } from '../core/identity.ts';
import type { PreviewDatabase } from './preview-databases.ts';

/**
 * A database has the name of a preview's and is not one that this action made for it, so nothing is done with it.
 * @param owner Whose it is by its mark, if it bears one.
 */
export function takenError({ name }: PreviewDatabase, title: string, owner?: Identity): DeployError {
  const why = owner
    ? `bears the mark of another preview (${identityPath(owner)})`
    : 'bears no mark of this action, so it may be somebody else’s';
  return new DeployError('DATABASE_TAKEN', `There is a database ${name} at ${title} that ${why}. It was left alone.`, {
    hint: `Rename or drop it by hand if nobody needs it (DROP DATABASE ${name};), and run the job again.`,
  });
}
