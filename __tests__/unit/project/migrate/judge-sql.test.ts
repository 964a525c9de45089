import { expect, test } from '@jest/globals';
import { judgeSql } from '../../../../src/project/migrate/judge-sql.ts';

const kinds = (sql: string, postgres = true) => judgeSql([sql], postgres).map(({ kind }) => kind);

test.each([
  ['DROP TABLE a', ['loses', 'breaks']],
  ['drop table if exists a cascade;', ['loses', 'breaks']],
  ['ALTER TABLE a DROP COLUMN b', ['loses', 'breaks']],
  ['ALTER TABLE "a"."b" DROP b', ['loses', 'breaks']],
  ['ALTER TABLE a DROP CONSTRAINT b', []],
  ['ALTER TABLE a ADD COLUMN b integer, DROP COLUMN c', ['loses', 'breaks']],
  ['TRUNCATE a', ['loses']],
  ['DELETE FROM a WHERE b = 1', ['loses']],
  ['WITH old AS (SELECT 1) DELETE FROM a USING old', ['loses']],
  ['UPDATE a SET b = 1', ['loses']],
  ['ALTER TABLE a RENAME COLUMN b TO c', ['breaks']],
  ['RENAME TABLE a TO b', ['breaks']],
  ['CREATE INDEX i ON a (b)', ['locks']],
  ['CREATE UNIQUE INDEX CONCURRENTLY i ON a (b)', []],
  ['ALTER TABLE a ALTER COLUMN b TYPE text', ['locks']],
  ['ALTER TABLE a MODIFY b text', ['locks']],
  ['ALTER TABLE a ALTER b SET NOT NULL', ['locks', 'breaks']],
  ['ALTER TABLE a ADD CONSTRAINT c CHECK (b > 0)', ['locks', 'breaks']],
  ['ALTER TABLE a ADD CONSTRAINT c CHECK (b > 0) NOT VALID', ['breaks']],
  ['ALTER TABLE a VALIDATE CONSTRAINT c', []],
  ['ALTER TABLE a ADD b integer NOT NULL', ['breaks']],
  ['ALTER TABLE a ADD b numeric(10, 2) NOT NULL DEFAULT 0', []],
  ['LOCK TABLE a', ['locks']],
  ['SELECT 1', []],
  ['CREATE EXTENSION IF NOT EXISTS pg_trgm', []],
  ['INSERT INTO a VALUES (1)', []],
  ['-- DROP TABLE a\nSELECT 1', []],
  ["COMMENT ON TABLE a IS 'DROP TABLE a; DELETE FROM b'", []],
  ['CREATE FUNCTION f() RETURNS trigger AS $x$ BEGIN DELETE FROM a; RETURN NEW; END $x$ LANGUAGE plpgsql', []],
  ['SELECT 1; DROP TABLE a', ['loses', 'breaks']],
  ['DO $$ BEGIN DELETE FROM a; END $$', ['unknown']],
  ['CALL something()', ['unknown']],
  ['CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f()', ['unknown']],
])('%s', (sql, expected) => {
  expect(kinds(sql)).toEqual(expected);
});

test('MySQL and MariaDB let writes go on while an index is built', () => {
  expect(kinds('CREATE INDEX i ON a (b)', false)).toEqual([]);
});

test('what several statements do is said once, and an unknown one is shown without its end', () => {
  expect(judgeSql(['DELETE FROM a', 'DELETE FROM b'], true)).toHaveLength(1);
  const [effect] = judgeSql([`CALL ${'x'.repeat(200)}()`], true);
  expect(effect?.text.length).toBeLessThan(150);
});
