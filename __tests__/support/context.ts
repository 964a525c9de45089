import type { Context, PullRequest } from '../../src/context.ts';

/** A push to the default branch, with some of it changed. */
export function createContext(overrides: Partial<Context> = {}): Context {
  return {
    event: 'push',
    repository: 'octo/site',
    sha: '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa',
    branch: 'main',
    tag: undefined,
    defaultBranch: 'main',
    pullRequest: undefined,
    dependabot: false,
    conclusion: undefined,
    deleted: false,
    trustedHeads: undefined,
    runNumber: 42,
    runAttempt: 1,
    order: { id: 1001, attempt: 1 },
    runUrl: 'https://github.com/octo/site/actions/runs/1001',
    workspace: '/workspace',
    temp: '/temp',
    ...overrides,
  };
}

/** A pull request from a branch of the repository itself. */
export function createPullRequest(overrides: Partial<PullRequest> = {}): PullRequest {
  return { number: 7, closed: false, fork: false, dependabot: false, ...overrides };
}
