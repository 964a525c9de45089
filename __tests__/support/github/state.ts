import type { StoredComment, StoredDeployment, StoredPull, StoredRun } from './samples.ts';

/** What a token may do, by the names of `permissions:`. */
export interface TokenRights {
  readonly actions: 'read' | 'none';
  readonly contents: 'read' | 'write' | 'none';
  readonly deployments: 'read' | 'write' | 'none';
  readonly 'pull-requests': 'read' | 'write' | 'none';
  /** Never given to the token of a job. */
  readonly administration: 'write' | 'none';
}

/** A repository at GitHub as far as the action knows it. Tests look at it, and put into it what others did. */
export interface GitHubState {
  readonly comments: StoredComment[];
  /** Oldest first. */
  readonly deployments: StoredDeployment[];
  readonly environments: Set<string>;
  readonly pulls: StoredPull[];
  readonly runs: StoredRun[];
  /** Commits of one branch, oldest first. */
  readonly history: string[];
  /** Numbers of issues that are locked. */
  readonly locked: Set<number>;
  rights: TokenRights;
  /** Somebody comments. */
  comment(author: string, body: string, issue?: number): StoredComment;
  /** GitHub makes the deployment of a job that has `environment:`. */
  jobDeployment(environment: string, sha: string, logUrl: string): StoredDeployment;
  id(): number;
}

export const allRights: TokenRights = {
  actions: 'read',
  contents: 'read',
  deployments: 'write',
  'pull-requests': 'write',
  administration: 'none',
};

export function createState(): GitHubState {
  let last = 1_000;
  const state: GitHubState = {
    comments: [],
    deployments: [],
    environments: new Set(),
    pulls: [],
    runs: [],
    history: [],
    locked: new Set(),
    rights: allRights,
    id: () => ++last,
    comment(author, body, issue = 7) {
      const comment = { id: state.id(), issue, author, body, minimized: false };
      state.comments.push(comment);
      return comment;
    },
    jobDeployment(environment, sha, log_url) {
      const status = { id: state.id(), state: 'in_progress', description: '', log_url, environment_url: '' };
      const deployment = {
        id: state.id(),
        sha,
        environment,
        task: 'deploy',
        description: null,
        payload: {},
        transient: false,
        production: false,
        statuses: [status],
      };
      state.environments.add(environment);
      state.deployments.push(deployment);
      return deployment;
    },
  };
  return state;
}
