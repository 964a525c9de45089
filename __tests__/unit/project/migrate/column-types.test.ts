import { expect, test } from '@jest/globals';
import { compareTypes, rewrites } from '../../../../src/project/migrate/column-types.ts';

/** Types of columns as Django 4.2 to 6.0 write them, and whether each server writes every row anew (its manual's word). */
test.each([
  ['varchar(100)', 'varchar(200)', 'wider', false, false],
  ['varchar(60)', 'varchar(100)', 'wider', false, true],
  ['varchar(100)', 'text', 'wider', false, true],
  ['varchar(100)', 'longtext', 'wider', false, true],
  ['varchar(200)', 'varchar(100)', 'narrower', true, true],
  ['text', 'varchar(100)', 'narrower', true, true],
  ['varchar(100)', 'varchar', 'wider', false, true],
  ['integer', 'bigint', 'wider', true, true],
  ['bigint', 'integer', 'narrower', true, true],
  ['bigint', 'smallint', 'narrower', true, true],
  ['integer', 'integer UNSIGNED', 'wider', true, true],
  ['numeric(10, 2)', 'numeric(12, 2)', 'wider', false, true],
  ['numeric(10, 2)', 'numeric(10, 4)', 'narrower', true, true],
  ['numeric(10, 2)', 'numeric(12, 4)', 'wider', true, true],
  ['timestamp with time zone', 'date', 'narrower', true, true],
  ['double precision', 'integer', 'narrower', true, true],
  ['text', 'jsonb', 'other', true, true],
  ['uuid', 'bigint', 'other', true, true],
  ['key of shop.a', 'key of shop.b', 'other', true, true],
  ['integer', 'integer', 'same', false, false],
] as const)('%s to %s', (before, after, change, postgres, mysql) => {
  expect(compareTypes(before, after)).toBe(change);
  expect([rewrites('postgresql', before, after), rewrites('mysql', before, after)]).toEqual([postgres, mysql]);
});
