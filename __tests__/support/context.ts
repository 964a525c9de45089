import type { Cause, Context, PullRequest } from '../../src/event/context.ts';

/** A push to the default branch, with some of it changed. */
export function createContext(overrides: Partial<Context> = {}): Context {
  return {
    event: 'push',
    repository: 'octo/site',
    repositoryId: '1296269',
    sha: '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa',
    branch: 'main',
    tag: undefined,
    defaultBranch: 'main',
    pullRequest: undefined,
    dependabot: false,
    action: undefined,
    cause: undefined,
    deleted: false,
    trustedHeads: undefined,
    runId: 1001,
    runNumber: 42,
    runAttempt: 1,
    order: { id: 1001, attempt: 1 },
    runUrl: 'https://github.com/octo/site/actions/runs/1001',
    repositoryUrl: 'https://github.com/octo/site',
    apiUrl: 'https://api.github.com',
    workspace: '/workspace',
    temp: '/temp',
    ...overrides,
  };
}

/** A pull request from a branch of the repository itself. */
export function createPullRequest(overrides: Partial<PullRequest> = {}): PullRequest {
  return { number: 7, closed: false, fork: false, dependabot: false, ...overrides };
}

/** A push of the repository itself whose workflow ended well. */
export function createCause(overrides: Partial<Cause> = {}): Cause {
  return {
    conclusion: 'success',
    ofPullRequest: false,
    pullRequests: [],
    fork: false,
    repository: 'octo/site',
    ...overrides,
  };
}
