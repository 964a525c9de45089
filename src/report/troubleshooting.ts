import type { ErrorCode } from '../core/errors.ts';

/**
 * Where to read on about a failure: the section of docs/troubleshooting.md, in the version of the action that runs. The path alone
 * where the runner does not say which repository the action is from (an action of the same checkout).
 */
export function troubleshooting(code: ErrorCode, env: Readonly<Record<string, string | undefined>>): string {
  const page = `docs/troubleshooting.md#${code.toLowerCase()}`;
  const { GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref } = env;
  const server = env.GITHUB_SERVER_URL || 'https://github.com';
  return repository ? `${server}/${repository}/blob/${ref || 'HEAD'}/${page}` : page;
}
