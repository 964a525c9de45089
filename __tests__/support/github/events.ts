import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { repository } from './emulator.ts';

/** What starts a workflow: GitHub's own payloads, with the few values that a test cares about. */
export interface Happening {
  readonly event: string;
  readonly payload: object;
  /** GITHUB_SHA. */
  readonly sha: string;
  /** GITHUB_REF and GITHUB_ACTOR. */
  readonly env: Readonly<Record<string, string>>;
}

type Json = Record<string, unknown>;

const examples = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('@octokit/webhooks-examples'), 'utf8'),
) as readonly { readonly name: string; readonly examples: readonly Json[] }[];

function example(name: string, action?: string): Json {
  const all = examples.find((one) => one.name === name)?.examples ?? [];
  const found = all.find((one) => action === undefined || one.action === action) ?? all[0];
  if (!found) throw new Error(`There is no example of ${name}.`);
  const known = found.repository as object | undefined;
  return { ...found, repository: { ...known, full_name: repository, default_branch: 'main' } };
}

const main = { GITHUB_REF: 'refs/heads/main', GITHUB_ACTOR: 'ada' };

export const pushed = (sha: string, branch = 'main', actor = 'ada'): Happening => ({
  event: 'push',
  payload: { ...example('push'), ref: `refs/heads/${branch}`, after: sha, deleted: false },
  sha,
  env: { ...main, GITHUB_REF: `refs/heads/${branch}`, GITHUB_ACTOR: actor },
});

export interface PullRequestFacts {
  readonly number: number;
  /** Its head. */
  readonly head: string;
  /** The merge commit that GitHub makes of it, which is what the runner checks out. */
  readonly merge: string;
  /** Full name of the repository that the head is in. */
  readonly from?: string;
  readonly author?: string;
}

export function pullRequest(
  action: string,
  { number, head, merge, from = repository, author = 'ada' }: PullRequestFacts,
  event = 'pull_request',
): Happening {
  const payload = example('pull_request', action);
  const known = payload.pull_request as Json;
  const place = { ...(known.head as Json), sha: head, ref: 'topic', repo: { full_name: from } };
  const state = action === 'closed' ? 'closed' : 'open';
  const target = event === 'pull_request_target';
  return {
    event,
    payload: {
      ...payload,
      action,
      number,
      pull_request: { ...known, number, state, head: place, user: { login: author } },
    },
    sha: merge,
    env: { GITHUB_REF: target ? 'refs/heads/main' : `refs/pull/${number}/merge`, GITHUB_ACTOR: author },
  };
}

export interface RunBefore {
  readonly id: number;
  readonly head: string;
  /** Full name of the repository that the head is in. */
  readonly from?: string;
  readonly event?: string;
  readonly conclusion?: string;
}

/** A workflow has ended, and another one starts, on the default branch. `sha` is where that is. */
export function workflowRun(
  { id, head, from = repository, event = 'pull_request', conclusion = 'success' }: RunBefore,
  sha: string,
): Happening {
  const payload = example('workflow_run');
  const known = payload.workflow_run as Json;
  const run = {
    ...known,
    id,
    event,
    conclusion,
    head_sha: head,
    head_branch: 'topic',
    head_repository: { full_name: from },
    pull_requests: [],
  };
  return { event: 'workflow_run', payload: { ...payload, workflow_run: run }, sha, env: main };
}

export const released = (sha: string, action = 'published'): Happening => ({
  event: 'release',
  payload: { ...example('release', action), action },
  sha,
  env: { ...main, GITHUB_REF: 'refs/tags/v1.0.0' },
});

export const queued = (sha: string): Happening => ({
  event: 'merge_group',
  payload: example('merge_group'),
  sha,
  env: { ...main, GITHUB_REF: 'refs/heads/gh-readonly-queue/main/pr-7' },
});

export const dispatched = (sha: string, branch = 'main'): Happening => ({
  event: 'workflow_dispatch',
  payload: { ...example('workflow_dispatch'), ref: `refs/heads/${branch}` },
  sha,
  env: { ...main, GITHUB_REF: `refs/heads/${branch}` },
});

/** Somebody comments on a pull request; the run is of the default branch. */
export function commented(sha: string, number = 7): Happening {
  const payload = example('issue_comment', 'created');
  const issue = { ...(payload.issue as Json), number, state: 'open', pull_request: { url: 'https://api.github.com' } };
  return { event: 'issue_comment', payload: { ...payload, issue }, sha, env: main };
}

export const scheduled = (sha: string): Happening => ({
  event: 'schedule',
  payload: { schedule: '0 4 * * *', repository: example('push').repository },
  sha,
  env: main,
});
