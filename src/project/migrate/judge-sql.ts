import { shorten } from '../../lib/text.ts';
import { breaks, type Effect, locks, loses, unknown } from './effects.ts';

/** Without comments, and with texts and bodies of functions replaced, so that words in them do not count as words of the statement. */
const plain = (sql: string): string =>
  sql
    .replace(/(\$[A-Za-z_]*\$)[\s\S]*?\1/g, "''")
    .replace(/'(?:[^']|'')*'/g, "''")
    .replace(/--[^\n]*/g, ' ')
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

interface Rule {
  readonly when: RegExp;
  readonly effects: (postgres: boolean) => readonly Effect[];
}

const serving = 'the release that still serves may ask for it until the new one is live';

/** The first that matches a part of ALTER TABLE. */
const alterations: readonly Rule[] = [
  {
    when: /^DROP (COLUMN )?(IF EXISTS )?(?!CONSTRAINT|INDEX|PRIMARY|FOREIGN|DEFAULT|CHECK|KEY)/i,
    effects: () => [loses('deletes a column with what is in it'), breaks(`removes a column: ${serving}`)],
  },
  { when: /^DROP /i, effects: () => [] },
  { when: /^RENAME /i, effects: () => [breaks(`renames something: ${serving} by its old name`)] },
  { when: /^VALIDATE CONSTRAINT/i, effects: () => [] },
  {
    when: /^ADD (CONSTRAINT|CHECK|UNIQUE|PRIMARY|FOREIGN|EXCLUDE).*\bNOT VALID/i,
    effects: () => [breaks('adds a constraint, which what the old release writes may violate')],
  },
  {
    when: /^ADD (CONSTRAINT|CHECK|UNIQUE|PRIMARY|FOREIGN|EXCLUDE)/i,
    effects: () => [
      locks('checks every row of the table under a lock'),
      breaks('adds a constraint, which what the old release writes may violate'),
    ],
  },
  { when: /^ADD (INDEX|KEY|FULLTEXT|SPATIAL)/i, effects: () => [] },
  {
    when: /^ADD (?!.*\bDEFAULT\b).*\bNOT NULL\b/i,
    effects: () => [breaks('adds a column that must have a value, and the release that still serves gives it none')],
  },
  { when: /^ADD /i, effects: () => [] },
  {
    when: /^(ALTER (COLUMN )?\S+ (SET DATA )?TYPE|MODIFY|CHANGE) /i,
    effects: () => [locks('may write every row of the table anew under a lock')],
  },
  {
    when: /^ALTER (COLUMN )?\S+ SET NOT NULL/i,
    effects: () => [
      locks('checks every row of the table under a lock'),
      breaks('makes a column one that must have a value, and the release that still serves may give it none'),
    ],
  },
  {
    when: /^ALTER (COLUMN )?\S+ (SET|DROP) (DEFAULT|STATISTICS|STORAGE)|^ALTER (COLUMN )?\S+ DROP NOT NULL/i,
    effects: () => [],
  },
  { when: /^(SET|RESET|OWNER|ENABLE|DISABLE|ATTACH|COMMENT)\b/i, effects: () => [] },
];

const statements: readonly Rule[] = [
  {
    when: /^DROP (TABLE|SCHEMA|DATABASE)\b/i,
    effects: () => [loses('deletes a table with what is in it'), breaks(`removes a table: ${serving}`)],
  },
  { when: /^DROP (MATERIALIZED )?VIEW\b/i, effects: () => [breaks(`removes a view: ${serving}`)] },
  { when: /^TRUNCATE\b/i, effects: () => [loses('deletes every row of a table')] },
  { when: /\bDELETE FROM\b|^DELETE\b/i, effects: () => [loses('deletes rows')] },
  { when: /^(WITH\b.*)?\bUPDATE \S+.* SET\b/i, effects: () => [loses('writes over what is in rows')] },
  { when: /^RENAME TABLE\b/i, effects: () => [breaks(`renames a table: ${serving} by its old name`)] },
  { when: /^CREATE (UNIQUE )?INDEX CONCURRENTLY\b|^REINDEX .*\bCONCURRENTLY\b/i, effects: () => [] },
  {
    when: /^CREATE (UNIQUE )?INDEX\b|^REINDEX\b/i,
    effects: (postgres) =>
      postgres
        ? [locks('blocks writes while an index is built; CREATE INDEX CONCURRENTLY does not (with atomic = False)')]
        : [],
  },
  { when: /^(CLUSTER|VACUUM FULL|LOCK)\b/i, effects: () => [locks('locks a table')] },
  { when: /^DROP (INDEX|EXTENSION|FUNCTION|TRIGGER|SEQUENCE|COLLATION)\b/i, effects: () => [] },
  {
    when: /^CREATE (OR REPLACE )?(TEMP(ORARY)? |UNLOGGED )?(TABLE|(MATERIALIZED )?VIEW|EXTENSION|SCHEMA|SEQUENCE|TYPE|FUNCTION|PROCEDURE|COLLATION|STATISTICS|DOMAIN|AGGREGATE|TEXT SEARCH|ROLE|FULLTEXT|SPATIAL)\b/i,
    effects: () => [],
  },
  {
    when: /^(SELECT|SET|RESET|COMMENT|GRANT|REVOKE|ANALYZE|VACUUM|BEGIN|COMMIT|INSERT|SHOW|REFRESH)\b/i,
    effects: () => [],
  },
];

/** The parts of ALTER TABLE, which stand between commas outside of parentheses. */
function alterationsOf(statement: string): string[] | undefined {
  const [, rest] =
    /^ALTER TABLE (?:IF EXISTS )?(?:ONLY )?(?:"[^"]+"|`[^`]+`|[\w.]+)(?:\.(?:"[^"]+"|`[^`]+`|\w+))? (.*)$/i.exec(
      statement,
    ) ?? [];
  if (rest === undefined) return undefined;
  const parts: string[] = [''];
  let depth = 0;
  for (const letter of rest) {
    depth += letter === '(' ? 1 : letter === ')' ? -1 : 0;
    if (letter === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim());
}

const longestShown = 80;

function effectsOf(statement: string, postgres: boolean): readonly Effect[] {
  const parts = alterationsOf(statement);
  const found = (parts ?? [statement]).map((part) =>
    (parts ? alterations : statements).find(({ when }) => when.test(part)),
  );
  if (found.includes(undefined))
    return [unknown(`runs SQL that the action does not know: ${shorten(statement, longestShown)}`)];
  return found.flatMap((rule) => rule?.effects(postgres) ?? []);
}

/** What statements of RunSQL do, as far as their first words tell. */
export function judgeSql(sql: readonly string[], postgres: boolean): Effect[] {
  const found = sql.flatMap((text) =>
    plain(text)
      .split(';')
      .map((one) => one.trim())
      .filter(Boolean)
      .flatMap((one) => effectsOf(one, postgres)),
  );
  return found.filter(({ text }, at) => found.findIndex((other) => other.text === text) === at);
}
