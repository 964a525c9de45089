import { compareTypes, rewrites } from './column-types.ts';
import {
  addsColumnsAtOnce,
  breaks,
  type Effect,
  isPostgres,
  locks,
  loses,
  type ServerKind,
  tableOf,
} from './effects.ts';
import type { Field, Operation } from './migration-outcome.ts';

const untilLive = 'until the new one is live';
const twoReleases = 'Make it two releases: first code that does without it, then this migration.';

/** An index that is built over the rows that are there. MySQL and MariaDB let writes go on meanwhile (Online DDL). */
const buildsIndex = (server: ServerKind, operation: Operation): Effect[] =>
  isPostgres(server) ? [locks(`blocks writes to ${tableOf(operation)} while an index is built`)] : [];

const mustHaveValue = (field: Field) => !field.null && !field.db_default && !field.generated;

export function judgeAdded(operation: Operation, server: ServerKind): Effect[] {
  const { new: field } = operation;
  if (!field || field.many_to_many || field.column === null) return [];
  const column = `column "${field.column}" of ${operation.table}`;
  const found: Effect[] = [];
  if (mustHaveValue(field))
    found.push(
      breaks(
        `makes the ${column} one that must have a value, and the database gives it none: inserts of the release that still serves fail ${untilLive}. Allow null, or set db_default (Django 5.0).`,
      ),
    );
  const computed = field.generated || (field.db_default && !field.db_default_literal);
  const fills = !field.null || field.db_default;
  if (computed)
    found.push(locks(`may write every row of ${tableOf(operation)} anew under a lock, to compute the ${column}`));
  else if (fills && !addsColumnsAtOnce(server))
    found.push(
      locks(
        `writes every row of ${tableOf(operation)} anew under a lock: ${server.product} ${server.major} cannot add a default at once`,
      ),
    );
  // The constraint comes with the column in one statement, which MySQL and MariaDB do with a copy while foreign keys are checked.
  if (field.relation !== null && field.constraint && !isPostgres(server))
    found.push(locks(`copies ${tableOf(operation)} and blocks writes meanwhile, for a foreign key`));
  else if (field.unique || field.index) found.push(...buildsIndex(server, operation));
  return found;
}

export function judgeRemoved(operation: Operation): Effect[] {
  const { old, table } = operation;
  if (!old)
    return [breaks(`removes a field that the release that still serves may ask for ${untilLive}. ${twoReleases}`)];
  if (old.many_to_many)
    return [
      loses('deletes the table of the relation with what is in it'),
      breaks(`removes a table that the release that still serves asks for ${untilLive}. ${twoReleases}`),
    ];
  if (old.column === null) return [];
  const lost = old.generated
    ? []
    : [loses(`deletes the column "${old.column}" of ${tableOf(operation)} with what is in it`)];
  return [
    ...lost,
    breaks(
      `removes the column "${old.column}" of ${table}, which the release that still serves asks for ${untilLive}: its queries fail. ${twoReleases}`,
    ),
  ];
}

export function judgeRenamed({ old, new: field, table, old_name: before, new_name: after }: Operation): Effect[] {
  const [from, to] = [old?.column ?? before, field?.column ?? after];
  if (from === to || old?.many_to_many) return [];
  return [
    breaks(
      `renames the column "${from}" of ${table} to "${to}", and the release that still serves asks for the old name ${untilLive}: its queries fail. Keep the name in the database with db_column="${from}".`,
    ),
  ];
}

function judgeType(operation: Operation, old: Field, field: Field, server: ServerKind): Effect[] {
  const [before, after] = [old.column_type, field.column_type];
  const column = `the column "${field.column}" of ${tableOf(operation)}`;
  if (before === null || after === null || before === after) return [];
  const change = compareTypes(before, after);
  const found: Effect[] = [];
  if (change === 'narrower')
    found.push(
      loses(`makes ${column} ${after} instead of ${before}: what does not fit is cut, or the migration fails on it`),
    );
  if (change === 'other')
    found.push(
      loses(
        `makes ${column} ${after} instead of ${before}: what cannot be converted is lost, or the migration fails on it`,
      ),
    );
  if (change === 'narrower' || change === 'other')
    found.push(
      breaks(`changes the type of ${column}, and the release that still serves goes on with ${before} ${untilLive}`),
    );
  if (rewrites(server.vendor, before, after))
    found.push(locks(`writes every row of ${tableOf(operation)} anew under a lock, as ${after} instead of ${before}`));
  return found;
}

export function judgeAltered(operation: Operation, server: ServerKind): Effect[] {
  const { old, new: field, table } = operation;
  if (!old || !field || field.many_to_many || field.column === null) return [];
  const found: Effect[] = [];
  if (old.column !== null && old.column !== field.column) found.push(...judgeRenamed(operation));
  found.push(...judgeType(operation, old, field, server));
  const column = `the column "${field.column}" of ${table}`;
  if (old.null && !field.null) {
    found.push(
      locks(`looks at every row of ${tableOf(operation)} under a lock, for ${column} must have a value`),
      breaks(
        `makes ${column} one that must have a value: the release that still serves may write none ${untilLive}, and its inserts fail`,
      ),
    );
  }
  if (!old.unique && field.unique)
    found.push(
      ...buildsIndex(server, operation),
      breaks(
        `makes ${column} unique: it fails if two rows have one value, and so do writes of the release that still serves`,
      ),
    );
  else if (!old.index && field.index && !old.unique) found.push(...buildsIndex(server, operation));
  if (old.collation !== field.collation && old.column_type === field.column_type)
    found.push(locks(`writes ${tableOf(operation)} anew under a lock, for another collation`));
  return found;
}
