import { identityPath } from '../../../src/core/identity.ts';
import {
  type Deployment,
  type DeploymentStatus,
  type GitHub,
  GitHubError,
  type GitHubFailure,
  type IssueComment,
  type NewDeployment,
  type PullRequestState,
} from '../../../src/github/github.ts';
import { identityOf } from '../identity.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A deployment with its states, the newest first. */
export type MemoryDeployment = Deployment & { readonly statuses: DeploymentStatus[] };

export interface MemoryGitHub extends GitHub {
  /** Newest first. */
  readonly made: MemoryDeployment[];
  readonly written: Writable<IssueComment & { issue: number }>[];
  readonly pulls: Writable<PullRequestState>[];
  /** Commits of one branch, oldest first. */
  readonly history: string[];
  /** Ids of runs that have come to their end. */
  readonly over: Set<number>;
  /** What was asked, by the names of the port. */
  readonly asked: (keyof GitHub)[];
  /** Has every such request fail from now on. */
  refuse(name: keyof GitHub, kind?: GitHubFailure): void;
  /** Puts a deployment there that somebody made, in that state. */
  deployed(deployment: Partial<NewDeployment>, state: string): MemoryDeployment;
}

/** A deployment that this action made says whose it is. */
function withIdentity(deployment: Partial<NewDeployment>): Partial<NewDeployment> {
  const { payload, environment, task = 'deploy' } = deployment;
  if (typeof payload?.release !== 'string') return deployment;
  const identity = identityPath(identityOf(environment, task.replace(/^deploy:?/, '')));
  return { ...deployment, payload: { identity, ...payload } };
}

/** GitHub in arrays, for one repository, by the port that the action knows it by. */
export function memoryGitHub(pulls: readonly PullRequestState[] = []): MemoryGitHub {
  let last = 100;
  const refused = new Map<keyof GitHub, GitHubFailure>();
  const asked: (keyof GitHub)[] = [];
  const made: MemoryDeployment[] = [];
  const written: MemoryGitHub['written'] = [];
  const history: string[] = [];
  const over = new Set<number>();
  const open = pulls.map((pull) => ({ ...pull }));

  function ask(name: keyof GitHub): void {
    asked.push(name);
    const kind = refused.get(name);
    if (kind) throw new GitHubError(kind, `GitHub does not take ${name}`);
  }
  function find<T extends { readonly id: number }>(list: readonly T[], id: number): T {
    const found = list.find((one) => one.id === id);
    if (!found) throw new GitHubError('notFound', `GitHub has no ${id}`);
    return found;
  }
  function create(deployment: Partial<NewDeployment>): MemoryDeployment {
    const { sha = '', environment = 'production', task = 'deploy', payload = {} } = deployment;
    const one = { id: ++last, sha, environment, task, payload, statuses: [] };
    made.unshift(one);
    return one;
  }

  return {
    made,
    written,
    pulls: open,
    history,
    over,
    asked,
    refuse: (name, kind = 'forbidden') => void refused.set(name, kind),
    deployed(deployment, state) {
      const one = create(withIdentity(deployment));
      one.statuses.unshift({ state, logUrl: '' });
      return one;
    },
    async viewer() {
      ask('viewer');
      return 'github-actions[bot]';
    },
    async *comments(issue) {
      ask('comments');
      yield written.filter((comment) => comment.issue === issue);
    },
    async createComment(issue, body) {
      ask('createComment');
      const comment = { id: ++last, issue, body, author: 'github-actions[bot]', url: '' };
      written.push(comment);
      return comment;
    },
    async updateComment(id, body) {
      ask('updateComment');
      return Object.assign(find(written, id), { body });
    },
    async deleteComment(id) {
      ask('deleteComment');
      written.splice(written.indexOf(find(written, id)), 1);
    },
    async *deployments(environment) {
      ask('deployments');
      yield made.filter((one) => environment === undefined || one.environment === environment);
    },
    async createDeployment(deployment) {
      ask('createDeployment');
      return create(deployment);
    },
    async deploymentStatuses(id) {
      ask('deploymentStatuses');
      return find(made, id).statuses;
    },
    async setDeploymentStatus(id, { state, logUrl }) {
      ask('setDeploymentStatus');
      find(made, id).statuses.unshift({ state, logUrl });
    },
    async deleteDeployment(id) {
      ask('deleteDeployment');
      made.splice(made.indexOf(find(made, id)), 1);
    },
    async deleteEnvironment() {
      ask('deleteEnvironment');
    },
    async pullRequest(number) {
      ask('pullRequest');
      const found = open.find((pull) => pull.number === number);
      if (!found) throw new GitHubError('notFound', `GitHub has no pull request #${number}`);
      return { ...found };
    },
    async *openPullRequests() {
      ask('openPullRequests');
      yield open.filter((pull) => pull.open);
    },
    async isOver({ id }) {
      ask('isOver');
      return over.has(id);
    },
    async compare(base, head) {
      ask('compare');
      const [older, newer] = [history.indexOf(base), history.indexOf(head)];
      if (older < 0 || newer < 0) return 'diverged';
      return older === newer ? 'identical' : older < newer ? 'ahead' : 'behind';
    },
  };
}
