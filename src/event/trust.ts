/**
 * Events whose runs have the secrets of the base branch, and write its cache, although a stranger can cause them: by a pull request, a
 * comment, an issue, a discussion, a fork, a star or a page of the wiki. This is the only list of them.
 * https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
export const privilegedEvents: ReadonlySet<string> = new Set([
  'pull_request_target',
  'workflow_run',
  'issue_comment',
  'issues',
  'discussion',
  'discussion_comment',
  'fork',
  'watch',
  'gollum',
]);
