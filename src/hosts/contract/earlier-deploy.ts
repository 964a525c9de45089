import { DeployError } from '../../core/errors.ts';
import type { RollbackTarget } from './host.ts';

/** A deploy that a host remembers. */
export interface EarlierDeploy {
  readonly id: string;
  readonly commit: string | undefined;
  /** What visitors see now. */
  readonly isLive: boolean;
  /** It was live, and the host can put it back. */
  readonly isKept: boolean;
  /** It put an older one back. */
  readonly isRollback?: boolean;
}

/**
 * The deploy before the live one, out of those that a host remembers, the newest first. Another deploy of the same commit
 * would bring back what is live. If the live one is a rollback, the releases that it left are skipped.
 */
export function deployBefore<T extends EarlierDeploy>(deploys: readonly T[]): T | undefined {
  const at = deploys.findIndex(({ isLive }) => isLive);
  const live = deploys[at];
  const isSame = ({ commit }: EarlierDeploy) => commit !== undefined && commit === live?.commit;
  const older = deploys.slice(at + 1);
  const original = live?.isRollback ? older.findIndex((deploy) => isSame(deploy) && !deploy.isRollback) : -1;
  return older.slice(original + 1).find((deploy) => deploy.isKept && !isSame(deploy));
}

/** The commit of a target, which is also the first part of a release's id. */
const commitIn = ({ sha, release }: RollbackTarget): string => sha ?? release?.split('-')[0] ?? '';

/**
 * The deploy to go back to.
 * @param deploys The newest first.
 * @throws DeployError HOST_REFUSED if the host has it no more.
 */
export function findEarlier<T extends EarlierDeploy>(
  title: string,
  deploys: readonly T[],
  to: RollbackTarget | undefined,
): T {
  const hint = `${title} keeps some earlier deploys only. Deploy the older commit again, for example by a revert.`;
  if (!to) {
    const before = deployBefore(deploys);
    if (before) return before;
    throw new DeployError('HOST_REFUSED', `${title} has no deploy before this one to go back to.`, { hint });
  }
  const commit = commitIn(to);
  const found = deploys.find(
    (deploy) =>
      (deploy.isLive || deploy.isKept) &&
      (to.id ? deploy.id === to.id : commit !== '' && deploy.commit?.startsWith(commit)),
  );
  if (found) return found;
  const name = to.id ?? (commit || 'an unnamed commit');
  throw new DeployError('HOST_REFUSED', `${title} has no deploy of ${name} that it can put back.`, { hint });
}
