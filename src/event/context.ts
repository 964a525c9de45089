import type { RunOrder } from '../core/run-order.ts';
import { privilegedEvents } from './trust.ts';

export interface PullRequest {
  readonly number: number;
  readonly closed: boolean;
  /** The head's repository is another one, so the run has no secrets and the code is a stranger's. */
  readonly fork: boolean;
  /** Opened by Dependabot, whose runs get no secrets either. */
  readonly dependabot: boolean;
}

/** A run that another one comes after. */
export interface Cause {
  /** How it ended; undefined where it has not. */
  readonly conclusion: string | undefined;
  /** It was of a pull request. */
  readonly ofPullRequest: boolean;
  /** Numbers of this repository's pull requests that its head is of, as far as GitHub tells; none for forks. */
  readonly pullRequests: readonly number[];
  /** Its code is of another repository. */
  readonly fork: boolean;
  /** Full name of the repository that its code is of; undefined where that is gone. */
  readonly repository: string | undefined;
}

/** What GitHub says of this run. */
export interface Context {
  readonly event: string;
  /** `owner/name`. */
  readonly repository: string;
  /** GitHub's id of the repository, which stays when it is renamed; its name where no id is told. */
  readonly repositoryId: string;
  /** The commit that is deployed; of a pull request its head, never the merge commit that only GitHub knows. */
  readonly sha: string;
  /** What happened, where the event says it: `opened`, `closed`, `published`. */
  readonly action: string | undefined;
  /** Short name of the branch: the pushed one, or the head of the pull request; undefined for tags. */
  readonly branch: string | undefined;
  readonly tag: string | undefined;
  readonly defaultBranch: string | undefined;
  readonly pullRequest: PullRequest | undefined;
  /** Started by Dependabot, whose runs get no secrets, whatever the event is. */
  readonly dependabot: boolean;
  /** The run that this `workflow_run` comes after. */
  readonly cause: Cause | undefined;
  /** The push deleted its branch or tag. */
  readonly deleted: boolean;
  /**
   * Commits that may be checked out: set for events that have secrets although a stranger can cause them. Undefined:
   * any.
   */
  readonly trustedHeads: readonly string[] | undefined;
  readonly runNumber: number;
  readonly runAttempt: number;
  /** Tells which of two runs was started later; a run that another one started has the place of that one. */
  readonly order: RunOrder;
  readonly runUrl: string;
  /** Page of the repository. */
  readonly repositoryUrl: string;
  /** Base of GitHub's API, which a server of one's own has at another address. */
  readonly apiUrl: string;
  /** Folder of the checkout. */
  readonly workspace: string;
  /** Folder for files that go with the job. */
  readonly temp: string;
}

type Json = Readonly<Record<string, unknown>>;

const at = (value: unknown, ...names: string[]): unknown =>
  names.reduce<unknown>((inner, name) => (inner as Json | null | undefined)?.[name], value);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const dependabotLogin = 'dependabot[bot]';

/** Login of who started the run; a re-run is started by somebody else than the first one. */
const startedBy = (env: Readonly<Record<string, string | undefined>>): string =>
  env.GITHUB_TRIGGERING_ACTOR || env.GITHUB_ACTOR || '';

function readPullRequest(payload: Json, repository: string, actor: string): PullRequest | undefined {
  const pull = payload.pull_request;
  const number = at(pull, 'number') ?? payload.number;
  if (!pull || typeof number !== 'number') return undefined;
  return {
    number,
    closed: payload.action === 'closed' || at(pull, 'state') === 'closed',
    // A deleted fork has no repository any more; it was none of ours.
    fork: at(pull, 'head', 'repo', 'full_name') !== repository,
    dependabot: actor === dependabotLogin || at(pull, 'user', 'login') === dependabotLogin,
  };
}

/**
 * The event as a value. The only reader of it.
 * `env` holds the runner's variables (https://docs.github.com/actions/reference/variables-reference), `payload` the
 * event's JSON.
 */
export function readContext(env: Readonly<Record<string, string | undefined>>, payload: Json): Context {
  const event = env.GITHUB_EVENT_NAME ?? '';
  const repository = env.GITHUB_REPOSITORY ?? text(at(payload, 'repository', 'full_name')) ?? '';
  const pullRequest = readPullRequest(payload, repository, startedBy(env));
  const ref = env.GITHUB_REF ?? '';
  const workflowRun = event === 'workflow_run' ? payload.workflow_run : undefined;
  const server = env.GITHUB_SERVER_URL ?? 'https://github.com';
  const runId = env.GITHUB_RUN_ID ?? '0';
  const sha =
    text(at(payload, 'pull_request', 'head', 'sha')) ?? text(at(workflowRun, 'head_sha')) ?? env.GITHUB_SHA ?? '';
  return {
    event,
    repository,
    repositoryId: env.GITHUB_REPOSITORY_ID ?? String(at(payload, 'repository', 'id') ?? repository),
    sha,
    action: text(payload.action),
    branch: pullRequest ? text(at(payload, 'pull_request', 'head', 'ref')) : readBranch(ref, workflowRun),
    tag: ref.startsWith('refs/tags/') ? ref.slice('refs/tags/'.length) : undefined,
    defaultBranch: text(at(payload, 'repository', 'default_branch')),
    pullRequest,
    dependabot: startedBy(env) === dependabotLogin || pullRequest?.dependabot === true,
    cause: event === 'workflow_run' ? readCause(workflowRun, payload.repository, repository) : undefined,
    deleted: payload.deleted === true,
    trustedHeads: privilegedEvents.has(event) ? [env.GITHUB_SHA ?? '', sha] : undefined,
    runNumber: Number(env.GITHUB_RUN_NUMBER ?? 0),
    runAttempt: Number(env.GITHUB_RUN_ATTEMPT ?? 1),
    order: readOrder(env, workflowRun),
    runUrl: `${server}/${repository}/actions/runs/${runId}`,
    repositoryUrl: `${server}/${repository}`,
    apiUrl: env.GITHUB_API_URL ?? 'https://api.github.com',
    workspace: env.GITHUB_WORKSPACE ?? '.',
    temp: env.RUNNER_TEMP ?? '/tmp',
  };
}

function readCause(run: unknown, here: unknown, repository: string): Cause {
  const listed = at(run, 'pull_requests');
  // A fork that takes in a branch of ours has a pull request with our head and its own number.
  const ours = (Array.isArray(listed) ? listed : []).filter(
    (pull) => at(pull, 'base', 'repo', 'id') === at(here, 'id'),
  );
  const numbers = ours.map((pull) => at(pull, 'number'));
  const from = text(at(run, 'head_repository', 'full_name'));
  return {
    conclusion: text(at(run, 'conclusion')),
    ofPullRequest: String(at(run, 'event')).startsWith('pull_request'),
    pullRequests: numbers.filter((number) => typeof number === 'number'),
    fork: from !== repository,
    repository: from,
  };
}

/** Ids count up over all runs of a repository, so that runs of different workflows compare. */
function readOrder(env: Readonly<Record<string, string | undefined>>, workflowRun: unknown): RunOrder {
  const cause = at(workflowRun, 'id');
  const attempt = Number(at(workflowRun, 'run_attempt') ?? 1);
  if (typeof cause === 'number') return { id: cause, attempt };
  return { id: Number(env.GITHUB_RUN_ID ?? 0), attempt: Number(env.GITHUB_RUN_ATTEMPT ?? 1) };
}

function readBranch(ref: string, workflowRun: unknown): string | undefined {
  const head = text(at(workflowRun, 'head_branch'));
  return head ?? (ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : undefined);
}
