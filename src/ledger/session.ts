import { hash } from 'node:crypto';
import { DeployError } from '../core/errors.ts';
import type { Identity } from '../core/identity.ts';
import type { Clock } from '../core/ports.ts';
import { backoff } from '../lib/retry.ts';
import type { Shard } from '../store/shard.ts';
import type { ObjectStore } from '../store/store.ts';
import { type LedgerChange, noChange, withChange } from './change.ts';
import { readLedger, writeLedger } from './codec.ts';
import { emptyLedger, type Ledger, type LedgerRelease, ledgerKey, type Publishing } from './ledger.ts';
import { enterRelease, type Own, overtakenBy } from './releases.ts';

/** The ledger of one environment in its bucket, written only when something in it changed. */
export interface LedgerSession {
  /** As others left it, when it was read last. */
  readonly before: Ledger;
  /** As it is in the bucket, when it was read or written last. */
  readonly now: Ledger;
  /** This run's release as the ledger has it, or will. */
  readonly entry: LedgerRelease;
  /** A newer release than this run's, as of when the ledger was read last. */
  readonly newer: LedgerRelease | undefined;
  /** Says something more; it is kept, and written with the next save where this one fails. */
  save(change: Partial<LedgerChange>, signal: AbortSignal): Promise<void>;
  /** A newer release that has put files here by now, or undefined. Costs one HEAD where nothing changed. */
  overtaken(signal: AbortSignal): Promise<LedgerRelease | undefined>;
  /**
   * Waits until no other run exchanges un-hashed files, and says that this one does. Returns the newer release that
   * overtook this run instead, where there is one.
   */
  lock(signal: AbortSignal): Promise<LedgerRelease | undefined>;
  /** Keys that a run which was ended began to send in parts. */
  readonly orphans: readonly string[];
}

export interface LedgerSessionRequest {
  readonly identity: Identity;
  readonly shard: Shard | undefined;
  readonly own: Own;
}

export interface LedgerSessionIO {
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly warn: (message: string) => void;
  /** Told why it waits. */
  readonly onWait: (line: string) => void;
}

/** How long a run may exchange files without saying so again, before it is taken for dead. */
export const leaseTime = 180_000;
const mostTries = 10;
const looks = 3_000;

/** What is in the bucket: the ledger and the ETag of its object, null where there is none. */
interface Seen {
  readonly ledger: Ledger;
  readonly etag: string | null;
}

/**
 * Opens the ledger. It is the first request of a run, so wrong keys and missing buckets come out before the build.
 * @throws DeployError as the store names it.
 */
export async function openLedgerSession(
  store: ObjectStore,
  request: LedgerSessionRequest,
  io: LedgerSessionIO,
): Promise<LedgerSession> {
  const { identity, own } = request;
  const key = ledgerKey(identity, request.shard);
  let theirs = await look(io.signal);
  let before = theirs.ledger;
  let entry = enterRelease(before, own);
  let mine = noChange;

  async function look(signal: AbortSignal): Promise<Seen> {
    const stored = await store.get(key, signal);
    if (!stored) return { ledger: emptyLedger, etag: null };
    const ledger = readLedger(stored.body);
    if (!ledger) {
      io.warn(
        `The ledger ${key} in the bucket cannot be read, so it is written anew from what is there. Nothing is deleted.`,
      );
    }
    return { ledger: ledger ?? emptyLedger, etag: stored.etag };
  }

  /** Reads what others have written meanwhile; this run's own release may have to take another number then. */
  async function refresh(signal: AbortSignal): Promise<void> {
    theirs = await look(signal);
    before = theirs.ledger;
    const { seq, release } = entry;
    const written = before.releases.find((one) => one.seq === seq && one.release === release);
    entry = written ?? enterRelease(before, own);
  }

  const etagNow = async (signal: AbortSignal) => (await store.head(key, signal))?.etag ?? null;

  /** Writes a ledger over the one that was seen last; false where somebody else was faster. */
  async function write(ledger: Ledger, signal: AbortSignal): Promise<boolean> {
    const body = writeLedger(ledger, identity.name);
    const md5 = hash('md5', body);
    // Never with the ACL of the public files.
    const headers = { contentType: 'application/json', cacheControl: 'no-store' };
    const put = { key, body, md5, headers, acl: undefined };
    const result = await store.putIf(put, theirs.etag, signal);
    if (result === 'changed') return false;
    if (result !== 'unsupported') {
      theirs = { ledger, etag: result.etag };
      return true;
    }
    // Without conditions: look, write, and look again who wrote last.
    if ((await etagNow(signal)) !== theirs.etag) return false;
    const etag = await store.put(put, signal);
    if ((await etagNow(signal)) !== etag) return false;
    theirs = { ledger, etag };
    return true;
  }

  async function writeChange(signal: AbortSignal): Promise<boolean> {
    const next = withChange(theirs.ledger, entry, own.run, mine);
    return next === theirs.ledger || write(next, signal);
  }

  async function save(change: Partial<LedgerChange>, signal: AbortSignal): Promise<void> {
    mine = {
      ...mine,
      ...change,
      marks: { ...mine.marks, ...change.marks },
      ended: new Set([...mine.ended, ...(change.ended ?? [])]),
      deleted: new Set([...mine.deleted, ...(change.deleted ?? [])]),
    };
    for (let round = 1; round <= mostTries; round++) {
      if (await writeChange(signal)) return;
      await io.clock.sleep(backoff(round, 100, 5_000, io.random), signal);
      await refresh(signal);
    }
    throw new DeployError('BUCKET_FAILED', `The ledger ${key} is being written by somebody else all the time.`, {
      hint: 'Give the jobs that deploy this environment one concurrency group, so that one runs after the other.',
    });
  }

  /** Another run that is exchanging files at this moment. */
  function otherPublisher(): Publishing | undefined {
    const { publishing } = theirs.ledger;
    if (!publishing || Date.parse(publishing.until) <= io.clock.now()) return undefined;
    // An attempt begins only when the one before it has ended, however it ended.
    const mineOrEnded = publishing.run.id === own.run.id && publishing.run.attempt <= own.run.attempt;
    return mineOrEnded ? undefined : publishing;
  }

  return {
    get before() {
      return before;
    },
    get now() {
      return theirs.ledger;
    },
    get entry() {
      return entry;
    },
    get newer() {
      return overtakenBy(theirs.ledger, own);
    },
    orphans: before.uploads,
    save,

    async overtaken(signal) {
      if ((await etagNow(signal)) !== theirs.etag) await refresh(signal);
      return overtakenBy(theirs.ledger, own);
    },

    async lock(signal) {
      let said = false;
      for (let round = 1; ; ) {
        const newer = overtakenBy(theirs.ledger, own);
        if (newer) return newer;
        const other = otherPublisher();
        if (!other) {
          const until = new Date(io.clock.now() + leaseTime).toISOString();
          mine = { ...mine, publishing: { run: own.run, release: own.release, until } };
          if (await writeChange(signal)) return undefined;
          if (round++ > mostTries) return save({}, signal).then(() => overtakenBy(theirs.ledger, own));
        } else if (!said) {
          io.onWait(`Waiting for ${other.release}, which is exchanging files (until ${other.until} at most).`);
          said = true;
        }
        await io.clock.sleep(other ? looks : backoff(round, 100, 5_000, io.random), signal);
        await refresh(signal);
      }
    },
  };
}
