import type { ErrorCode } from '../core/errors.ts';

/**
 * Where to read on about a failure: the section of docs/troubleshooting.md, in the version of the action that runs. The path alone
 * where the runner does not say which repository the action is from (an action of the same checkout), and where there is no runner: a
 * checkout on somebody's machine need not be published, and has the page.
 */
export function troubleshooting(code: ErrorCode, env: Readonly<Record<string, string | undefined>>): string {
  const page = `docs/troubleshooting.md#${code.toLowerCase()}`;
  const { GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref, RUNNER_ENVIRONMENT, ACT } = env;
  const server = env.GITHUB_SERVER_URL || 'https://github.com';
  return repository && (RUNNER_ENVIRONMENT || ACT) ? `${server}/${repository}/blob/${ref || 'HEAD'}/${page}` : page;
}
