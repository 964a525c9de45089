/**
 * Events whose runs have the secrets of the base branch, and write its cache, although a stranger can cause them. This is
 * the only list of them.
 */
export const privilegedEvents: ReadonlySet<string> = new Set(['pull_request_target', 'workflow_run', 'issue_comment']);
