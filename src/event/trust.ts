/**
 * Events whose runs have the secrets of the base and write into the cache of the default branch, although a stranger can cause
 * them. The one list: what may be checked out, built, cached and deployed depends on it.
 */
export const privilegedEvents: ReadonlySet<string> = new Set(['pull_request_target', 'workflow_run', 'issue_comment']);
