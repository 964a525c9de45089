import { DeployError } from '../../core/errors.ts';
import { shorten } from '../../lib/text.ts';
import { type DatabaseUrl, serverName } from '../database-url.ts';
import { previewPrefix } from '../preview-name.ts';
import type { SqlFailure } from './sql-answer.ts';

type Kind = 'denied' | 'login' | 'missing' | 'connections' | 'disk' | 'read-only' | 'tls' | 'unreachable';

/** By SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html), in whole or by its class. */
const ofPostgres: Readonly<Record<string, Kind>> = {
  42501: 'denied',
  '28': 'login',
  '3D000': 'missing',
  53300: 'connections',
  53100: 'disk',
  25006: 'read-only',
  '57P03': 'unreachable',
  '08': 'unreachable',
};

/** By number: https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html and client-error-reference.html. */
const ofMySql: Readonly<Record<string, Kind>> = {
  1044: 'denied',
  1142: 'denied',
  1227: 'denied',
  1045: 'login',
  1698: 'login',
  1049: 'missing',
  1040: 'connections',
  1203: 'connections',
  1226: 'connections',
  1021: 'disk',
  1290: 'read-only',
  1836: 'read-only',
  3159: 'tls',
  2026: 'tls',
  2002: 'unreachable',
  2003: 'unreachable',
  2005: 'unreachable',
  2006: 'unreachable',
  2013: 'unreachable',
};

/** libpq tells no code of a login that failed, so its sentence counts; the first that matches. */
const sentences: readonly (readonly [RegExp, Kind])[] = [
  [/authentication failed|no password supplied|role "[^"]*" (does not exist|is not permitted to log in)/i, 'login'],
  [/database "[^"]*" does not exist/i, 'missing'],
  [/too many (clients|connections)|connection slots/i, 'connections'],
  [/no pg_hba\.conf entry|ssl|certificate/i, 'tls'],
  [/refused|timeout|timed out|could not translate|resolve|unreachable|closed the connection|not known/i, 'unreachable'],
];

function kindOf({ code, message }: SqlFailure, { engine }: DatabaseUrl): Kind | undefined {
  const known = engine === 'postgresql' ? ofPostgres : ofMySql;
  const byCode = code === null ? undefined : (known[code] ?? known[code.slice(0, 2)]);
  return byCode ?? (code === null ? sentences.find(([sentence]) => sentence.test(message))?.[1] : undefined);
}

/** What to type so that the user may make databases of previews, and no others where the server knows patterns. */
export const grantHint = ({ engine, user }: DatabaseUrl): string =>
  engine === 'postgresql'
    ? `Type as an administrator of the server: ALTER ROLE "${user}" CREATEDB;`
    : `Type as an administrator of the server: GRANT ALL PRIVILEGES ON \`${previewPrefix.replaceAll('_', '\\_')}%\`.* TO '${user}'@'%';`;

/** A failure of the server or on the way to it, as an error that says what to do. */
export function sqlError(failure: SqlFailure, url: DatabaseUrl): DeployError {
  const server = serverName(url);
  const said = shorten(failure.message.replace(/\s+/g, ' ').trim(), 400).replace(/\.$/, '');
  const other = (code: 'DATABASE_FAILED' | 'DATABASE_UNREACHABLE', sentence: string, hint: string) =>
    new DeployError(code, `${server} ${sentence}: ${said}.`, { hint });
  switch (kindOf(failure, url)) {
    case 'denied':
      return new DeployError(
        'DATABASE_DENIED',
        `${server} does not let "${url.user}" make or drop a database: ${said}.`,
        {
          hint: grantHint(url),
        },
      );
    case 'login':
      return new DeployError('DATABASE_DENIED', `${server} does not accept the user of database-url: ${said}.`, {
        hint: 'Check user and password of database-url. What is special in a password is escaped: @ is %40, / is %2F.',
      });
    case 'missing':
      return other(
        'DATABASE_FAILED',
        'does not have the database that database-url names',
        'The action connects to it to make others beside it. Name one that exists, for example "postgres".',
      );
    case 'connections':
      return other(
        'DATABASE_FAILED',
        'has too many connections',
        'Close pull requests that need no preview, lower CONN_MAX_AGE, or raise the limit of the server. Then run the job again.',
      );
    case 'disk':
      return other(
        'DATABASE_FAILED',
        'has no room for another database',
        'Close pull requests that need no preview, or give the server a larger disk. Then run the job again.',
      );
    case 'read-only':
      return other(
        'DATABASE_FAILED',
        'takes no writes',
        'database-url has to lead to the primary server, not to a replica.',
      );
    case 'tls':
      return other(
        'DATABASE_UNREACHABLE',
        'does not take the connection as it is',
        `Say in database-url how it is secured: ${url.engine === 'postgresql' ? '?sslmode=require' : '?ssl-mode=REQUIRED'}. A file with certificates has to be in the checkout.`,
      );
    case 'unreachable':
      return other(
        'DATABASE_UNREACHABLE',
        'does not answer',
        'Check host and port of database-url, and whether the server lets this runner in: trusted-source opens it while the run needs it.',
      );
    default:
      return other(
        'DATABASE_FAILED',
        'answered with an error',
        'Look at the log of the server, and run the job again.',
      );
  }
}
