import type { GitHub, PullRequestState } from '../github/github.ts';
import type { Context, PullRequest } from './context.ts';

/**
 * The pull request whose head a run was of; GitHub names none where the head is of a fork. The commit alone does not tell:
 * anybody can open a pull request with the head of somebody else's.
 */
async function findPullRequest({ sha, cause }: Context, github: GitHub): Promise<PullRequestState | undefined> {
  const [number] = cause?.pullRequests ?? [];
  if (number !== undefined) return github.pullRequest(number);
  for await (const page of github.openPullRequests()) {
    const found = page.find(({ head, from }) => head === sha && from !== undefined && from === cause?.repository);
    if (found) return found;
  }
  return undefined;
}

/** The context of a run that comes after one of a pull request is that of the pull request. */
export async function identify(context: Context, github: GitHub | undefined): Promise<Context> {
  const { cause } = context;
  if (!cause?.ofPullRequest || context.pullRequest || !github) return context;
  const found = await findPullRequest(context, github);
  if (!found) return context;
  const pullRequest: PullRequest = {
    number: found.number,
    closed: !found.open,
    fork: cause.fork,
    dependabot: context.dependabot,
  };
  return { ...context, pullRequest };
}
