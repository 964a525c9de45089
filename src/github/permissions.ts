import { GitHubError, type Permission } from './github.ts';

/** What is left undone without a permission. */
const undone: Readonly<Record<Permission, string>> = {
  'actions: read': 'ask whether a run is over',
  'contents: read': 'compare commits',
  'deployments: write': 'show the deployment',
  'pull-requests: read': 'look at the pull request',
  'pull-requests: write': 'comment on the pull request',
};

/** What actions/checkout needs; naming any permission takes away all that are not named. */
const always: Permission = 'contents: read';

/**
 * One warning for all that GitHub did not take: the lines to add for what the token may not, and what it said otherwise.
 * Undefined where nothing was amiss.
 */
export function explainProblems(problems: readonly unknown[]): string | undefined {
  const missing = new Set<Permission>();
  const messages = new Set<string>();
  for (const problem of problems) {
    if (problem instanceof GitHubError && problem.permission) missing.add(problem.permission);
    else messages.add(problem instanceof Error ? problem.message : String(problem));
  }
  const parts: string[] = [];
  if (messages.size > 0)
    parts.push(`GitHub did not take all, which does not affect the deploy: ${[...messages].join('; ')}.`);
  if (missing.size > 0) parts.push(explainMissing(missing));
  return parts.length > 0 ? parts.join('\n') : undefined;
}

function explainMissing(missing: ReadonlySet<Permission>): string {
  const names = [...missing].sort();
  const lines = [...new Set([always, ...names])].sort().map((name) => `  ${name}`);
  return [
    `The deploy is not affected, but its token may not ${names.map((name) => undone[name]).join(' and ')}. Add to the job, beside what is there:`,
    'permissions:',
    ...lines,
  ].join('\n');
}
