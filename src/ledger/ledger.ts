import type { Identity } from '../core/identity.ts';
import type { RunOrder } from '../core/run-order.ts';
import type { Acl } from '../store/acl.ts';
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
  /** What proved it; without `live` what showed it, though not all of its files loaded. */
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
  /** Other bytes or headers were there before, and a CDN that the run was told of may still have those. */
  readonly unpurged?: true;
}

/** In a run's note: that it exchanges or deletes files, and until when (ISO 8601, by its own clock) it means to. */
interface Publishing {
  readonly run: RunOrder;
  readonly release: string;
  readonly until: string;
}

/** What each release put into the bucket. */
export interface Ledger {
  /** Whose it is; undefined in a new ledger, and in one of the old format, which did not say so. */
  readonly identity?: Identity | undefined;
  /** Prefixes that its releases put files below. */
  readonly prefixes: readonly string[];
  readonly releases: readonly LedgerRelease[];
  readonly objects: ReadonlyMap<string, LedgerObject>;
  /** In a run's note: keys of files that it sends in parts. */
  readonly uploads: readonly string[];
  readonly publishing?: Publishing | undefined;
}

export const emptyLedger: Ledger = { prefixes: [], releases: [], objects: new Map(), uploads: [] };

/** As many live releases, the one that is going live among them, keep their files whatever their age: a way back stays open. */
export const keptReleases = 5;
/** Headers and ACL as one string: equal strings, equal objects. */
export function fingerprint(headers: ObjectHeaders, acl: Acl | undefined): string {
  const { contentType, cacheControl, contentEncoding, contentDisposition, contentLanguage } = headers;
  return JSON.stringify([contentType, cacheControl, contentEncoding, contentDisposition, contentLanguage, acl]);
}

/** The newest release that was proven live. */
export function lastLive(ledger: Ledger): LedgerRelease | undefined {
  return ledger.releases.findLast((release) => release.live !== undefined);
}

/** What was live of another commit than this one; undefined where the ledger does not know. */
export function lastLiveOfAnother(ledger: Ledger, sha: string): LedgerRelease | undefined {
  return ledger.releases.findLast((release) => release.live !== undefined && release.sha !== sha);
}
