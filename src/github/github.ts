import type { RunOrder } from '../core/run-order.ts';

/** What this token was not given, as it stands under `permissions:` of a job. */
export type Permission =
  | 'actions: read'
  | 'contents: read'
  | 'deployments: write'
  | 'pull-requests: read'
  | 'pull-requests: write';

export interface IssueComment {
  readonly id: number;
  readonly body: string;
  /** Login of who wrote it; undefined where the account is gone. */
  readonly author: string | undefined;
  /** Page of the comment. */
  readonly url: string;
}

export type DeploymentState = 'queued' | 'in_progress' | 'success' | 'failure' | 'error' | 'inactive';

export interface Deployment {
  readonly id: number;
  readonly sha: string;
  readonly environment: string;
  /** What of the repository is deployed; `deploy` where nobody says. */
  readonly task: string;
  /** What its maker wrote into it. */
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface DeploymentStatus {
  /** A DeploymentState, or a word of GitHub's own, for example `waiting`. */
  readonly state: string;
  readonly logUrl: string;
}

export interface NewDeployment {
  readonly sha: string;
  readonly environment: string;
  readonly task: string;
  readonly description: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** It will go one day, as a preview does. */
  readonly transient: boolean;
  readonly production: boolean;
}

interface NewDeploymentStatus {
  readonly state: DeploymentState;
  readonly description: string;
  readonly logUrl: string;
  readonly environmentUrl?: string;
}

export interface PullRequestState {
  readonly number: number;
  readonly open: boolean;
  readonly head: string;
  /** Full name of the repository that the head is in; undefined where that is gone. */
  readonly from: string | undefined;
}

/** Where a commit is, seen from another one. */
export type Comparison = 'ahead' | 'behind' | 'identical' | 'diverged';

/** All that the action does at GitHub, for one repository. Rejects with GitHubError. */
export interface GitHub {
  /** Login that this token writes as. */
  viewer(): Promise<string>;
  /** Comments of an issue or a pull request, page by page, oldest first. */
  comments(issue: number): AsyncIterable<readonly IssueComment[]>;
  createComment(issue: number, body: string): Promise<IssueComment>;
  updateComment(id: number, body: string): Promise<IssueComment>;
  deleteComment(id: number): Promise<void>;
  /** Deployments of an environment, or of all, page by page, newest first. */
  deployments(environment: string | undefined): AsyncIterable<readonly Deployment[]>;
  createDeployment(deployment: NewDeployment): Promise<Deployment>;
  /** The newest statuses, newest first. */
  deploymentStatuses(id: number): Promise<readonly DeploymentStatus[]>;
  setDeploymentStatus(id: number, status: NewDeploymentStatus): Promise<void>;
  /** GitHub deletes only what is inactive. */
  deleteDeployment(id: number): Promise<void>;
  deleteEnvironment(name: string): Promise<void>;
  pullRequest(number: number): Promise<PullRequestState>;
  /** Pull requests that are open, page by page. */
  openPullRequests(): AsyncIterable<readonly PullRequestState[]>;
  /** Whether an attempt of a run has come to its end. */
  isOver(run: RunOrder): Promise<boolean>;
  /** Where `head` is, seen from `base`. */
  compare(base: string, head: string): Promise<Comparison>;
}

/**
 * `forbidden`: the token may not; `locked`: nobody may write there any more; `unavailable`: GitHub did not answer, or not
 * in a way that means anything.
 */
export type GitHubFailure = 'forbidden' | 'locked' | 'notFound' | 'validation' | 'unavailable';

/** A request to GitHub that failed for good. */
export class GitHubError extends Error {
  override readonly name = 'GitHubError';
  readonly kind: GitHubFailure;
  /** What the token would need, where it is that. */
  readonly permission: Permission | undefined;

  constructor(
    kind: GitHubFailure,
    message: string,
    more: { permission?: Permission | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.kind = kind;
    this.permission = more.permission;
  }
}

export const isGitHubError = (error: unknown, kind: GitHubFailure): boolean =>
  error instanceof GitHubError && error.kind === kind;
