import { type Identity, identityPath, parseIdentityPath } from '../core/identity.ts';
import type { RunOrder } from '../core/run-order.ts';
import type { Acl } from '../store/acl.ts';
import { ledgerFolder } from '../store/ledger-folder.ts';
import type { Shard } from '../store/shard.ts';
import type { ObjectHeaders } from '../store/store.ts';

/** One release that put files here. */
export interface LedgerRelease {
  /** Counts up by one for each release of the environment. */
  readonly seq: number;
  readonly release: string;
  readonly sha: string;
  /** ISO 8601, when its files were there. */
  readonly at: string;
  /** The run that released it last. */
  readonly run: RunOrder;
  /** Files alone, by `command: sync`: no page ever showed it. */
  readonly sync?: true;
  /** ISO 8601, when it was proven live; absent where it never was. */
  readonly live?: string;
  /** What proved it. */
  readonly proof?: 'commit' | 'host' | 'asset';
  /** It never served: the host refused or failed it, or a newer one overtook it. */
  readonly failed?: true;
}

/** One object that a release of ours put there. */
export interface LedgerObject {
  /** Of the file on disk, hex. */
  readonly md5: string;
  /** Bytes in the bucket; fewer than the file has where it is stored compressed. */
  readonly size: number;
  /** What the store answered; equal to `md5` on most vendors. */
  readonly etag: string;
  /** Fingerprint of headers and ACL. */
  readonly headers: string;
  /** The first and the last release (seq) that named it. */
  readonly first: number;
  readonly last: number;
  /** Media is never deleted. */
  readonly media?: true;
  /** Seconds since the epoch when a release first went live without it. */
  readonly gone?: number;
  /** It is being deleted: whoever wants it has to put it again. */
  readonly doomed?: true;
}

/** A run that is exchanging un-hashed files, and until when (ISO 8601) it has to have ended or said so again. */
export interface Publishing {
  readonly run: RunOrder;
  readonly release: string;
  readonly until: string;
}

/** What each release put into the bucket. */
export interface Ledger {
  readonly releases: readonly LedgerRelease[];
  readonly objects: ReadonlyMap<string, LedgerObject>;
  /** Keys of files that are being sent in parts, or were when their run was ended. */
  readonly uploads: readonly string[];
  readonly publishing?: Publishing | undefined;
}

export const emptyLedger: Ledger = { releases: [], objects: new Map(), uploads: [] };

/** As many live releases, the one that is going live among them, keep their files whatever their age: a way back stays open. */
export const keptReleases = 5;
/**
 * Key of the ledger: one for each identity, whose releases have nothing to do with those of another; and one for each part
 * of a sync that is spread over jobs, because not every vendor can tell two writers of one object apart.
 */
export function ledgerKey(identity: Identity, shard?: Shard): string {
  const part = shard ? `.${shard.index}-of-${shard.of}` : '';
  return `${ledgerFolder}${identityPath(identity)}${part}.json`;
}

/** Whose ledger a key is, and whether it is that of one part; undefined if it is none. */
export function ledgerOwner(key: string): { identity: Identity; sharded: boolean } | undefined {
  if (!key.startsWith(ledgerFolder)) return undefined;
  const [, path = '', shard] = /^(.*?)(\.\d+-of-\d+)?\.json$/.exec(key.slice(ledgerFolder.length)) ?? [];
  const identity = parseIdentityPath(path);
  return identity && { identity, sharded: shard !== undefined };
}

/** Headers and ACL as one string: equal strings, equal objects. */
export function fingerprint(headers: ObjectHeaders, acl: Acl | undefined): string {
  const { contentType, cacheControl, contentEncoding, contentDisposition, contentLanguage } = headers;
  return JSON.stringify([contentType, cacheControl, contentEncoding, contentDisposition, contentLanguage, acl]);
}

/** The newest release that was proven live. */
export function lastLive(ledger: Ledger): LedgerRelease | undefined {
  return ledger.releases.findLast((release) => release.live !== undefined);
}
