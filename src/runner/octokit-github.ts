import * as v from 'valibot';
import { type GitHub, GitHubError } from '../github/github.ts';
import {
  commentReply,
  comparisonReply,
  createdDeploymentReply,
  deploymentReply,
  pullReply,
  runReply,
  statusReply,
  viewerReply,
} from '../github/replies.ts';
import { createAsker, type GitHubOptions } from './octokit.ts';

const idOf = ({ id }: { readonly id: number }) => id;

/** GitHub as octokit gives it. */
export function createGitHub(options: GitHubOptions): GitHub {
  const [owner = '', repo = ''] = options.repository.split('/');
  const here = { owner, repo };
  const graphql = `${options.apiUrl.replace(/\/v3$/, '')}/graphql`;
  const { ask, tell, pages } = createAsker(options);

  return {
    // REST tells it to users alone; GraphQL to apps too, of which GITHUB_TOKEN is one.
    viewer: () =>
      ask('whose token this is', undefined, viewerReply, (octokit) =>
        octokit.request({ method: 'POST', url: graphql, query: '{ viewer { login } }' }),
      ),
    comments: (issue) =>
      pages('the list of comments', 'pull-requests: write', commentReply, idOf, ({ rest }, page) =>
        rest.issues.listComments({ ...here, ...page, issue_number: issue }),
      ),
    createComment: (issue, body) =>
      ask('a comment', 'pull-requests: write', commentReply, ({ rest }) =>
        rest.issues.createComment({ ...here, issue_number: issue, body }),
      ),
    updateComment: (id, body) =>
      ask('the comment', 'pull-requests: write', commentReply, ({ rest }) =>
        rest.issues.updateComment({ ...here, comment_id: id, body }),
      ),
    deleteComment: (id) =>
      tell('the comment', 'pull-requests: write', ({ rest }) => rest.issues.deleteComment({ ...here, comment_id: id })),
    deployments: (environment) =>
      pages('the list of deployments', 'deployments: write', deploymentReply, idOf, ({ rest }, page) =>
        rest.repos.listDeployments({ ...here, ...page, ...(environment ? { environment } : {}) }),
      ),
    async createDeployment(deployment) {
      const made = await ask('a deployment', 'deployments: write', createdDeploymentReply, ({ rest }) =>
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
      if (made === 'merged') throw new GitHubError('validation', 'GitHub merged instead of making a deployment');
      return made;
    },
    deploymentStatuses: (id) =>
      ask('the states of a deployment', 'deployments: write', v.array(statusReply), ({ rest }) =>
        rest.repos.listDeploymentStatuses({ ...here, deployment_id: id, per_page: 5 }),
      ),
    async setDeploymentStatus(id, { state, description, logUrl, environmentUrl }) {
      await tell('the state of the deployment', 'deployments: write', ({ rest }) =>
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
      await tell('the deployment', 'deployments: write', ({ rest }) =>
        rest.repos.deleteDeployment({ ...here, deployment_id: id }),
      );
    },
    async deleteEnvironment(name) {
      // The token of a job can never have the right that this needs, so there is none to name.
      await tell('the environment', undefined, ({ rest }) =>
        rest.repos.deleteAnEnvironment({ ...here, environment_name: name }),
      );
    },
    pullRequest: (number) =>
      ask(`pull request #${number}`, 'pull-requests: read', pullReply, ({ rest }) =>
        rest.pulls.get({ ...here, pull_number: number }),
      ),
    openPullRequests: () =>
      pages(
        'the list of pull requests',
        'pull-requests: read',
        pullReply,
        ({ number }) => number,
        ({ rest }, page) => rest.pulls.list({ ...here, ...page, state: 'open' }),
      ),
    async isOver({ id, attempt }) {
      const run = await ask(`run ${id}`, 'actions: read', runReply, ({ rest }) =>
        rest.actions.getWorkflowRun({ ...here, run_id: id }),
      );
      // A run is started again only when its last attempt is over.
      return run.run_attempt > attempt || run.status === 'completed';
    },
    compare: (base, head) =>
      ask('the comparison of two commits', 'contents: read', comparisonReply, ({ rest }) =>
        rest.repos.compareCommitsWithBasehead({ ...here, basehead: `${base}...${head}`, per_page: 1 }),
      ),
  };
}
