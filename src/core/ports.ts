import type { Place } from './errors.ts';

/** The job's log. Groups are folded by GitHub; annotations show up on the pull request and the run page. */
export interface Log {
  info(line: string): void;
  notice(message: string, at?: Place): void;
  warning(message: string, at?: Place): void;
  error(message: string, at?: Place): void;
  group<T>(title: string, work: () => Promise<T>): Promise<T>;
}

/** Time, as a parameter so that tests own it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Waits; rejects with the signal's reason when it is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export interface Command {
  /** Program by name or path; a name is looked up on the PATH of `env`, on Windows on that of this process. */
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
}

/** Runs a command, gives each raw chunk of its two streams to `onOutput`, and returns the exit code. */
export type Exec = (
  command: Command,
  onOutput: (chunk: Uint8Array, stream: 'stdout' | 'stderr') => void,
  signal: AbortSignal,
) => Promise<number>;

/** A part of a body: bytes, or a file of any size, which is read while it is sent. */
export type BodyPart = string | Uint8Array | { readonly file: string };

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The bytes, or parts that are sent one after the other. */
  readonly body?: string | Uint8Array | readonly BodyPart[];
  /** Milliseconds until the answer must be complete; 30 seconds where absent. */
  readonly timeout?: number;
  /** Asks over a connection of its own, so that a load balancer chooses anew who answers. */
  readonly fresh?: boolean;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; values of a repeated header joined with ", ". */
  readonly headers: Readonly<Record<string, string>>;
  /** The body, cut at the limit of the implementation. */
  readonly body: Uint8Array;
  /** The body was longer than that limit. */
  readonly cut?: boolean;
}

/** One request, one answer: no redirect is followed and nothing is tried again. Rejects with HttpError. */
export type Http = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse>;

/** A server as a connection reaches it. */
export interface Endpoint {
  /** Name or address. */
  readonly host: string;
  readonly port: number;
}

/** Opens a TCP connection and closes it at once. Rejects with HttpError where the server does not take it. */
export type Connect = (endpoint: Endpoint, signal: AbortSignal) => Promise<void>;
