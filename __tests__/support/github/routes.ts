import type { EmulatorReply } from '../emulator.ts';
import {
  byId,
  type Call,
  documentation_url,
  forbidden,
  found,
  invalid,
  notFound,
  page,
  type Route,
  remove,
} from './replies.ts';
import {
  commentReply,
  compareReply,
  deploymentReply,
  pullReply,
  runReply,
  type StoredDeployment,
  statusReply,
} from './samples.ts';
import type { GitHubState } from './state.ts';

const longestBody = 65_536;

/** What stops a comment from being written. */
function refuseComment({ state, body }: Call, issue: number): EmulatorReply | undefined {
  if (state.locked.has(issue)) return forbidden('Unable to create comment because issue is locked.');
  const text = String(body.body);
  if (text.trim() === '') return invalid('body', "body can't be blank");
  return [...text].length > longestBody
    ? invalid('body', `body is too long (maximum is ${longestBody} characters)`)
    : undefined;
}

const stateOf = ({ statuses }: StoredDeployment): string => statuses.at(-1)?.state ?? 'pending';

/**
 * "Adds a new inactive status to all prior non-transient, non-production environment deployments with the same repository
 * and environment name as the created status's deployment", and only to those that were a success.
 */
function inactivate(state: GitHubState, deployment: StoredDeployment): void {
  for (const prior of state.deployments) {
    const same = prior.environment === deployment.environment && prior.id < deployment.id;
    if (!same || prior.transient || prior.production || stateOf(prior) !== 'success') continue;
    prior.statuses.push({ id: state.id(), state: 'inactive', description: '', log_url: '', environment_url: '' });
  }
}

const write = ['pull-requests', 'write'] as const;

export const routes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/issues\/(\d+)\/comments$/,
    needs: ['pull-requests', 'read'],
    answer(call) {
      const list = call.state.comments.filter(({ issue }) => String(issue) === call.parts[0]);
      return page(call, `/issues/${call.parts[0]}/comments`, list, (comment) => commentReply(call.base, comment));
    },
  },
  {
    method: 'POST',
    path: /^\/issues\/(\d+)\/comments$/,
    needs: write,
    answer(call) {
      const issue = Number(call.parts[0]);
      const refused = refuseComment(call, issue);
      if (refused) return refused;
      const comment = call.state.comment(call.login, String(call.body.body), issue);
      return { status: 201, body: commentReply(call.base, comment) };
    },
  },
  {
    method: 'PATCH',
    path: /^\/issues\/comments\/(\d+)$/,
    needs: write,
    answer: (call) =>
      found(byId(call.state.comments, call.parts[0]), (comment) => {
        if (comment.author !== call.login) return forbidden();
        const refused = refuseComment(call, comment.issue);
        if (refused) return refused;
        comment.body = String(call.body.body);
        return { status: 200, body: commentReply(call.base, comment) };
      }),
  },
  {
    method: 'DELETE',
    path: /^\/issues\/comments\/(\d+)$/,
    needs: write,
    answer: ({ state, parts, login }) =>
      found(byId(state.comments, parts[0]), (comment) =>
        comment.author === login ? remove(state.comments, comment) : forbidden(),
      ),
  },
  {
    method: 'GET',
    path: /^\/deployments$/,
    needs: ['deployments', 'read'],
    answer(call) {
      const environment = call.query.get('environment');
      const list = call.state.deployments.filter((one) => environment === null || one.environment === environment);
      return page(call, '/deployments', list.toReversed(), (one) => deploymentReply(call.base, one));
    },
  },
  {
    method: 'POST',
    path: /^\/deployments$/,
    needs: ['deployments', 'write'],
    answer({ state, base, body }) {
      if (body.auto_merge !== false) return { status: 202, body: { message: 'Auto-merged main into topic.' } };
      if (body.required_contexts === undefined) {
        return { status: 409, body: { message: 'Conflict: Commit status checks failed.', documentation_url } };
      }
      const deployment = {
        id: state.id(),
        sha: String(body.ref),
        environment: String(body.environment),
        task: String(body.task),
        description: String(body.description),
        payload: body.payload as Record<string, unknown>,
        transient: body.transient_environment === true,
        production: body.production_environment === true,
        statuses: [],
      };
      state.environments.add(deployment.environment);
      state.deployments.push(deployment);
      return { status: 201, body: deploymentReply(base, deployment) };
    },
  },
  {
    method: 'DELETE',
    path: /^\/deployments\/(\d+)$/,
    needs: ['deployments', 'write'],
    answer: ({ state, parts }) =>
      found(byId(state.deployments, parts[0]), (deployment) =>
        stateOf(deployment) === 'inactive' || state.deployments.length === 1
          ? remove(state.deployments, deployment)
          : { status: 422, body: { message: 'We cannot delete an active deployment', documentation_url } },
      ),
  },
  {
    method: 'GET',
    path: /^\/deployments\/(\d+)\/statuses$/,
    needs: ['deployments', 'read'],
    answer: (call) =>
      found(byId(call.state.deployments, call.parts[0]), ({ id, statuses }) =>
        page(call, `/deployments/${id}/statuses`, statuses.toReversed(), (status) =>
          statusReply(call.base, id, status),
        ),
      ),
  },
  {
    method: 'POST',
    path: /^\/deployments\/(\d+)\/statuses$/,
    needs: ['deployments', 'write'],
    answer: ({ state, base, body, parts }) =>
      found(byId(state.deployments, parts[0]), (deployment) => {
        const status = {
          id: state.id(),
          state: String(body.state),
          description: String(body.description ?? ''),
          log_url: String(body.log_url ?? ''),
          environment_url: String(body.environment_url ?? ''),
        };
        if (status.state === 'success' && body.auto_inactive !== false) inactivate(state, deployment);
        deployment.statuses.push(status);
        return { status: 201, body: statusReply(base, deployment.id, status) };
      }),
  },
  {
    method: 'DELETE',
    path: /^\/environments\/([^/]+)$/,
    needs: ['administration', 'write'],
    answer: ({ state, parts }) => (state.environments.delete(parts[0] ?? '') ? { status: 204 } : notFound),
  },
  {
    method: 'GET',
    path: /^\/pulls$/,
    needs: ['pull-requests', 'read'],
    answer: (call) =>
      page(
        call,
        '/pulls',
        call.state.pulls.filter(({ open }) => open),
        pullReply,
      ),
  },
  {
    method: 'GET',
    path: /^\/pulls\/(\d+)$/,
    needs: ['pull-requests', 'read'],
    answer: ({ state, parts }) =>
      found(
        state.pulls.find(({ number }) => String(number) === parts[0]),
        (pull) => ({ status: 200, body: pullReply(pull) }),
      ),
  },
  {
    method: 'GET',
    path: /^\/actions\/runs\/(\d+)$/,
    needs: ['actions', 'read'],
    answer: ({ state, parts }) => found(byId(state.runs, parts[0]), (run) => ({ status: 200, body: runReply(run) })),
  },
  {
    method: 'GET',
    path: /^\/compare\/(.+)\.\.\.(.+)$/,
    needs: ['contents', 'read'],
    answer: ({ state, base, parts: [from = '', to = ''] }) =>
      found(compareReply(base, state.history, from, to), (body) => ({ status: 200, body })),
  },
];
