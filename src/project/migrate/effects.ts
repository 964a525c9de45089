import { formatBytes, formatCount } from '../../lib/text.ts';
import type { DatabaseServer, Operation } from './migration-outcome.ts';

/** What an operation does that somebody should know before it runs. */
export interface Effect {
  readonly kind: 'loses' | 'locks' | 'breaks' | 'unknown';
  /** Goes on after "Remove field note from order: it ". */
  readonly text: string;
}

/** The server as far as it decides what an operation costs. */
export type ServerKind = Pick<DatabaseServer, 'vendor' | 'product' | 'major' | 'minor'>;

export const loses = (text: string): Effect => ({ kind: 'loses', text });
export const locks = (text: string): Effect => ({ kind: 'locks', text });
export const breaks = (text: string): Effect => ({ kind: 'breaks', text });
export const unknown = (text: string): Effect => ({ kind: 'unknown', text });

/** Bytes of a table below which no lock is held for a time that anybody notices. */
const smallTable = 4 * 1024 * 1024;

export const isSmall = ({ size }: Operation): boolean => size !== null && size.bytes < smallTable;

/** The table with its size, where the server told it. */
export function tableOf({ table, size }: Operation): string {
  const name = table ?? 'the table';
  if (size === null) return name;
  const rows = size.rows === null ? '' : `about ${formatCount(size.rows)} ${size.rows === 1 ? 'row' : 'rows'}, `;
  return `${name} (${rows}${formatBytes(size.bytes)})`;
}

export const isPostgres = ({ vendor }: ServerKind): boolean => vendor === 'postgresql';

const isBefore = ({ major, minor }: ServerKind, wanted: readonly [number, number]): boolean =>
  major < wanted[0] || (major === wanted[0] && minor < wanted[1]);

/**
 * Whether the server adds a column with a value for the rows that are there without writing each of them: PostgreSQL from 11,
 * MySQL from 8.0 (8.0.12), MariaDB from 10.3, by their release notes.
 */
export const addsColumnsAtOnce = (server: ServerKind): boolean => {
  const first: Readonly<Record<string, readonly [number, number]>> = {
    PostgreSQL: [11, 0],
    MySQL: [8, 0],
    MariaDB: [10, 3],
  };
  const wanted = first[server.product];
  return wanted !== undefined && !isBefore(server, wanted);
};
