import { hash } from 'node:crypto';

/** Reads `i/n`; undefined where it is anything else. */
export function parseShard(text: string): Shard | undefined {
  const [, index, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  return shard.index >= 1 && shard.index <= shard.of ? shard : undefined;
}

/** Whether a key belongs to this part: by its hash, so that parts are of one size whatever the folders are. */
export const inShard = (key: string, { index, of }: Shard): boolean =>
  Number.parseInt(hash('md5', key).slice(0, 8), 16) % of === index - 1;

/** The n-th part of m, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}
