import type { ErrorCode } from '../core/errors.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';

/** What became of the run: the values of the output `status`. */
export const statuses = [
  'live',
  'triggered',
  'planned',
  'built',
  // `command: sync` has put folders into the bucket.
  'synced',
  'skipped',
  'superseded',
  'removed',
  'rolled-back',
  'failed',
] as const;

export type Status = (typeof statuses)[number];

export interface StageReport {
  readonly name: string;
  readonly milliseconds: number;
  readonly failed: boolean;
  /** One line on what came out of it. */
  readonly result: string;
}

export interface SyncReport {
  readonly uploaded: number;
  readonly unchanged: number;
  readonly bytesUploaded: number;
  /** Media that was left as the bucket has it. */
  readonly kept: number;
  /** Old static files that were deleted after the release was live. */
  readonly deleted: number;
  /** The largest uploads: key and bytes. */
  readonly largest: readonly { readonly key: string; readonly bytes: number }[];
}

/** Migrations by their names, `app.0002_name`. */
interface MigrationReport {
  /** What the database lacked before the run. */
  readonly planned: readonly string[];
  readonly applied: readonly string[];
  readonly failed: string | undefined;
}

/** A preview's own database, and what the run did with it. `left`: it has the name and does not bear our mark. */
export interface DatabaseReport {
  readonly name: string;
  readonly state: 'created' | 'kept' | 'dropped' | 'gone' | 'left';
  /** Whether seed-command filled it. */
  readonly seeded: boolean;
}

/** A purge of a CDN. `sent`: it was taken; `done`: every edge is done; `waiting`: not all were when the time was over. */
export interface CdnReport {
  /** As the input names it: `cloudfront:E2QWRUHAPOMQZL`. */
  readonly cdn: string;
  /** Paths and wildcards. */
  readonly paths: number;
  readonly state: 'sent' | 'done' | 'waiting' | 'failed';
}

interface ProofReport {
  readonly evidence: Evidence | undefined;
  readonly page: string;
  /** ISO 8601. */
  readonly at: string;
  /** Answers in a row that showed the release. */
  readonly answers: number;
  /** Files of the page that load, of as many that it has. */
  readonly assets: number;
  readonly assetsFound: number;
  readonly foreignAssets: number;
  /** What was not looked at, as sentences. */
  readonly unseen: readonly string[];
}

/** Who can read what is in the bucket, as requests without a signature showed. */
interface AccessReport {
  /** Undefined where nobody asked: they are not in a bucket, or their storage signs addresses. */
  readonly static?: 'public' | undefined;
  readonly media?: 'public' | 'private' | 'unknown' | undefined;
  /** Origins whose pages may use fonts and modules of the bucket. */
  readonly origins?: readonly string[];
}

/** One part of what `command: check` looks at. */
export interface Checkup {
  readonly name: string;
  /** `open`: neither good nor bad, because nothing was asked or nothing is there yet. */
  readonly level: 'ok' | 'open' | 'warning' | 'error';
  /** What was found, as one sentence. */
  readonly found: string;
  /** What to do about it; undefined where nothing is to be done. */
  readonly todo: string | undefined;
  readonly code?: ErrorCode;
}

interface ErrorReport {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string | undefined;
  /** Where to read on: an address, or a path in the action's repository. */
  readonly page?: string;
}

/** Everything that a run has to say, on failure as on success. It is what `report` holds as JSON. */
export interface Report {
  readonly status: Status;
  /** Why it is so, where that is not plain: a reason to skip, a warning, the first line of the error. */
  readonly reason: string | undefined;
  readonly environment: string | undefined;
  readonly release: string | undefined;
  readonly sha: string | undefined;
  /** What is new since the release that was live before: its commit, and the page that compares the two. */
  readonly changes: { readonly since: string; readonly page: string } | undefined;
  readonly url: string | undefined;
  readonly staticUrl: string | undefined;
  readonly mediaUrl: string | undefined;
  readonly hostDeploymentId: string | undefined;
  /** Id of the deployment at GitHub that this run began. */
  readonly deploymentId: number | undefined;
  readonly logUrl: string | undefined;
  readonly artifact:
    | { readonly path: string; readonly sha256: string; readonly bytes: number; readonly files: number }
    | undefined;
  readonly sync: SyncReport | undefined;
  readonly access: AccessReport | undefined;
  readonly migrations: MigrationReport | undefined;
  /** Databases of previews; a sweep drops several. */
  readonly databases: readonly DatabaseReport[];
  readonly cdn: readonly CdnReport[];
  readonly proof: ProofReport | undefined;
  readonly findings: readonly Finding[];
  /** What `command: check` looked at, in its order; empty for other commands. */
  readonly checkups: readonly Checkup[];
  /** The workflow that fits the project, as YAML; from `command: check` alone. */
  readonly workflow: string | undefined;
  /** What makes the next deploy provable, as lines to copy; set where a release is not proven. */
  readonly advice: string | undefined;
  readonly stages: readonly StageReport[];
  readonly warnings: readonly string[];
  readonly error: ErrorReport | undefined;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A report while the run writes it. */
export type Draft = Writable<Omit<Report, 'stages' | 'warnings'>> & { stages: StageReport[]; warnings: string[] };

export const emptyReport = (): Draft => ({
  status: 'failed',
  reason: undefined,
  environment: undefined,
  release: undefined,
  sha: undefined,
  changes: undefined,
  url: undefined,
  staticUrl: undefined,
  mediaUrl: undefined,
  hostDeploymentId: undefined,
  deploymentId: undefined,
  logUrl: undefined,
  artifact: undefined,
  sync: undefined,
  access: undefined,
  migrations: undefined,
  databases: [],
  cdn: [],
  proof: undefined,
  findings: [],
  checkups: [],
  workflow: undefined,
  advice: undefined,
  stages: [],
  warnings: [],
  error: undefined,
});
