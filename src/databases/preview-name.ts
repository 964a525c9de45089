import { hash } from 'node:crypto';
import { type Identity, identityPath, previewNumber, wholeRepository } from '../core/identity.ts';

/**
 * Longest name of a database: PostgreSQL cuts after 63 bytes (https://www.postgresql.org/docs/current/limits.html), MySQL
 * and MariaDB refuse more than 64 characters.
 */
const longest = 63;
/** Hex digits of the hash. */
const hashLength = 12;

/** Every preview's database begins with it, so that a user's rights can be given for all of them. */
export const previewPrefix = 'preview_';

/** Lower case letters and digits alone: names need no quotes anywhere, and MySQL compares them by the file system's rules. */
const plain = (text: string) =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');

/**
 * Name of the database of a preview: `preview_1296269_3f9ac12b04de_pr_7`, with the path of the app behind the repository's id
 * where it is not the whole repository. The hash is of the whole identity, so that two repositories, apps or environments never
 * have the same name, whatever had to be cut.
 */
export function previewDatabaseName(identity: Identity): string {
  const { repository, app } = identity;
  const readable = plain(app === wholeRepository ? repository : `${repository}_${app}`);
  const mark = hash('sha256', identityPath(identity)).slice(0, hashLength);
  const end = `_${mark}_pr_${previewNumber(identity)}`;
  const room = longest - previewPrefix.length - end.length;
  return previewPrefix + readable.slice(0, room).replace(/_+$/, '') + end;
}

/** The number of the pull request that a name ends in; undefined where it is no preview's. */
export function pullRequestOf(name: string): number | undefined {
  const [, number] = /^preview_.*_pr_([1-9]\d*)$/.exec(name) ?? [];
  return number === undefined ? undefined : Number(number);
}
