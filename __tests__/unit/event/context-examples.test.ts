import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import type { DeployError } from '../../../src/core/errors.ts';
import { readContext } from '../../../src/event/context.ts';
import { planRun } from '../../../src/plan/run-plan.ts';
import { createInputs } from '../../support/fakes.ts';

/** Payloads as GitHub has sent them, of every event that a workflow with this step may run on. */
type Payload = Readonly<Record<string, unknown>> & {
  readonly action?: string;
  readonly ref?: string;
  readonly deleted?: boolean;
  readonly repository?: { readonly full_name: string; readonly default_branch: string };
  readonly pull_request?: {
    readonly number: number;
    readonly state: string;
    readonly head: { readonly sha: string; readonly ref: string };
  };
  readonly workflow_run?: {
    readonly id: number;
    readonly head_sha: string;
    readonly head_branch: string;
    readonly conclusion: string | null;
    readonly head_repository: { readonly full_name: string };
  };
};

const resolve = createRequire(import.meta.url).resolve;
const all = JSON.parse(readFileSync(resolve('@octokit/webhooks-examples'), 'utf8')) as readonly {
  readonly name: string;
  readonly examples: readonly Payload[];
}[];

/** The examples of an event, each with a name to tell it by. */
function examplesOf(event: string): [string, Payload][] {
  const found = all.find(({ name }) => name === event)?.examples ?? [];
  return found.map((payload, at) => [`${at + 1}${payload.action ? `, ${payload.action}` : ''}`, payload]);
}

const ownSha = 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb';

/** The payload as the runner hands it over. */
function read(event: string, payload: Payload, ref = payload.ref ?? 'refs/heads/master') {
  const repository = payload.repository?.full_name ?? '';
  const ids = { GITHUB_RUN_ID: '1001', GITHUB_RUN_NUMBER: '42', GITHUB_RUN_ATTEMPT: '1' };
  const env = { GITHUB_EVENT_NAME: event, GITHUB_REPOSITORY: repository, GITHUB_REF: ref, GITHUB_SHA: ownSha, ...ids };
  return readContext(env, payload);
}

const planned = (event: string, payload: Payload, ref?: string) =>
  planRun(createInputs(), read(event, payload, ref), undefined);

describe.each(['pull_request', 'pull_request_target'])('%s', (event) => {
  // GitHub has one payload for both.
  test.each(examplesOf('pull_request'))('example %s', (_, payload) => {
    const { number, state, head } = payload.pull_request as NonNullable<Payload['pull_request']>;
    const closed = state === 'closed';
    expect(read(event, payload, `refs/pull/${number}/merge`)).toMatchObject({
      event,
      action: payload.action,
      sha: head.sha,
      branch: head.ref,
      tag: undefined,
      defaultBranch: payload.repository?.default_branch,
      pullRequest: { number, closed, fork: false, dependabot: false },
      dependabot: false,
      cause: undefined,
      deleted: false,
    });
    expect(planned(event, payload)).toMatchObject({
      kind: closed ? 'teardown' : 'preview',
      pullRequest: number,
      identity: { name: `preview/pr-${number}` },
    });
  });
});

describe('push', () => {
  test.each(examplesOf('push'))('example %s', (_, payload) => {
    const tag = /^refs\/tags\/(.+)$/.exec(payload.ref ?? '')?.[1];
    const deleted = payload.deleted === true;
    expect(read('push', payload)).toMatchObject({
      sha: ownSha,
      tag,
      branch: tag === undefined ? 'master' : undefined,
      deleted,
      pullRequest: undefined,
      trustedHeads: undefined,
    });
    expect(planned('push', payload)).toMatchObject({
      kind: deleted ? 'skip' : 'deploy',
      identity: { name: 'production' },
    });
  });
});

describe('release', () => {
  test.each(examplesOf('release'))('example %s', (_, payload) => {
    const out = ['published', 'released', 'prereleased'].includes(payload.action ?? '');
    expect(read('release', payload, 'refs/tags/0.0.1')).toMatchObject({ action: payload.action, tag: '0.0.1' });
    expect(planned('release', payload, 'refs/tags/0.0.1')).toMatchObject({
      kind: out ? 'deploy' : 'skip',
      identity: { name: 'production' },
    });
  });
});

describe('workflow_run', () => {
  test.each(examplesOf('workflow_run'))('example %s', (_, payload) => {
    const run = payload.workflow_run as NonNullable<Payload['workflow_run']>;
    const fork = run.head_repository.full_name !== payload.repository?.full_name;
    const { cause, ...context } = read('workflow_run', payload);
    expect(context).toMatchObject({
      sha: run.head_sha,
      branch: run.head_branch,
      pullRequest: undefined,
      order: { id: run.id, attempt: 1 },
      trustedHeads: [ownSha, run.head_sha],
    });
    // Of one the pull request is in another repository, and it is none of ours.
    const conclusion = run.conclusion ?? undefined;
    expect(cause).toMatchObject({ conclusion, ofPullRequest: false, pullRequests: [], fork });
    expect(planned('workflow_run', payload).kind).toBe(conclusion === 'success' ? 'deploy' : 'skip');
  });
});

describe.each([
  ['merge_group', 'verify'],
  ['workflow_dispatch', 'deploy'],
  ['repository_dispatch', 'deploy'],
])('%s', (event, kind) => {
  test.each(examplesOf(event))('example %s', (_, payload) => {
    expect(read(event, payload)).toMatchObject({ sha: ownSha, pullRequest: undefined, cause: undefined });
    expect(planned(event, payload).kind).toBe(kind);
  });
});

describe.each(['issue_comment', 'deployment', 'deployment_status', 'check_suite', 'create', 'delete'])(
  '%s',
  (event) => {
    test.each(examplesOf(event))('example %s says nothing of what to do', (_, payload) => {
      // A branch or tag of that name is what it is about, and nothing that is checked out.
      const plan = () => planned(event, payload, 'refs/heads/master');
      expect(plan).toThrow(expect.objectContaining({ code: 'INVALID_INPUTS' } satisfies Partial<DeployError>));
      expect(read(event, payload, 'refs/heads/master')).toMatchObject({ pullRequest: undefined, cause: undefined });
    });
  },
);
