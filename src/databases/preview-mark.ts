import { type Identity, identityPath, parseIdentityPath } from '../core/identity.ts';

/** Begins every mark, so that all of them can be found on a server. */
export const markStart = 'Preview database of deploy-django: ';
/** Ends the mark of a database that was migrated and seeded: it is not seeded again. */
export const preparedEnd = ' (prepared)';

/** What stands at a database that this action made, and says whose it is. Only what bears it is changed or dropped. */
export const markOf = (identity: Identity): string => markStart + identityPath(identity);

/** Whose database it is by its mark; undefined where that is not one of ours. */
export function readMark(mark: string): Identity | undefined {
  if (!mark.startsWith(markStart)) return undefined;
  const path = mark.slice(markStart.length);
  return parseIdentityPath(path.endsWith(preparedEnd) ? path.slice(0, -preparedEnd.length) : path);
}
