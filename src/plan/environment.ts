import { DeployError } from '../core/errors.ts';
import type { Context } from '../event/context.ts';
import type { Inputs } from '../inputs/inputs.ts';

/**
 * The GitHub environment: `production` for the default branch, tags and releases, a branch's own name for other
 * branches, `preview/pr-N` for pull requests. Where the event does not name the default branch, main and master are it.
 */
export function environmentOf(context: Context): string {
  if (context.pullRequest) return `preview/pr-${context.pullRequest.number}`;
  const { branch, defaultBranch } = context;
  if (branch === undefined || context.event === 'release') return 'production';
  if (branch === 'production' && defaultBranch !== undefined && branch !== defaultBranch) {
    throw new DeployError(
      'INVALID_INPUTS',
      'The branch "production" would share its environment with the default branch.',
      {
        hint: `Name the environments of both, for example environment: \${{ github.ref_name }}`,
      },
    );
  }
  const standard = defaultBranch ?? (/^(main|master)$/.test(branch) ? branch : undefined);
  return branch === standard ? 'production' : branch;
}

/**
 * The environment of a pull request's preview, which is its alone: what is taken away with it must be nobody else's. A
 * name that was given and does not hold the number is the same in every pull request, so the number comes behind it.
 */
export function previewEnvironment({ environment = 'preview' }: Inputs, pullRequest: number): string {
  const own = new RegExp(`(^|\\D)${pullRequest}(\\D|$)`).test(environment);
  return own ? environment : `${environment}/pr-${pullRequest}`;
}

/** The pull request whose preview an environment is; undefined where it is something else. */
export function previewIn({ environment: base = 'preview' }: Inputs, environment: string): number | undefined {
  const rest = environment.startsWith(`${base}/pr-`) ? environment.slice(`${base}/pr-`.length) : '';
  return /^[1-9]\d*$/.test(rest) ? Number(rest) : undefined;
}
