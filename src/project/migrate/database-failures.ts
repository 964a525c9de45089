import { DeployError, type ErrorCode } from '../../core/errors.ts';
import type { Refusal } from './migration-outcome.ts';

interface Rule {
  /** SQLSTATEs of PostgreSQL, and error numbers of MySQL and MariaDB. */
  readonly codes?: readonly string[];
  /** Where the driver tells no code: what libpq, libmysqlclient, libmariadb, PyMySQL and the system say. */
  readonly says?: RegExp;
  readonly code: ErrorCode;
  readonly message: (refusal: Refusal) => string;
  readonly hint: (refusal: Refusal) => string;
}

const portOf = ({ port, vendor }: Refusal): string => port || (vendor === 'mysql' ? '3306' : '5432');
const serverOf = (refusal: Refusal): string => `${refusal.host || 'this machine'}, port ${portOf(refusal)}`;

const letIn =
  'GitHub’s runners have another address in every run. Let this one in for the time of the migration (trusted-source), use a runner in the network of the database, or set migrate: host, so that the host migrates from inside.';

const tlsOptions = ({ vendor }: Refusal): string =>
  vendor === 'mysql' ? '?ssl-mode=REQUIRED, or ?ssl-ca=<path of the certificate>' : '?sslmode=require';

/** The first rule that matches counts. Codes: PostgreSQL, Appendix A; MySQL and MariaDB, "Error Message Reference". */
const rules: readonly Rule[] = [
  {
    codes: ['2005'],
    says: /could not translate host name|Name or service not known|nodename nor servname|getaddrinfo failed|Temporary failure in name resolution|Unknown (MySQL |server )?(server )?host|failed to resolve host|\[Errno -[235]\]|No address associated/i,
    code: 'DATABASE_UNREACHABLE',
    message: ({ host }) => `There is no server of the name ${host}.`,
    hint: () =>
      'Check the name in database-url. A name that only the host knows (Render’s internal URL, a Docker service, a private network) cannot be reached from a runner: take the external one, or set migrate: host.',
  },
  {
    says: /through socket|No such file or directory.*(socket|\.s\.PGSQL)|\.s\.PGSQL\.\d+/i,
    code: 'DATABASE_UNREACHABLE',
    message: () => 'The database was looked for on this runner, by a local socket, and there is none.',
    hint: () =>
      'Write the name of the server into database-url. For a server of the job itself (a service container) write 127.0.0.1 instead of localhost: MySQL’s drivers take localhost for a socket.',
  },
  {
    says: /Connection refused|\(111\)|actively refused|\[Errno (111|61)\]|Errno 10061/i,
    code: 'DATABASE_UNREACHABLE',
    message: (refusal) => `Nothing listens at ${serverOf(refusal)}: the connection was refused.`,
    hint: () =>
      'Check host and port in database-url, whether the server runs, and whether it listens to the network and not to itself alone.',
  },
  {
    says: /time(d)? ?out|timeout expired|No route to host|Network is unreachable|\(11[03]\)|system error: 110|\[Errno (110|113|101|60)\]/i,
    code: 'DATABASE_UNREACHABLE',
    message: (refusal) => `The database at ${serverOf(refusal)} did not answer in time.`,
    hint: () => `Most often a firewall drops what it does not know. ${letIn}`,
  },
  {
    // libmariadb says this of a port that refuses and of one that is silent.
    says: /\(115\)/,
    code: 'DATABASE_UNREACHABLE',
    message: (refusal) => `Nothing answers at ${serverOf(refusal)}.`,
    hint: () =>
      `Check host and port in database-url, and whether the server runs. Or a firewall drops what it does not know. ${letIn}`,
  },
  {
    says: /server does not support SSL|SSL was required, but|doesn't support SSL|does not support secure|SSL is required,? but the server|SSL is not supported|without SSL support/i,
    code: 'DATABASE_TLS',
    message: (refusal) => `The database at ${serverOf(refusal)} has no TLS, and database-url demands it.`,
    hint: ({ vendor }) =>
      `Take ${vendor === 'mysql' ? 'ssl-mode and ssl-ca' : 'sslmode'} out of database-url if the way to the server is private (a service container); else switch TLS on at the server.`,
  },
  {
    codes: ['1129', '1130'],
    says: /(no pg_hba\.conf entry|pg_hba\.conf rejects)[\s\S]*(SSL encryption|SSL on)|is not allowed to connect to this|not allowed to connect from this address|Host '.*' is blocked/i,
    code: 'DATABASE_DENIED',
    message: (refusal) =>
      `The database at ${serverOf(refusal)} lets nobody in from the address of this runner, and with that user and database.`,
    hint: () => letIn,
  },
  {
    codes: ['3159'],
    says: /(no pg_hba\.conf entry|pg_hba\.conf rejects).*(no encryption|SSL off)|require_secure_transport|SSL( connection)? is required|connections? using insecure transport are prohibited|server requires (SSL|encryption)|sslmode.*required/i,
    code: 'DATABASE_TLS',
    message: (refusal) => `The database at ${serverOf(refusal)} takes connections with TLS alone.`,
    hint: (refusal) => `End database-url in ${tlsOptions(refusal)}.`,
  },
  {
    says: /certificate verify failed|certificate validation failed|self[- ]signed|unable to get (local )?issuer|root certificate file|sslrootcert|does not match host name|hostname mismatch|doesn't match|CA certificate|SSL_CTX_|validation of peer certificate/i,
    code: 'DATABASE_TLS',
    message: (refusal) => `The certificate of the database at ${serverOf(refusal)} is not trusted.`,
    hint: ({ vendor }) =>
      vendor === 'mysql'
        ? 'Write the CA certificate of the vendor into a file in a step before this one, and end database-url in ?ssl-ca=<its path>.'
        : 'Write the CA certificate of the vendor into a file in a step before this one, and end database-url in ?sslmode=verify-full&sslrootcert=<its path>.',
  },
  {
    says: /TLS\/SSL error|SSL error|SSL connection error/i,
    code: 'DATABASE_TLS',
    message: (refusal) => `TLS with the database at ${serverOf(refusal)} failed.`,
    hint: () =>
      'The server’s own sentence says what it did not like: a version of TLS, a certificate of the client, a cipher.',
  },
  {
    codes: ['28P01', '28000', '1045', '1698', '1251', '1862'],
    says: /password authentication failed|Access denied for user .*using password|authentication failed|no password supplied|role ".*" (does not exist|is not permitted to log in)|no pg_hba\.conf entry/i,
    code: 'DATABASE_LOGIN_FAILED',
    message: (refusal) =>
      `The database at ${serverOf(refusal)} does not let the user "${refusal.user}" in: user name or password is wrong.`,
    hint: ({ vendor }) =>
      `Copy the URL from the host again into the secret that database-url takes. Characters such as @ : / # % ? in the password have to be percent-encoded in a URL: @ is %40.${vendor === 'mysql' ? ' A user that has to come with TLS is refused in the same words: end database-url in ?ssl-mode=REQUIRED.' : ''}`,
  },
  {
    codes: ['3D000', '1049', '1044'],
    says: /database ".*" does not exist|Unknown database|Access denied for user .* to database/i,
    code: 'DATABASE_NOT_FOUND',
    message: (refusal) =>
      `There is no database "${refusal.name}" at ${serverOf(refusal)}, or the user "${refusal.user}" may not use it.`,
    hint: ({ name }) =>
      `Check the end of database-url; the name is case-sensitive. A new server has none yet: CREATE DATABASE ${name || '<name>'}.`,
  },
  {
    codes: ['53300', '1040', '1203', '1226', '53200'],
    says: /too many (clients|connections)|remaining connection slots|max_user_connections|connection limit exceeded|no more connections allowed|max client conn/i,
    code: 'DATABASE_BUSY',
    message: (refusal) => `The database at ${serverOf(refusal)} has no connection left.`,
    hint: () =>
      'migrate needs two connections. End those that are idle, lower CONN_MAX_AGE and the number of workers, or go through the vendor’s connection pool. Then run the job again.',
  },
  {
    codes: ['57P03', '57P01', '57P02', '1053'],
    says: /starting up|shutting down|in recovery mode|server shutdown/i,
    code: 'DATABASE_BUSY',
    message: (refusal) => `The database at ${serverOf(refusal)} is just starting or stopping.`,
    hint: () =>
      'Wait until it is up, then run the job again. A database that sleeps when it is idle needs a moment, too.',
  },
  {
    codes: ['25006', '1290', '1836', '1792'],
    says: /read-only transaction|--read-only|super-read-only|read only mode|read-only mode|cannot execute .* during recovery/i,
    code: 'DATABASE_READ_ONLY',
    message: (refusal) => `The database at ${serverOf(refusal)} can only be read.`,
    hint: readOnlyHint,
  },
  {
    codes: ['42501', '1142', '1143', '1227', '1370'],
    says: /permission denied|must be (owner|superuser)|command denied to user/i,
    code: 'DATABASE_DENIED',
    message: ({ user, name }) => `The user "${user}" may not change the database "${name}".`,
    hint: grantHint,
  },
];

function readOnlyHint(): string {
  return 'It is a replica, or its vendor has made it read-only (a full disk, maintenance). Give database-url the address of the primary.';
}

function grantHint({ vendor, user, name }: Refusal): string {
  return vendor === 'mysql'
    ? `Give it the rights, as an administrator: GRANT ALL PRIVILEGES ON \`${name}\`.* TO '${user}'@'%'; or take the user that owns the tables.`
    : `Take the user that owns the tables, or give it the rights, as an administrator of this database: GRANT CREATE ON SCHEMA public TO "${user}"; (from PostgreSQL 15 on nobody else has them).`;
}

/** The sentence of the server, without what it repeats. */
const sentenceOf = ({ message }: Refusal): string => {
  const lines = message
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return [...new Set(lines)].slice(0, 6).join('\n  ');
};

function ruleOf({ code, message }: Refusal): Rule | undefined {
  const bySentence = rules.find(({ says }) => says?.test(message));
  const byCode = code === null ? undefined : rules.find(({ codes }) => codes?.includes(code));
  return byCode ?? bySentence;
}

/** Why a database did not let in, or not do, with the server's own sentence; undefined where nobody has foreseen it. */
export function knownRefusal(refusal: Refusal): DeployError | undefined {
  const rule = ruleOf(refusal);
  return (
    rule &&
    new DeployError(rule.code, `${rule.message(refusal)}\n  ${sentenceOf(refusal)}`, { hint: rule.hint(refusal) })
  );
}

export function refusalError(refusal: Refusal): DeployError {
  return (
    knownRefusal(refusal) ??
    new DeployError(
      'DATABASE_FAILED',
      `The database at ${serverOf(refusal)} answered with an error.\n  ${sentenceOf(refusal)}`,
      {
        hint: 'The sentence is the server’s or the driver’s own.',
      },
    )
  );
}

/** What the server told of itself before anything ran: it can only be read, or the user may make no tables in it. */
export const readOnlyError = (alias: string, reason: string): DeployError =>
  new DeployError('DATABASE_READ_ONLY', `The database "${alias}" can only be read: ${reason}.`, {
    hint: readOnlyHint(),
  });

export { sentenceOf };
