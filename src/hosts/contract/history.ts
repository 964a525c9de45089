import { DeployError } from '../../core/errors.ts';
import type { HostRelease, RollbackTarget } from './host.ts';

/** A deploy in a host's list, as far as finding one in it needs. */
export interface Past {
  readonly id: string;
  /** The whole commit id, where the host knows it. */
  readonly commit?: string | undefined;
  /** ISO 8601. */
  readonly createdAt?: string | null | undefined;
  readonly isLive?: boolean;
  /** It was live once. */
  readonly wasLive?: boolean;
}

/** The host's clock and ours may differ by this much. */
const skew = 120_000;

/** The deploy that an answer without an id started: the newest of this commit since then. The list has the newest first. */
export function findOurs<P extends Past>(list: readonly P[], { sha, startedAt }: HostRelease): P | undefined {
  const isRecent = ({ createdAt }: P) => !createdAt || !(Date.parse(createdAt) < startedAt - skew);
  return list.find((past) => past.commit === sha && isRecent(past));
}

/** The deploy that came after the one of that id, the newest of several. The list has the newest first. */
export function newerThan<P extends Past>(list: readonly P[], id: string): P | undefined {
  const at = list.findIndex((past) => past.id === id);
  return at > 0 ? list[0] : undefined;
}

/**
 * The deploy before the one that is live, out of those that were live once, the newest first. Another deploy of the same
 * commit would bring back what is live; and where the live commit was live earlier too, somebody went back to it, so that
 * what was left by that is not gone back to.
 */
function before<P extends Past>(list: readonly P[]): P | undefined {
  const at = list.findIndex(({ isLive }) => isLive);
  const live = list[at];
  if (!live) return undefined;
  const older = list.slice(at + 1).filter(({ wasLive }) => wasLive);
  const isSame = ({ commit }: P) => commit !== undefined && commit === live.commit;
  return older.slice(older.findLastIndex(isSame) + 1).find((past) => !isSame(past));
}

/** The commit of a target, which also stands first in a release's id. */
const commitIn = ({ sha, release }: RollbackTarget): string => sha ?? release?.split('-')[0] ?? '';

/**
 * The deploy to go back to: the named one, or the one before the live one.
 * @throws DeployError HOST_REFUSED where the host has none such; `hint` says what to do then.
 */
export function pastTarget<P extends Past>(
  list: readonly P[],
  to: RollbackTarget | undefined,
  title: string,
  hint: string,
): P {
  const name = to && (to.id ?? commitIn(to));
  const found = !to
    ? before(list)
    : list.find((past) => (to.id ? past.id === to.id : past.wasLive && name && past.commit?.startsWith(name)));
  if (found) return found;
  const wanted = to ? `deploy of ${name || 'an unnamed commit'} that was live` : 'deploy before the live one';
  throw new DeployError('HOST_REFUSED', `${title} has no ${wanted} to go back to.`, { hint });
}
