import { breaks, type Effect, isPostgres, locks, loses, type ServerKind, tableOf, unknown } from './effects.ts';
import { judgeAdded, judgeAltered, judgeRemoved, judgeRenamed } from './judge-fields.ts';
import { judgeSql } from './judge-sql.ts';
import type { Operation } from './migration-outcome.ts';

type Judge = (operation: Operation, server: ServerKind) => readonly Effect[];

const nothing: Judge = () => [];
const serving = 'the release that still serves';

const renamesTable: Judge = ({ old_name: from, new_name: to }) =>
  from === to
    ? []
    : [
        breaks(
          `renames the table ${from} to ${to}, and ${serving} asks for the old name until the new one is live: its queries fail. Keep the name in the database with db_table = "${from}".`,
        ),
      ];

const unique: Judge = (operation) => [
  breaks(
    `demands that rows of ${operation.table} are unique: it fails if two are the same, and so do writes of ${serving}`,
  ),
];

const buildsIndex: Judge = (operation, server) =>
  isPostgres(server)
    ? [
        locks(
          `blocks writes to ${tableOf(operation)} while the index is built. AddIndexConcurrently of django.contrib.postgres.operations does not (with atomic = False).`,
        ),
      ]
    : [];

const addsConstraint: Judge = (operation, server) => {
  if (operation.index?.unique)
    return [
      ...(isPostgres(server)
        ? [locks(`blocks writes to ${tableOf(operation)} while the index of the constraint is built`)]
        : []),
      ...unique(operation, server),
    ];
  const instead = isPostgres(server)
    ? ' AddConstraintNotValid and, in a migration after it, ValidateConstraint of django.contrib.postgres.operations do not.'
    : '';
  return [
    locks(`looks at every row of ${tableOf(operation)} under a lock.${instead}`),
    breaks(`adds a rule that what ${serving} writes to ${operation.table} may violate`),
  ];
};

/** Every operation of Django 3.2 to 6.0, by its name. */
const judges: Readonly<Record<string, Judge>> = {
  CreateModel: nothing,
  DeleteModel: (operation) => [
    loses(`deletes the table ${tableOf(operation)} with what is in it`),
    breaks(
      `removes the table ${operation.table}, which ${serving} asks for until the new one is live: its queries fail. Make it two releases: first code that does without it, then this migration.`,
    ),
  ],
  RenameModel: renamesTable,
  AlterModelTable: renamesTable,
  AlterModelTableComment: nothing,
  AlterModelOptions: nothing,
  AlterModelManagers: nothing,
  AlterUniqueTogether: (operation, server) =>
    operation.index?.name ? [...buildsIndexUnder(operation, server), ...unique(operation, server)] : [],
  AlterIndexTogether: (operation, server) => (operation.index?.name ? buildsIndexUnder(operation, server) : []),
  AlterOrderWithRespectTo: ({ table }) => [
    breaks(
      `adds or removes the column "_order" of ${table}, which ${serving} does not know of: its inserts or queries fail until the new one is live`,
    ),
  ],
  AddIndex: buildsIndex,
  RemoveIndex: nothing,
  RenameIndex: nothing,
  AddConstraint: addsConstraint,
  AlterConstraint: nothing,
  RemoveConstraint: nothing,
  AddField: judgeAdded,
  RemoveField: judgeRemoved,
  AlterField: judgeAltered,
  RenameField: judgeRenamed,
  RunSQL: ({ statements }, server) => judgeSql(statements ?? [], isPostgres(server)),
  RunPython: ({ function: code }) => [
    unknown(`runs ${code?.name ?? 'a function'}, and what it does with the data is not known`),
  ],
  // Their operations stand apart, each with its own line.
  SeparateDatabaseAndState: nothing,
  AddIndexConcurrently: nothing,
  RemoveIndexConcurrently: nothing,
  AddConstraintNotValid: ({ table }) => [breaks(`adds a rule that what ${serving} writes to ${table} may violate`)],
  ValidateConstraint: nothing,
  CreateCollation: nothing,
  RemoveCollation: nothing,
};

function buildsIndexUnder(operation: Operation, server: ServerKind): Effect[] {
  return isPostgres(server) ? [locks(`blocks writes to ${tableOf(operation)} while an index is built`)] : [];
}

/** Names of the operations that are judged by what they do. */
export const judgedOperations: readonly string[] = Object.keys(judges);

/** CreateExtension and the extensions that have a class of their own. */
const isExtension = (kind: string): boolean => /Extension$/.test(kind);

/**
 * What an operation does that somebody should know before it runs: data that goes, locks that are held, and what the release
 * that still serves cannot do any more. Sources: Django's schema editors, and "ALTER TABLE" and "Online DDL" of the servers' manuals.
 */
export function judgeOperation(operation: Operation, server: ServerKind): readonly Effect[] {
  const { kind, no_effect: noEffect, new_table: isNew, own_class: ownClass } = operation;
  if (noEffect) return [];
  if (kind === null || (!(kind in judges) && !isExtension(kind)))
    return [unknown(`is an operation that the action does not know (${ownClass ?? kind})`)];
  // Nobody uses a table that this very plan makes, and nothing is in it.
  if (isNew) return [];
  return judges[kind]?.(operation, server) ?? [];
}
