import {
  type Comparison,
  type Deployment,
  type GitHub,
  GitHubError,
  type IssueComment,
  type PullRequestState,
} from '../github/github.ts';
import { createAsker, type GitHubOptions } from './octokit.ts';

const toComment = (comment: {
  readonly id: number;
  readonly body?: string;
  readonly html_url: string;
  readonly user: { readonly login: string } | null;
}): IssueComment => ({
  id: comment.id,
  body: comment.body ?? '',
  author: comment.user?.login,
  url: comment.html_url,
});

/** A deployment as GitHub gives it. */
interface GivenDeployment {
  readonly id: number;
  readonly sha: string;
  readonly environment: string;
  readonly task: string;
  readonly payload: Record<string, unknown> | string;
}

const toDeployment = (deployment: GivenDeployment): Deployment => {
  const { id, sha, environment, task, payload } = deployment;
  return { id, sha, environment, task, payload: typeof payload === 'string' ? {} : payload };
};

const toPullRequest = (pull: {
  readonly number: number;
  readonly state: string;
  readonly head: { readonly sha: string; readonly repo: { readonly full_name: string } | null };
}): PullRequestState => ({
  number: pull.number,
  open: pull.state === 'open',
  head: pull.head.sha,
  from: pull.head.repo?.full_name,
});

/** GitHub as octokit gives it. */
export function createGitHub(options: GitHubOptions): GitHub {
  const [owner = '', repo = ''] = options.repository.split('/');
  const here = { owner, repo };
  const graphql = `${options.apiUrl.replace(/\/v3$/, '')}/graphql`;
  const { ask, pages } = createAsker(options);

  return {
    async viewer() {
      // REST tells it to users alone; GraphQL to apps too, of which GITHUB_TOKEN is one.
      const found = await ask('whose token this is', undefined, (octokit) =>
        octokit.request({ method: 'POST', url: graphql, query: '{ viewer { login } }' }),
      );
      const login = (found as { data?: { viewer?: { login?: unknown } } }).data?.viewer?.login;
      if (typeof login !== 'string') throw new GitHubError('unavailable', 'GitHub does not say whose token this is');
      return login;
    },
    comments: (issue) =>
      pages(
        'the list of comments',
        'pull-requests: write',
        ({ rest }, page) => rest.issues.listComments({ ...here, ...page, issue_number: issue }),
        toComment,
      ),
    createComment: async (issue, body) =>
      toComment(
        await ask('a comment', 'pull-requests: write', ({ rest }) =>
          rest.issues.createComment({ ...here, issue_number: issue, body }),
        ),
      ),
    updateComment: async (id, body) =>
      toComment(
        await ask('the comment', 'pull-requests: write', ({ rest }) =>
          rest.issues.updateComment({ ...here, comment_id: id, body }),
        ),
      ),
    async deleteComment(id) {
      await ask('the comment', 'pull-requests: write', ({ rest }) =>
        rest.issues.deleteComment({ ...here, comment_id: id }),
      );
    },
    deployments: (environment) =>
      pages(
        'the list of deployments',
        'deployments: write',
        ({ rest }, page) => rest.repos.listDeployments({ ...here, ...page, ...(environment ? { environment } : {}) }),
        toDeployment,
      ),
    async createDeployment(deployment) {
      const made = await ask<GivenDeployment | { message?: string }>('a deployment', 'deployments: write', ({ rest }) =>
        rest.repos.createDeployment({
          ...here,
          ref: deployment.sha,
          task: deployment.task,
          environment: deployment.environment,
          description: deployment.description,
          payload: { ...deployment.payload },
          transient_environment: deployment.transient,
          production_environment: deployment.production,
          // GitHub would merge the default branch, and wait for checks, of which this run is one.
          auto_merge: false,
          required_contexts: [],
        }),
      );
      if (!('id' in made)) throw new GitHubError('validation', 'GitHub merged instead of making a deployment');
      return toDeployment(made);
    },
    async deploymentStatuses(id) {
      const found = await ask('the states of a deployment', 'deployments: write', ({ rest }) =>
        rest.repos.listDeploymentStatuses({ ...here, deployment_id: id, per_page: 5 }),
      );
      return found.map(({ state, log_url, target_url }) => ({ state, logUrl: log_url || target_url || '' }));
    },
    async setDeploymentStatus(id, { state, description, logUrl, environmentUrl }) {
      await ask('the state of the deployment', 'deployments: write', ({ rest }) =>
        rest.repos.createDeploymentStatus({
          ...here,
          deployment_id: id,
          state,
          description: description.slice(0, 140),
          log_url: logUrl,
          ...(environmentUrl ? { environment_url: environmentUrl } : {}),
          // GitHub would also take down what another app of the repository has in the same environment.
          auto_inactive: false,
        }),
      );
    },
    async deleteDeployment(id) {
      await ask('the deployment', 'deployments: write', ({ rest }) =>
        rest.repos.deleteDeployment({ ...here, deployment_id: id }),
      );
    },
    async deleteEnvironment(name) {
      // The token of a job can never have the right that this needs, so there is none to name.
      await ask('the environment', undefined, ({ rest }) =>
        rest.repos.deleteAnEnvironment({ ...here, environment_name: name }),
      );
    },
    pullRequest: async (number) =>
      toPullRequest(
        await ask(`pull request #${number}`, 'pull-requests: read', ({ rest }) =>
          rest.pulls.get({ ...here, pull_number: number }),
        ),
      ),
    openPullRequests: () =>
      pages(
        'the list of pull requests',
        'pull-requests: read',
        ({ rest }, page) => rest.pulls.list({ ...here, ...page, state: 'open' }),
        toPullRequest,
      ),
    async compare(base, head) {
      const found = await ask('the comparison of two commits', 'contents: read', ({ rest }) =>
        rest.repos.compareCommitsWithBasehead({ ...here, basehead: `${base}...${head}`, per_page: 1 }),
      );
      return found.status as Comparison;
    },
  };
}
