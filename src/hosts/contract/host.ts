import type { ArtifactFormat } from '../../core/artifact-format.ts';
import type { Mistake } from '../../core/mistake.ts';
import type { Secret } from '../../lib/secret.ts';
import type { BuildNeeds } from './build-needs.ts';
import type { HostIO } from './host-io.ts';
import type { HostIntent, HostNeed, HostOption } from './host-option.ts';

export type { HostIO } from './host-io.ts';
export type { HostIntent } from './host-option.ts';

/** The inputs that are the host's. */
export interface HostInputs {
  readonly service: string | undefined;
  readonly token: Secret | undefined;
  readonly deployHook: Secret | undefined;
  readonly options: HostOptions;
}

/** `host-options` by name; a name that stands on several lines has several values. */
export type HostOptions = Readonly<Record<string, readonly string[]>>;

/** What the host is asked to put live. */
export interface ReleaseRequest {
  /** Id of the release, one for each run: `<12 characters of the commit>-<run number>.<attempt>`. */
  readonly release: string;
  /** The whole commit id. */
  readonly sha: string;
  readonly branch: string | undefined;
  readonly environment: string;
  /** `owner/name`. */
  readonly repository: string;
  /** Address of the workflow run. */
  readonly runUrl: string;
  /**
   * Variables to set at the host before it deploys, by name, filled in. They are added to what is there: a host never
   * replaces all of them, and never deletes one. Empty unless the definition says `setsVariables`.
   */
  readonly variables: Readonly<Record<string, string>>;
  /** The built project, in the format that the host's definition asks for. A request's body sends it by `{ file: path }`. */
  readonly artifact:
    | { readonly path: string; readonly sha256: string; readonly bytes: number; readonly format: ArtifactFormat }
    | undefined;
}

/** A release to go back to, by as much of it as is known. */
export interface RollbackTarget {
  /** The host's own id of its deploy. */
  readonly id?: string;
  /** The commit id, or the first characters of it. */
  readonly sha?: string;
  /** Id of the release. */
  readonly release?: string;
}

/** A deploy that the host took on. */
export interface HostRelease {
  /** The host's own id; absent where it does not tell one. */
  readonly id?: string;
  /** Milliseconds since the epoch, just before the host was asked, or when it began by itself. */
  readonly startedAt: number;
  /** Empty where nobody knows what the host went back to. */
  readonly sha: string;
  /** Page of the deploy at the host. */
  readonly logUrl?: string;
  /** Public URL, where the answer names it. */
  readonly url?: string;
}

/**
 * Where a deploy is. A status word that the adapter does not know counts as running; `state` is that word as the host says
 * it, and is shown while the deploy goes on and where it does not end in time. `commit` is what the host says is live, `id`
 * and `logUrl` are what it told only later. `reason` says which step failed and why, in the host's words where it has some:
 * "the build failed: exit status 1".
 */
export type HostStatus = (
  | { readonly phase: 'queued' | 'running'; readonly state?: string }
  | { readonly phase: 'live'; readonly commit?: string; readonly url?: string }
  | { readonly phase: 'failed' | 'cancelled'; readonly reason: string }
  | { readonly phase: 'superseded'; readonly by?: string }
) & { readonly id?: string; readonly logUrl?: string };

/** A place where Django runs. `trigger` is required; what else is there is what the host can do. */
export interface Host {
  /** Looks whether the inputs lead to a service; returns warnings. Changes nothing. */
  check?(io: HostIO): Promise<readonly string[]>;
  trigger(request: ReleaseRequest, io: HostIO): Promise<HostRelease>;
  status?(release: HostRelease, io: HostIO): Promise<HostStatus>;
  /** The public URL of the service. */
  url?(io: HostIO): Promise<string | undefined>;
  /** Every public URL that leads to the service, its custom domains too, where there may be more than one. */
  urls?(io: HostIO): Promise<readonly string[]>;
  /** Log lines of the deploy, oldest first. */
  logs?(release: HostRelease, io: HostIO): AsyncIterable<string>;
  cancel?(release: HostRelease, io: HostIO): Promise<void>;
  /**
   * The same host, whose `trigger` goes back to an earlier release and is followed like any other. Undefined is the one
   * before the one that is live. The release that `trigger` is given is of the run that asks.
   */
  rollback?(to: RollbackTarget | undefined): Host;
  /** The preview of the pull request of that number, which never touches what the host itself deploys to. */
  preview?(pullRequest: number): Preview;
}

/** How taking a preview away went: it went, it was gone already, or it is not the host's to take away. */
interface Removal {
  readonly outcome: 'removed' | 'gone' | 'left';
  /** What happened, as half a sentence. */
  readonly message: string;
}

/**
 * A host that deploys to the preview of one pull request and nowhere else: the same preview, at the same URL where the host
 * allows it, for the life of the pull request.
 */
export interface Preview extends Host {
  /** Takes the preview away. Asking again does no harm. The release is of the run that asks. */
  destroy(request: ReleaseRequest, io: HostIO): Promise<Removal>;
}

/** What of a run the variables of a host's own builds are made from. */
export interface BuildFacts {
  readonly sha: string;
  readonly branch: string | undefined;
  readonly isPullRequest: boolean;
  /** Public URL, where an input names it. */
  readonly url: string | undefined;
}

/**
 * A host as inputs and docs see it: data, and checks that ask nobody. It is loaded in every run, so that everything large
 * (schemas, an SDK) is behind `create`.
 */
export interface HostDefinition {
  /** In messages: "Render", "the deploy hook". */
  readonly title: string;
  /** Its page below docs/: `hosts/render.md`. */
  readonly page: string;
  /** What the inputs are at this host; absent where it does not use one. */
  readonly service?: HostNeed;
  readonly token?: HostNeed;
  readonly deployHook?: HostNeed;
  /** Options of its own, in addition to the common ones. Several credentials are secret options. */
  readonly options: readonly HostOption[];
  /** Variables of the runner's environment that it may read, as those of a cloud's credential chain. */
  readonly environ?: readonly string[];
  /** It can set variables of the service (the input host-env) by its API. */
  readonly setsVariables?: true;
  /** What it takes where it takes the artifact; absent where any format will do. */
  readonly artifactFormat?: ArtifactFormat;
  /** What its build needs in the artifact; absent where it builds nothing from it. */
  readonly builds?: BuildNeeds;
  /**
   * The ways to use it, each as the names of the inputs and options that it takes, by which the docs know what the host can
   * do: the examples of those names make a host, and its methods are the capabilities.
   */
  readonly ways: readonly HostWay[];
  /** How it serves static files itself, without the app: what to write where, as half a sentence. */
  readonly servesStatic?: string;
  /** Its build from git runs collectstatic unasked. */
  readonly collectsStatic?: true;
  /** Files whose presence in a checkout says that its project runs there, for `host: auto`. */
  readonly files?: readonly string[];
  /** Whether these inputs are for this host, for `host: auto`; inputs that another host could have too are not. */
  matches(inputs: HostInputs): boolean;
  /**
   * Every mistake in the inputs for that intent that the data above does not tell, `deploy` where absent; `create` is called
   * only where there is none.
   */
  check(inputs: HostInputs, intent?: HostIntent): Mistake[];
  /**
   * Why these inputs make no preview, or go back to nothing: what to set instead, as half a sentence. Undefined where what
   * they create has the capability.
   */
  lacks(capability: 'preview' | 'rollback', inputs: HostInputs): string | undefined;
  /** Values inside token, hook or service that must never be shown, such as the passwords of a publish profile. */
  secrets?(inputs: HostInputs): string[];
  /** Variables that the host sets in every build: settings choose by them whether they are in production. */
  variables?(facts: BuildFacts): Readonly<Record<string, string>>;
  /** The variable in which the app finds the commit that it runs, where the host sets one. */
  readonly commitVariable?: string;
  /** Its own phase before a release, in which it migrates; absent if it has none. */
  readonly migrations?: HostMigrations;
  /** A promise where the code is loaded first: `async (inputs) => (await import('./fly-host.ts')).createFly(inputs)`. */
  create(inputs: HostInputs): Host | Promise<Host>;
}

/** How a host is told to migrate before it releases. */
export interface HostMigrations {
  /** What to set, as a sentence. */
  readonly how: string;
  /** Files of the checkout that can say it, and what in them does. */
  readonly files?: readonly { readonly path: string; readonly says: RegExp }[];
  /** The option of host-options that says it. */
  readonly option?: string;
}

/** Names of inputs (`service`, `host-token`, `deploy-hook`, `url`) and of options that are given together. */
export type HostWay = readonly string[];

/** An answer of a host that is not what was asked for. */
export class HostAnswerError extends Error {
  override readonly name = 'HostAnswerError';
  readonly status: number;
  /** Milliseconds that the host asks to wait (Retry-After). */
  readonly retryAfter: number | undefined;

  constructor(message: string, status: number, retryAfter?: number) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}
