import type { Clock, Connect, Exec, Http, Log } from '../../core/ports.ts';
import type { LeftRule } from '../../databases/trusted-sources/let-in.ts';
import type { Announcement } from '../../github/announcer.ts';
import type { GitHub } from '../../github/github.ts';
import type { HostDefinition } from '../../hosts/contract/host.ts';
import type { HostMachine } from '../../hosts/contract/host-io.ts';
import type { InputSource } from '../../inputs/input-reader.ts';
import type { Sensitive } from '../../lib/masking/sensitive.ts';
import type { Redactor, Secret } from '../../lib/secret.ts';
import type { Steps } from '../../project/django/django.ts';
import type { PackageCache } from '../../project/install/package-cache.ts';
import type { BucketOptions } from '../../store/s3/s3-store.ts';
import type { ObjectStore } from '../../store/store.ts';
import type { Readers } from '../../sync/readers.ts';
import type { CommandFile } from '../../workflow/command-files.ts';

/** Who asks GitHub, and about which repository. */
interface GitHubAccess {
  readonly token: Secret;
  /** `owner/name`. */
  readonly repository: string;
  readonly apiUrl: string;
}

/** Everything that the run does to the world, and everything that it learns from it. */
export interface Ports extends InputSource {
  /** The event's JSON, as the runner left it. */
  readonly payload: unknown;
  readonly hosts: Readonly<Record<string, HostDefinition>>;
  readonly log: Log;
  readonly exec: Exec;
  /** Whether there is a file of that path. */
  exists(path: string): boolean;
  readonly http: Http;
  readonly connect: Connect;
  /** What of this machine hosts may use. */
  readonly machine: HostMachine;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** The Python files that run inside Django. */
  readonly steps: Steps;
  /** The Python files that talk to servers of databases, by their paths. */
  readonly databaseScripts: Steps;
  /** Writes to standard output: lines of the build's commands. */
  write(text: string): void;
  /** Hides a value in the log, and from then on in everything that the redactor sees; a credential if no rank is given. */
  hide(value: string, rank?: Sensitive['rank']): void;
  readonly redactor: Redactor;
  /** Keeps the path of this run's folder for the step at the end of the job that takes it away. */
  saveScratch(path: string): void;
  readonly cache: PackageCache;
  /** Threads that read files. */
  readonly readers: Readers;
  openStore(options: BucketOptions): Promise<ObjectStore>;
  setOutput(name: string, value: string): void;
  writeSummary(markdown: string): void;
  /** GitHub's API with the token of the step; it goes on for a moment after the run was cancelled where told so. */
  openGitHub(access: GitHubAccess): GitHub;
  /** Keeps what the end of the job has to close, should this run not come to its end; undefined where nothing is left. */
  saveAnnouncement(announcement: Announcement | undefined): void;
  /** Keeps which rule of the database's firewall the end of the job has to take out; undefined where none is left. */
  saveTrustedSource(left: LeftRule | undefined): void;
  /** Undoes what others wrote to the files in which this step commands the runner; the names of those files. */
  undoOthers(): readonly CommandFile[];
}
