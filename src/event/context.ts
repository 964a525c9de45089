import type { RunOrder } from '../core/run-order.ts';
import { type Payload, readPayload, type WorkflowRunPayload } from './payload.ts';
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
  /** GitHub's id of this run, never that of a run that it comes after. */
  readonly runId: number;
  readonly runNumber: number;
  readonly runAttempt: number;
  /** Tells which of two runs was started later; a run that another one started has the place of that one. */
  readonly order: RunOrder;
  readonly runUrl: string;
  /** Page of the repository. */
  readonly repositoryUrl: string;
  /** Base of GitHub's API, which one's own server has at another address. */
  readonly apiUrl: string;
  /** Folder of the checkout. */
  readonly workspace: string;
  /** Folder for files that go with the job. */
  readonly temp: string;
}

const dependabotLogin = 'dependabot[bot]';

/** Login of who started the run; a re-run is started by somebody else than the first one. */
const startedBy = (env: Readonly<Record<string, string | undefined>>): string =>
  env.GITHUB_TRIGGERING_ACTOR || env.GITHUB_ACTOR || '';

function readPullRequest(payload: Payload, repository: string, actor: string): PullRequest | undefined {
  const { pull_request: pull, action } = payload;
  if (!pull) return undefined;
  return {
    number: pull.number,
    closed: action === 'closed' || pull.state === 'closed',
    // A deleted fork has no repository any more; it was not this one.
    fork: pull.head.repo?.full_name !== repository,
    dependabot: actor === dependabotLogin || pull.user?.login === dependabotLogin,
  };
}

/**
 * The event as a value. The only reader of it.
 * `env` holds the runner's variables (https://docs.github.com/actions/reference/variables-reference), `given` the
 * event's JSON.
 * @throws DeployError GITHUB_FAILED if that is not the payload of an event.
 */
export function readContext(env: Readonly<Record<string, string | undefined>>, given: unknown): Context {
  const payload = readPayload(given);
  const event = env.GITHUB_EVENT_NAME ?? '';
  const repository = env.GITHUB_REPOSITORY || payload.repository?.full_name || '';
  const pullRequest = readPullRequest(payload, repository, startedBy(env));
  const ref = env.GITHUB_REF ?? '';
  const workflowRun = (event === 'workflow_run' && payload.workflow_run) || undefined;
  const server = env.GITHUB_SERVER_URL ?? 'https://github.com';
  const runId = env.GITHUB_RUN_ID ?? '0';
  const head = payload.pull_request?.head;
  const sha = head?.sha || workflowRun?.head_sha || env.GITHUB_SHA || '';
  return {
    event,
    repository,
    repositoryId: env.GITHUB_REPOSITORY_ID || String(payload.repository?.id ?? repository),
    sha,
    action: payload.action || undefined,
    branch: pullRequest ? head?.ref || undefined : readBranch(ref, workflowRun),
    tag: ref.startsWith('refs/tags/') ? ref.slice('refs/tags/'.length) : undefined,
    defaultBranch: payload.repository?.default_branch || undefined,
    pullRequest,
    dependabot: startedBy(env) === dependabotLogin || pullRequest?.dependabot === true,
    cause: event === 'workflow_run' ? readCause(workflowRun, payload.repository?.id, repository) : undefined,
    deleted: payload.deleted === true,
    trustedHeads: privilegedEvents.has(event) ? [env.GITHUB_SHA ?? '', sha] : undefined,
    runId: Number(runId),
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

function readCause(run: WorkflowRunPayload | undefined, here: number | null | undefined, repository: string): Cause {
  // A fork that takes in a branch of this repository has a pull request with the same head and its own number.
  const own = (run?.pull_requests ?? []).filter((pull) => pull?.base.repo.id === here);
  const from = run?.head_repository?.full_name || undefined;
  return {
    conclusion: run?.conclusion || undefined,
    ofPullRequest: run?.event?.startsWith('pull_request') ?? false,
    pullRequests: own.flatMap((pull) => pull?.number ?? []),
    fork: from !== repository,
    repository: from,
  };
}

/** Ids count up over all runs of a repository, so that runs of different workflows compare. */
function readOrder(
  env: Readonly<Record<string, string | undefined>>,
  workflowRun: WorkflowRunPayload | undefined,
): RunOrder {
  const id = workflowRun?.id;
  if (typeof id === 'number') return { id, attempt: workflowRun?.run_attempt ?? 1 };
  return { id: Number(env.GITHUB_RUN_ID ?? 0), attempt: Number(env.GITHUB_RUN_ATTEMPT ?? 1) };
}

function readBranch(ref: string, workflowRun: WorkflowRunPayload | undefined): string | undefined {
  return workflowRun?.head_branch || (ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : undefined);
}
