import * as v from 'valibot';
import { count, filled, moment } from '../lib/json-shape.ts';

const run = v.object({ id: count(), attempt: count() });

const common = {
  releases: v.array(
    v.object({
      seq: count(1),
      release: filled,
      sha: filled,
      at: moment,
      run,
      sync: v.exactOptional(v.literal(true)),
      live: v.exactOptional(moment),
      proof: v.exactOptional(v.picklist(['commit', 'host', 'asset'])),
      failed: v.exactOptional(v.literal(true)),
    }),
  ),
  uploads: v.array(v.string()),
  publishing: v.exactOptional(v.object({ run, release: filled, until: moment })),
  headers: v.array(v.string()),
};

/** The first line of a ledger: everything but the rows. */
export const headSchema = v.object({
  version: v.literal(2),
  identity: v.object({ repository: filled, app: filled, kind: v.picklist(['push', 'preview']), name: filled }),
  prefixes: v.array(v.string()),
  ...common,
});

/** The same before a ledger said whose it is: nobody's, but the files that it names are somebody's. */
export const oldHeadSchema = v.object({ version: v.literal(1), environment: v.string(), ...common });

/** key, md5, size, index of headers, first, last, ETag ('' where it is the md5), gone (0 where it is not), flags. */
export type Row = readonly [string, string, number, number, number, number, string?, number?, number?];

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

/**
 * Whether a line of the ledger is a row. By hand, because there can be 100,000: for these a valibot tuple takes 60 to 90 ms, which
 * is as long as all of JSON.parse, and this takes 3 to 8. The MD5 is not looked at digit by digit, which takes another 20: one
 * that is not hex is equal to no file's, so that the file is sent again.
 * @param headers How many headers the ledger has.
 */
export function isRow(row: unknown, headers: number): row is Row {
  if (!Array.isArray(row) || row.length < 6 || row.length > 9) return false;
  return (
    typeof row[0] === 'string' &&
    typeof row[1] === 'string' &&
    row[1].length === 32 &&
    isCount(row[2]) &&
    isCount(row[3]) &&
    row[3] < headers &&
    isCount(row[4]) &&
    isCount(row[5]) &&
    row[4] <= row[5] &&
    (row.length < 7 || typeof row[6] === 'string') &&
    (row.length < 8 || isCount(row[7])) &&
    (row.length < 9 || isCount(row[8]))
  );
}
