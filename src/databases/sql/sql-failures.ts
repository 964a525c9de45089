import { DeployError } from '../../core/errors.ts';
import { type DatabaseUrl, serverName } from '../database-url.ts';
import { previewPrefix } from '../preview-name.ts';
import type { SqlFailure } from './sql-answer.ts';

/** What a server refused, or said instead of letting in. */
export interface SqlRefusal extends SqlFailure {
  readonly vendor: 'postgresql' | 'mysql';
  readonly host: string;
  readonly port: string;
  /** Name of the database that the connection was for. */
  readonly name: string;
  readonly user: string;
}

/** Codes of a right that is missing: insufficient_privilege; ER_DBACCESS_DENIED_ERROR and its like. */
const denied = {
  postgresql: ['42501'],
  mysql: ['1044', '1142', '1227'],
} as const satisfies Readonly<Record<DatabaseUrl['engine'], readonly string[]>>;

/** Codes of a server that has no room: disk_full; ER_DISK_FULL, ER_RECORD_FILE_FULL. */
const full = {
  postgresql: ['53100'],
  mysql: ['1021', '1114'],
} as const satisfies Readonly<Record<DatabaseUrl['engine'], readonly string[]>>;

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().replace(/\.$/, '');

/** What to type so that the user may make databases of previews, and no others where the server knows patterns. */
const grantHint = ({ engine, user }: DatabaseUrl): string =>
  engine === 'postgresql'
    ? `Type as an administrator of the server: ALTER ROLE "${user}" CREATEDB;`
    : `Type as an administrator of the server: GRANT ALL PRIVILEGES ON \`${previewPrefix.replaceAll('_', '\\_')}%\`.* TO '${user}'@'%';`;

export const deniedError = (url: DatabaseUrl, reason?: string): DeployError =>
  new DeployError(
    'DATABASE_DENIED',
    `${serverName(url)} does not let the user "${url.user}" make databases${reason ? `: ${reason}` : ''}.`,
    { hint: grantHint(url) },
  );

/**
 * A failure of the server or on the way to it, as an error that says what to do.
 * @param known Says what a refusal means that is not about databases of previews.
 */
export function sqlError(
  failure: SqlFailure,
  url: DatabaseUrl,
  known: (refusal: SqlRefusal) => DeployError,
): DeployError {
  const { engine: vendor, host, port, user } = url;
  if (denied[vendor].some((code) => code === failure.code)) return deniedError(url, oneLine(failure.message));
  if (full[vendor].some((code) => code === failure.code))
    return new DeployError('DATABASE_FAILED', `${serverName(url)} has no room: ${oneLine(failure.message)}.`, {
      hint: 'Each open pull request has a database. Close those that need no preview, or give the server a larger disk.',
    });
  const name = url.name || (vendor === 'postgresql' ? 'postgres' : '');
  return known({ ...failure, vendor, host, port: port === undefined ? '' : String(port), name, user });
}
