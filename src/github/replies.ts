import * as v from 'valibot';
import { count, filled } from '../lib/json-shape.ts';
import type { Comparison, Deployment, DeploymentStatus, IssueComment, PullRequestState } from './github.ts';

/** GitHub's replies, as far as the action reads them: https://docs.github.com/rest. Each schema gives the action's own value. */

const comment = v.object({
  id: count(1),
  body: v.nullish(v.string(), ''),
  html_url: v.string(),
  user: v.nullish(v.object({ login: v.string() })),
});

export const commentReply = v.pipe(
  comment,
  v.transform(({ id, body, html_url: url, user }): IssueComment => ({ id, body, author: user?.login, url })),
);

const payloadOf = (payload: unknown): Deployment['payload'] =>
  typeof payload === 'object' && payload !== null ? { ...payload } : {};

export const deploymentReply = v.pipe(
  v.object({ id: count(1), sha: filled, environment: v.string(), task: v.string(), payload: v.unknown() }),
  v.transform((reply): Deployment => ({ ...reply, payload: payloadOf(reply.payload) })),
);

/** Instead of making a deployment GitHub may merge the default branch, and answers with a message alone. */
export const createdDeploymentReply = v.union([
  deploymentReply,
  v.pipe(
    v.object({ message: v.string(), id: v.optional(v.undefined()) }),
    v.transform((): 'merged' => 'merged'),
  ),
]);

export const statusReply = v.pipe(
  v.object({ state: filled, log_url: v.nullish(v.string()), target_url: v.nullish(v.string()) }),
  v.transform(({ state, log_url, target_url }): DeploymentStatus => ({ state, logUrl: log_url || target_url || '' })),
);

export const pullReply = v.pipe(
  v.object({
    number: count(1),
    state: v.picklist(['open', 'closed']),
    head: v.object({ sha: filled, repo: v.nullish(v.object({ full_name: filled })) }),
  }),
  v.transform(
    ({ number, state, head }): PullRequestState => ({
      number,
      open: state === 'open',
      head: head.sha,
      from: head.repo?.full_name,
    }),
  ),
);

export const runReply = v.object({ status: v.nullable(v.string()), run_attempt: v.optional(count(1), 1) });

export const comparisonReply = v.pipe(
  v.object({ status: v.picklist(['ahead', 'behind', 'identical', 'diverged']) }),
  v.transform(({ status }): Comparison => status),
);

export const viewerReply = v.pipe(
  v.object({ data: v.object({ viewer: v.object({ login: filled }) }) }),
  v.transform(({ data }) => data.viewer.login),
);
