import * as v from 'valibot';
import { count, type Parsed, parseJson, type Shaped } from '../../lib/json-shape.ts';
import { stepFailure } from '../django/outcome.ts';

const maybeText = v.nullable(v.string());
const maybeCount = v.nullable(count());
const maybe = <Schema extends v.GenericSchema>(schema: Schema) => v.exactOptional(v.nullable(schema));

/** What of a field decides how its column changes. */
const field = v.object({
  /** Name of its class. */
  type: v.string(),
  /** Null where it has none, as a many-to-many field. */
  column: maybeText,
  many_to_many: v.boolean(),
  /** `app.model` that it leads to. */
  relation: maybeText,
  /** The relation is a constraint of the database. */
  constraint: v.boolean(),
  column_type: maybeText,
  length: maybeCount,
  digits: maybeCount,
  places: maybeCount,
  null: v.boolean(),
  db_default: v.boolean(),
  /** The same value for each row, and not an expression. */
  db_default_literal: v.boolean(),
  generated: v.boolean(),
  unique: v.boolean(),
  index: v.boolean(),
  collation: maybeText,
});

/** One operation that changes the database; those of SeparateDatabaseAndState stand apart. */
const operation = v.object({
  /** Django's name of it, or of what it is made from; null for one that is made from none of Django's. */
  kind: maybeText,
  /** Full name of its class, if it is not Django's own. */
  own_class: maybeText,
  /** As Django describes it. */
  text: v.string(),
  app: v.string(),
  model: maybeText,
  table: maybeText,
  /** Its table is made by this very plan, so that it is empty and nobody uses it. */
  new_table: v.boolean(),
  /** Its table is one that Django makes and changes. */
  managed: v.boolean(),
  reversible: v.boolean(),
  /** A noop, a model that is not managed, or one that a router keeps out of this database. */
  no_effect: v.boolean(),
  old: v.nullable(field),
  new: v.nullable(field),
  old_name: maybeText,
  new_name: maybeText,
  index: v.nullable(v.object({ name: maybeText, type: v.string(), unique: v.boolean() })),
  /** Of RunSQL. */
  statements: v.nullable(v.array(v.string())),
  /** Of RunPython. */
  function: v.nullable(v.object({ name: v.string(), file: maybeText, line: maybeCount })),
  line: maybeCount,
  /** As the server estimates them; rows are null where it does not know. */
  size: v.nullable(v.object({ rows: maybeCount, bytes: count() })),
});

const migration = v.object({
  /** `app.0002_name`. */
  name: v.string(),
  app: v.string(),
  file: maybeText,
  /** The file is the project's own, not an installed package's. */
  own: v.boolean(),
  atomic: v.boolean(),
  /** How many operations it has. */
  count: count(),
  operations: v.array(operation),
});

const server = v.object({
  vendor: v.string(),
  product: v.string(),
  major: count(),
  minor: count(),
  /** Milliseconds of a SELECT 1. */
  round_trip: v.number(),
  transactional_ddl: v.boolean(),
  /** Why it cannot be written to. */
  read_only: maybeText,
  schema: maybeText,
  may_create: v.nullable(v.boolean()),
});

/** What the server said, or the driver in its place, and where it was asked. */
const refusal = v.object({
  type: v.string(),
  message: v.string(),
  /** SQLSTATE of PostgreSQL, or the number of MySQL's error. */
  code: maybeText,
  vendor: v.string(),
  host: v.string(),
  port: v.string(),
  name: v.string(),
  user: v.string(),
});

const broken = v.object({
  ...refusal.entries,
  migration: maybeText,
  file: maybeText,
  line: maybeCount,
  /** The operation that failed, as Django describes it. */
  operation: maybeText,
  /** Operations of this migration that were done before it, of so many. */
  done: count(),
  total: count(),
  atomic: v.boolean(),
  transactional_ddl: v.boolean(),
});

const database = v.object({
  alias: v.string(),
  vendor: v.exactOptional(v.string()),
  engine: v.exactOptional(maybeText),
  /** The driver could not be loaded. */
  failed: v.exactOptional(v.boolean()),
  refused: v.exactOptional(refusal),
  /** Django could not make a plan. */
  stopped: v.exactOptional(refusal),
  server: v.exactOptional(server),
  plan: v.exactOptional(v.object({ fresh: v.boolean(), migrations: v.array(migration) })),
  lock: v.exactOptional(
    v.object({
      held: v.boolean(),
      /** Who held it for the whole time that this run waited. */
      taken_by: maybe(v.string()),
      /** Why there is none. */
      reason: maybe(v.string()),
      waited_for: maybe(v.string()),
      /** What ended it before its time. */
      lost: maybe(v.string()),
    }),
  ),
  applied: v.exactOptional(v.array(v.object({ name: v.string(), seconds: v.number() }))),
  statements: v.exactOptional(count()),
  broke: v.exactOptional(broken),
});

/** What the steps in src/project/python/deploy_django_migrate/ write. */
const migrationOutcome = v.object({
  failures: v.array(stepFailure),
  throw_away: v.exactOptional(v.array(v.string())),
  /** The settings do not read DATABASE_URL, and this one of DATABASES was pointed to it. */
  pointed: maybe(v.string()),
  /** Databases of the settings that are on other servers. */
  others: v.exactOptional(v.array(v.string())),
  databases: v.exactOptional(v.array(database)),
  finished: v.exactOptional(v.boolean()),
});

export type MigrationOutcome = Parsed<typeof migrationOutcome>;
export type Database = Parsed<typeof database>;
export type Operation = Parsed<typeof operation>;
export type Field = Parsed<typeof field>;
export type Migration = Parsed<typeof migration>;
export type DatabaseServer = Parsed<typeof server>;
export type Refusal = Parsed<typeof refusal>;
export type Broken = Parsed<typeof broken>;

/** The project's code ran in the process that wrote it, so it is checked before it is used. */
export const readMigrationOutcome = (text: string): Shaped<MigrationOutcome> => parseJson(text, migrationOutcome);
