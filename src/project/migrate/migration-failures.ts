import { DeployError, inBrackets } from '../../core/errors.ts';
import { listSome, plural, shorten } from '../../lib/text.ts';
import { placeIn } from '../checkout/place.ts';
import { describeFailure, remedyOf } from '../django/django-failures.ts';
import { knownRefusal, readOnlyError, refusalError, sentenceOf } from './database-failures.ts';
import type { Broken, Database, MigrationOutcome, Refusal } from './migration-outcome.ts';

const drivers: readonly { readonly module: RegExp; readonly install: string }[] = [
  { module: /psycopg/i, install: 'psycopg[binary]' },
  { module: /MySQLdb|mysqlclient|pymysql/i, install: 'mysqlclient' },
];

/** The project has no driver for the database that is to be migrated. */
function driverError(message: string): DeployError {
  const install = drivers.find(({ module }) => module.test(message))?.install ?? 'the driver of your database';
  return new DeployError(
    'DATABASE_DRIVER_MISSING',
    `The project has no driver for the database: ${shorten(message, 300)}`,
    {
      hint: `Add ${install} to the dependencies (requirements.txt or pyproject.toml): the server needs it, too.`,
    },
  );
}

const isDriver = (text: string) =>
  /psycopg|MySQLdb|mysqlclient|pymysql/i.test(text) && /loading|No module named|did you install/i.test(text);

const nowhere: Readonly<Record<string, string>> = {
  sqlite: 'an SQLite file, which would be made on this runner and thrown away',
  dummy: 'none',
  unknown: 'none',
};

/** A database that is not on a server is nobody's: it would be migrated in vain, and green. */
function refuseLocal({ alias, vendor = 'unknown' }: Database): void {
  const what = nowhere[vendor];
  if (what === undefined) return;
  throw new DeployError(
    'DATABASE_NOT_SET',
    `migrate: run has no server to migrate: the settings' database "${alias}" is ${what}.`,
    {
      hint: `Set database-url: \${{ secrets.DATABASE_URL }}. A secret that does not exist is empty: check its name, and whether the job has the "environment:" that holds it. If the settings read other variables (DB_HOST, DB_PASSWORD …), give those by env.`,
    },
  );
}

/** Sentences of Django about the project's migrations, and what to do. */
const planHints: readonly (readonly [RegExp, string])[] = [
  [/Conflicting migrations/, 'Run "python manage.py makemigrations --merge" and commit the file.'],
  [
    /is applied before its dependency/,
    'Migrations were renumbered or added behind ones that this database has. Put the dependency right, or tell the database by "python manage.py migrate --fake".',
  ],
  [
    /NodeNotFoundError|nonexistent parent node|dependencies reference/,
    'A migration names another that is not in the checkout. Commit its file.',
  ],
  [
    /42P07|42701|already exists|Duplicate column|Duplicate key name|\b10(50|60|61)\b/,
    'What it makes is there already: an earlier run stopped in the middle, or somebody made it by hand. Take it out of the database, or tell Django that it is done: "python manage.py migrate --fake <app> <migration>".',
  ],
  [
    /doesn't exist|does not exist|Unknown column/,
    'What it asks for is not there: the database is not what the migrations before it have left. Compare it with "python manage.py showmigrations".',
  ],
  [
    /contains null values|cannot be null|Data truncated|violates not-null|Invalid use of NULL/i,
    'Rows are there that the new rule forbids. Fill them in a migration before it (RunPython or RunSQL), or give the field a default.',
  ],
  [
    /could not create unique index|Duplicate entry|violates unique|duplicate key value/i,
    'Rows are there that have the same value. Make them different in a migration before it.',
  ],
  [
    /deadlock|lock timeout|Lock wait timeout|canceling statement due to lock/i,
    'Another connection held the table. Run the job again, at a time with fewer writes.',
  ],
  [
    /statement timeout|max_statement_time|maximum statement execution time/i,
    'The server stops statements that take this long. Raise its statement_timeout for the user of database-url.',
  ],
  [
    /value too long|Data too long|out of range|numeric field overflow/i,
    'Rows are there that do not fit. Shorten them in a migration before it.',
  ],
];

const hintOf = (text: string): string | undefined => planHints.find(([says]) => says.test(text))?.[1];

function stoppedError(alias: string, stopped: Refusal): DeployError {
  const reason = `${stopped.type}: ${stopped.message}`;
  return new DeployError(
    'MIGRATION_FAILED',
    `Django cannot tell what the database "${alias}" lacks: ${shorten(reason, 600)}`,
    {
      hint: hintOf(reason) ?? 'The traceback stands in the log.',
    },
  );
}

/** What stays in the database of the run that failed, so that nobody has to guess. */
function left({ broke, applied = [] }: Database): string {
  const names = applied.map(({ name }) => name);
  const before = names.length === 0 ? 'No migration ran before it' : `Before it ran, and stay: ${listSome(names, 10)}`;
  if (!broke?.migration) return before;
  const undone = broke.transactional_ddl && broke.atomic;
  if (undone) return `${before}. Of ${broke.migration} nothing is left: the server has undone it.`;
  if (broke.done === 0 && !broke.operation) return `${before}.`;
  const why = broke.transactional_ddl ? 'it has atomic = False' : 'this server cannot undo changes of tables';
  const done =
    broke.done === 0
      ? 'its first operation may be done in part'
      : `${plural(broke.done, 'operation')} of ${broke.total} are done, and the next may be in part`;
  return `${before}. Of ${broke.migration}, ${done}, because ${why}: undo them by hand before the next run.`;
}

function brokenError(database: Database, broke: Broken, workspace: string): DeployError {
  const known = knownRefusal(broke);
  const what = broke.migration
    ? `The migration ${broke.migration} failed${broke.operation ? ` at "${broke.operation}"` : ''}`
    : 'migrate failed outside of a migration';
  const place = placeIn(workspace, broke.file, broke.line);
  const at = inBrackets(place.at);
  const reason = `${broke.type}: ${shorten(sentenceOf(broke), 800)}`;
  return new DeployError(
    known?.code ?? 'MIGRATION_FAILED',
    `${what}${at}. Nothing was released.\n  ${reason}\n${left(database)}`,
    {
      hint: known?.hint ?? hintOf(`${broke.code ?? ''} ${reason}`) ?? 'The traceback stands in the log of this step.',
      ...place,
    },
  );
}

function lockError(takenBy: string, alias: string): DeployError {
  return new DeployError(
    'MIGRATION_LOCKED',
    `${takenBy} migrates the database "${alias}", and did not come to its end in time.`,
    {
      hint: 'Wait for that run, then run this job again. A longer timeout waits longer; "concurrency:" in the workflow lets one deploy run at a time.',
    },
  );
}

function databaseError(database: Database, workspace: string): DeployError | undefined {
  const { alias, refused, stopped, broke, server, plan, lock } = database;
  if (refused) return refusalError(refused);
  if (server?.read_only) return readOnlyError(alias, server.read_only);
  if (stopped) return isDriver(stopped.message) ? driverError(stopped.message) : stoppedError(alias, stopped);
  if (broke) return brokenError(database, broke, workspace);
  if (lock?.taken_by) return lockError(lock.taken_by, alias);
  if (plan?.fresh && plan.migrations.length > 0 && server?.may_create === false)
    return noSchemaError(alias, server.schema);
  return undefined;
}

const noSchemaError = (alias: string, schema: string | null): DeployError =>
  new DeployError(
    'DATABASE_DENIED',
    `The user of the database "${alias}" may not make tables in ${schema ? `the schema "${schema}"` : 'any schema'}.`,
    {
      hint: 'Take the user that owns the database, or give it the right, as an administrator of this database: GRANT CREATE ON SCHEMA public TO "<user>"; (from PostgreSQL 15 on nobody else has it).',
    },
  );

/** @throws DeployError with what stopped the look at the databases, or the migrations. */
export function throwFailure(outcome: MigrationOutcome, workspace: string): void {
  const [failure] = outcome.failures;
  if (failure) {
    const text = [failure.message, failure.cause?.message, failure.import_error?.message].filter(Boolean).join('\n');
    if (isDriver(text)) throw driverError(text);
    const last = failure.frames.at(-1);
    throw new DeployError('DJANGO_FAILED', describeFailure(failure), {
      hint: remedyOf(failure),
      ...placeIn(workspace, last?.file, last?.line),
    });
  }
  for (const database of outcome.databases ?? []) {
    const { failed } = database;
    if (failed !== true) refuseLocal(database);
    const error = databaseError(database, workspace);
    if (error) throw error;
  }
}
