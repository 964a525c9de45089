import { DeployError } from '../core/errors.ts';
import type { Identity } from '../core/identity.ts';
import type { Clock } from '../core/ports.ts';
import { compareRuns } from '../core/run-order.ts';
import { type Repeat, repeat } from '../lib/repeat.ts';
import { backoff } from '../lib/retry.ts';
import type { Shard } from '../store/shard.ts';
import type { ListedObject, ObjectStore } from '../store/store.ts';
import { type LedgerChange, noChange, type Stored, withChange } from './change.ts';
import { ledgerKey, notesFolder } from './keys.ts';
import { createLeaseWatch, leaseTime } from './lease.ts';
import { createLeaseKeeper } from './lease-keeper.ts';
import { emptyLedger, type Ledger, type LedgerObject, type LedgerRelease } from './ledger.ts';
import { createLedgerFile } from './ledger-file.ts';
import { type Note, runOf, withNotes } from './notes.ts';
import { enterRelease, type Own, overtakenBy } from './releases.ts';
import { createRunNotes } from './run-notes.ts';

/**
 * The ledger of one identity in its bucket. It is read once and written once a deploy; what has to be known while the run is
 * under way stands in notes under keys of the run's own, so that no key is written often. A run that was killed leaves its
 * notes, and the next one that writes the ledger takes them in.
 */
export interface LedgerSession {
  readonly identity: Identity;
  /** As others left it, when it was read last: the ledger, and what runs under way noted. */
  readonly before: Ledger;
  /** As it is in the bucket, when it was read or written last. */
  readonly now: Ledger;
  /** Every object of this run's release that it knows to be in the bucket; the ledger has them at the end of the run. */
  readonly stored: ReadonlyMap<string, Stored>;
  /** This run's release as the ledger has it, or will. */
  readonly entry: LedgerRelease;
  /** A newer release than this run's, as of when the ledger was read last. */
  readonly newer: LedgerRelease | undefined;
  /**
   * Ends uploads in parts that runs of this identity which were killed had begun, and returns how many there were. They are
   * known once this run has announced what it sends.
   */
  endOrphans(signal: AbortSignal): Promise<number>;
  /**
   * Notes what is about to be sent, before the first byte of it: so what a killed run has sent is known to be ours.
   * @param uploads Keys of files that go in parts.
   */
  announce(planned: Iterable<[string, Stored]>, uploads: readonly string[], signal: AbortSignal): Promise<void>;
  /** Says something more, which is written with the next save. */
  keep(change: Partial<LedgerChange>): void;
  /**
   * The run broke off while it sent files. What it announced stays noted, because requests that nobody waited for may have
   * stored more than is known.
   */
  breakOff(): void;
  /** Writes the ledger with everything that was kept, if that changes it, and takes this run's notes away. */
  save(change: Partial<LedgerChange>, signal: AbortSignal): Promise<void>;
  /** A newer release that has put files here by now, or undefined. Costs one listing if nothing changed. */
  overtaken(signal: AbortSignal): Promise<LedgerRelease | undefined>;
  /**
   * Waits until no other run exchanges files, and says that this one does. Returns the newer release that overtook this run
   * instead, if there is one.
   * @param doomed Keys that this run is about to delete.
   * @throws DeployError BUCKET_FAILED if another run holds the lease for longer than the session's patience.
   */
  lock(signal: AbortSignal, doomed?: readonly string[]): Promise<LedgerRelease | undefined>;
  unlock(signal: AbortSignal): Promise<void>;
  /** The ledger was taken away with the preview: nothing is written any more. */
  end(): void;
}

export interface LedgerSessionRequest {
  readonly identity: Identity;
  readonly shard: Shard | undefined;
  readonly own: Own;
  /** Milliseconds for which it is waited for another run at most; without a limit if absent. */
  readonly patience?: number;
}

export interface LedgerSessionIO {
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly warn: (message: string) => void;
  /** Told why it waits. */
  readonly onWait: (line: string) => void;
  /** Renews the lease in time; the system's timer if absent. */
  readonly repeat?: Repeat;
}

const mostTries = 10;
const looks = 3_000;

/**
 * Opens the ledger. It is the first request of a run, so wrong keys and missing buckets come out before the build.
 * @throws DeployError as the store names it.
 */
export async function openLedgerSession(
  store: ObjectStore,
  request: LedgerSessionRequest,
  io: LedgerSessionIO,
): Promise<LedgerSession> {
  const { identity, own, shard, patience = Number.POSITIVE_INFINITY } = request;
  const key = ledgerKey(identity, shard);
  const folder = notesFolder(identity, shard);
  const file = createLedgerFile(store, key, identity, io.warn);
  const mark = Math.floor(io.random() * 0xffff_ffff)
    .toString(16)
    .padStart(8, '0');
  const notes = createRunNotes(store, identity, folder, { run: own.run, mark });
  const leases = createLeaseWatch(own.run);
  const keeper = createLeaseKeeper(io.repeat ?? repeat);
  let theirs = await file.read(io.signal);
  let before = theirs.ledger;
  let entry = enterRelease(before, own);
  let mine = noChange;
  let ended = false;
  let brokenOff = false;
  const cleared = new Set<string>();

  const older = (note: Note): boolean => {
    const run = runOf(note);
    return run !== undefined && compareRuns(run, own.run) <= 0;
  };

  /** Reads what others have written meanwhile; this run's own release may have to take another number then. */
  async function refresh(signal: AbortSignal): Promise<void> {
    const listed: ListedObject[] = [];
    for await (const page of store.list(key.slice(0, -'.json'.length), signal)) listed.push(...page);
    const there = listed.find((object) => object.key === key);
    if ((there?.etag ?? null) !== theirs.etag) theirs = await file.read(signal);
    await notes.look(listed, signal);
    enter();
  }

  function enter(): void {
    before = withNotes(theirs.ledger, notes.others);
    const { seq, release } = entry;
    const written = before.releases.find((one) => one.seq === seq && one.release === release);
    if (written) entry = { ...entry, ...written };
    else if (before.releases.some((one) => one.seq >= seq) || !notes.has('plan')) entry = enterRelease(before, own);
  }

  /** A note in the form of a ledger, with this run's release in it. */
  const noteOf = (more: Partial<Ledger>): Ledger => ({
    ...emptyLedger,
    identity,
    prefixes: mine.prefixes,
    releases: [{ ...entry, ...mine.marks }],
    ...more,
  });

  function keep(change: Partial<LedgerChange>): void {
    mine = {
      ...mine,
      ...change,
      marks: { ...mine.marks, ...change.marks },
      prefixes: [...new Set([...mine.prefixes, ...(change.prefixes ?? [])])],
      deleted: new Set([...mine.deleted, ...(change.deleted ?? [])]),
      purged: new Set([...mine.purged, ...(change.purged ?? [])]),
    };
  }

  async function save(change: Partial<LedgerChange>, signal: AbortSignal): Promise<void> {
    keep(change);
    if (ended) return;
    for (let round = 1; round <= mostTries; round++) {
      const settled = notes.others.filter(older);
      const holder = leases.holder(settled, io.clock.now(), notes.lastStored);
      const plans = settled.filter(({ kind }) => kind === 'plan');
      const next = withChange(withNotes(theirs.ledger, plans), entry, mine);
      const written = next === theirs.ledger ? theirs : await file.write(next, theirs, signal);
      if (written) {
        theirs = written;
        await keeper.end();
        await notes.removeOwn(brokenOff ? ['lease'] : ['lease', 'plan'], signal);
        await notes.removeOthers(
          // Uploads that are still open must stay known.
          settled.filter((note) => note !== holder && (note.ledger.uploads.length === 0 || cleared.has(note.key))),
          signal,
        );
        return;
      }
      await io.clock.sleep(backoff(round, 100, 5_000, io.random), signal);
      theirs = await file.read(signal);
      enter();
    }
    throw new DeployError('BUCKET_FAILED', `The ledger ${key} is being written by somebody else all the time.`, {
      hint: 'Give the jobs that deploy this environment one concurrency group, so that one runs after the other.',
    });
  }

  const holderNow = (): Note | undefined => leases.holder(notes.others, io.clock.now(), notes.lastStored);

  /** Says that this run exchanges files. */
  async function writeLease(doomed: readonly string[], signal: AbortSignal): Promise<void> {
    const until = new Date(io.clock.now() + leaseTime).toISOString();
    const objects = new Map<string, LedgerObject>();
    for (const one of doomed) {
      const row = before.objects.get(one);
      if (row) objects.set(one, row);
    }
    const publishing = { run: own.run, release: own.release, until };
    await notes.write('lease', noteOf({ publishing, objects }), signal);
  }

  /** The same, and looks who else does. */
  async function claim(doomed: readonly string[], signal: AbortSignal): Promise<number> {
    await writeLease(doomed, signal);
    await refresh(signal);
    return io.clock.now();
  }

  /**
   * Whoever sees nobody else's claim after it stored its own holds the lease. Of two that claim at once the newer run takes
   * its claim back, and the older one waits for that.
   */
  async function lock(signal: AbortSignal, doomed: readonly string[] = []): Promise<LedgerRelease | undefined> {
    const began = io.clock.now();
    let claimed: number | undefined;
    let announced = false;
    for (let round = 1; ; round++) {
      let other = holderNow();
      const stale = claimed === undefined || io.clock.now() - claimed > leaseTime / 4;
      if (!other && stale && !overtakenBy(before, own)) {
        claimed = await claim(doomed, signal);
        other = holderNow();
      }
      const newer = overtakenBy(before, own);
      if (!newer && !other) {
        keeper.start(() => writeLease(doomed, signal));
        return undefined;
      }
      const run = other && runOf(other);
      if (newer || (run && compareRuns(run, own.run) < 0)) {
        await notes.removeOwn(['lease'], signal);
        claimed = undefined;
      }
      if (newer) return newer;
      const release = other?.ledger.publishing?.release ?? 'another run';
      if (!announced) io.onWait(`Waiting for ${release}, which is exchanging files.`);
      announced = true;
      const left = patience - (io.clock.now() - began);
      if (left <= 0) {
        await notes.removeOwn(['lease'], signal);
        throw heldTooLong(release, patience);
      }
      await io.clock.sleep(Math.min(looks + backoff(round, 100, 2_000, io.random), left), signal);
      await refresh(signal);
    }
  }

  return {
    identity,
    get before() {
      return before;
    },
    get now() {
      return theirs.ledger;
    },
    get stored() {
      return mine.objects;
    },
    get entry() {
      return entry;
    },
    get newer() {
      return overtakenBy(before, own);
    },
    keep,
    breakOff() {
      brokenOff = true;
    },
    save,
    lock,

    async unlock(signal) {
      await keeper.end();
      await notes.removeOwn(['lease'], signal);
    },

    async announce(planned, uploads, signal) {
      await refresh(signal);
      const { seq } = entry;
      const objects = new Map<string, LedgerObject>();
      for (const [name, row] of planned) objects.set(name, { ...row, first: seq, last: seq });
      await notes.write('plan', noteOf({ objects, uploads }), signal);
    },

    async endOrphans(signal) {
      const orphans = notes.others.filter((note) => older(note) && note.ledger.uploads.length > 0);
      if (orphans.length === 0) return 0;
      const aborted = await store.abortUploads(new Set(orphans.flatMap(uploadsIn)), signal);
      for (const { key: orphan } of orphans) cleared.add(orphan);
      return aborted;
    },

    async overtaken(signal) {
      await refresh(signal);
      return overtakenBy(before, own);
    },

    end() {
      ended = true;
      void keeper.end();
    },
  };
}

/** Files that a run sends in parts, of those that lie where it says that its files are. */
const uploadsIn = ({ ledger: { uploads, prefixes } }: Note): string[] =>
  uploads.filter((key) => prefixes.some((prefix) => key.startsWith(prefix)));

const heldTooLong = (release: string, patience: number): DeployError =>
  new DeployError(
    'BUCKET_FAILED',
    `${release} has been exchanging files in this bucket for longer than the timeout of this run (${Math.round(patience / 1_000)} s).`,
    {
      hint: 'If that run is still under way, run this job again when it has ended. If it was killed, wait three minutes first.',
    },
  );
