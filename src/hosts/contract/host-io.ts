import type { HttpRequest, HttpResponse } from '../../core/ports.ts';
import type { BucketOptions } from '../../store/s3/s3-store.ts';
import type { ObjectStore } from '../../store/store.ts';

/** A program of the runner that a host is reached by, `ssh` for example. No shell reads the arguments. */
interface HostCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** Added to PATH, HOME and the few others that programs need; no secret of the step is in those. */
  readonly env?: Readonly<Record<string, string>>;
}

interface HostCommandResult {
  /** 127 where the program is not there. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What of this machine a host may use, apart from the network. */
export interface HostMachine {
  /** A variable of the runner's environment; undefined unless the host's definition lists it in `environ`. */
  environ(name: string): string | undefined;
  /** A file that a variable names, as credentials of Google are; the artifact is sent by `{ file }` in a request's body. */
  readFile(path: string): Promise<Uint8Array>;
  /** Writes a file that only this user can read, a key for ssh for example; gone at the end of the run. The path of it. */
  secretFile(name: string, content: string): Promise<string>;
  /** Runs a program to its end. What it prints is not shown. */
  run(command: HostCommand, signal: AbortSignal): Promise<HostCommandResult>;
  /** Opens a bucket that the host takes artifacts from. */
  openStore(options: BucketOptions): Promise<ObjectStore>;
}

/**
 * All that a host may do: ask, look at the clock, and use the machine as `HostMachine` says. Waiting and trying again belong
 * to `release/`: a host never sleeps, retries, logs, sets outputs or reads the environment.
 */
export interface HostIO extends Omit<HostMachine, 'run'> {
  /** One request; a body can be several parts, files of any size among them. */
  request(request: HttpRequest): Promise<HttpResponse>;
  now(): number;
  run(command: HostCommand): Promise<HostCommandResult>;
  /** For calls that take one, those of a bucket: aborted when the run is. */
  readonly signal: AbortSignal;
}
