import type { Steps } from './build/django.ts';
import type { PackageCache } from './build/install/cache.ts';
import type { Context } from './context.ts';
import type { Announcement } from './github/announce.ts';
import type { GitHub } from './github/github.ts';
import type { HostDefinition } from './hosts/host.ts';
import type { InputSource } from './input-reader.ts';
import type { Inputs } from './inputs.ts';
import type { Journal } from './journal.ts';
import type { Redactor, Secret } from './lib/secret.ts';
import type { RunPlan } from './plan.ts';
import type { Clock, Exec, Http, Log } from './ports.ts';
import type { CommandFile } from './runner/command-files.ts';
import type { BucketOptions } from './store/s3.ts';
import type { ObjectStore } from './store/store.ts';

/** Who asks GitHub, and about which repository. */
export interface GitHubAccess {
  readonly token: Secret;
  /** `owner/name`. */
  readonly repository: string;
  readonly apiUrl: string;
}

/** Everything that the run does to the world, and everything that it learns from it. */
export interface Ports extends InputSource {
  /** The event's JSON. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly hosts: Readonly<Record<string, HostDefinition>>;
  readonly log: Log;
  readonly exec: Exec;
  readonly http: Http;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** The Python files that run inside Django. */
  readonly steps: Steps;
  /** Writes to standard output: lines of the build's commands. */
  write(text: string): void;
  /** Hides a value in the log, and from then on in everything that the redactor sees. */
  hide(value: string): void;
  readonly redactor: Redactor;
  /** Keeps the path of this run's folder for the step at the end of the job that takes it away. */
  saveScratch(path: string): void;
  readonly cache: PackageCache;
  openStore(options: BucketOptions): Promise<ObjectStore>;
  setOutput(name: string, value: string): void;
  writeSummary(markdown: string): void;
  /** GitHub's API with the token of the step; it goes on for a moment after the run was cancelled where told so. */
  openGitHub(access: GitHubAccess): GitHub;
  /** Keeps what the end of the job has to close, should this run not come to its end; undefined where nothing is left. */
  saveAnnouncement(announcement: Announcement | undefined): void;
  /** Undoes what others wrote to the files in which this step commands the runner; the names of those files. */
  undoOthers(): readonly CommandFile[];
}

/** One run, once inputs and event are read. */
export interface Run {
  readonly ports: Ports;
  readonly journal: Journal;
  readonly context: Context;
  readonly inputs: Inputs;
  readonly plan: RunPlan;
  /** Undefined where the step has no token. */
  readonly github: GitHub | undefined;
  /** Folder of this run's files. */
  readonly scratch: string;
}
