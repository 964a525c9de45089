import type { Clock, Log } from '../../core/ports.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { LedgerSession } from '../../ledger/session.ts';
import type { Recorder } from '../../report/recorder.ts';
import type { ObjectStore } from '../../store/store.ts';
import type { PlannedFile } from '../../sync/planned-file.ts';
import type { BegunListings } from '../../sync/remote.ts';
import type { Scan, SyncFolder } from '../../sync/scan-folders.ts';
import type { SyncPlan } from '../../sync/sync-plan.ts';

/** What the stages of a sync share: plan-stage, upload-stage, prune-stage. */
export interface SyncStageRequest {
  readonly inputs: Pick<Inputs, 'workingDirectory' | 'allowFiles' | 'headers' | 'compress' | 'shard' | 'prune' | 'cdn'>;
  /** The run releases what it sends, and writes the ledger at its end (finishLedger); else it is written with the upload. */
  readonly releases?: boolean;
  readonly folders: readonly SyncFolder[];
  /** Where it was begun before the bucket was asked. */
  readonly scan?: Scan;
  readonly begun?: BegunListings;
  /** Folder of the checkout, or of what stands for it. */
  readonly workspace: string;
  /** Hashed names of the release's manifest, and where that file is. */
  readonly names: ReadonlySet<string>;
  readonly manifestPath: string | undefined;
  /** Names that bundlers made from the content. */
  readonly bundled: ReadonlySet<string>;
  /** Milliseconds since the epoch when the content of a file last changed; undefined where nobody knows. */
  readonly changedAt: (file: PlannedFile) => Promise<number | undefined>;
  /** Folder of this run's files. */
  readonly scratch: string;
  readonly store: ObjectStore;
  readonly session: LedgerSession;
}

export interface SyncStageIO {
  readonly recorder: Recorder;
  readonly log: Log;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** What a run is going to do to the bucket. */
export interface StagePlan {
  readonly sync: SyncPlan;
  /** The ledger that it was made with, and the environment's own part of it. */
  readonly ledger: Ledger;
  readonly before: Ledger;
  /** Keys that go when the release is live. */
  readonly prune: readonly string[];
  /** Static files of which the ledger knows and that are no longer in the bucket. */
  readonly lost: readonly string[];
}

/** What of a release goes into one bucket. */
export interface Files {
  readonly request: SyncStageRequest;
  readonly sync: StagePlan;
  /** Name of the bucket. */
  readonly bucket: string;
}
