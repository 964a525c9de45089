import { DeployError } from '../../core/errors.ts';
import { HostAnswerError, type HostIO, type HostRelease, type RollbackTarget } from '../contract/host.ts';
import { commitOf, type Deploy, type RenderApi } from './render-api.ts';

const hint =
  'Render keeps the last few builds only. Deploy the older commit again, for example by a revert of what came after.';

const refused = (message: string, cause?: unknown): DeployError =>
  new DeployError('HOST_REFUSED', message, { hint, cause });

/**
 * The deploy before the one that is live, out of those that are or were, the newest first. Another deploy of the same commit
 * would bring back what is live; and where the live one is a rollback, what was left by it is not gone back to.
 */
export function deployBefore(deploys: readonly Deploy[]): Deploy | undefined {
  const at = deploys.findIndex(({ status }) => status === 'live');
  const live = deploys[at];
  const commit = live && commitOf(live);
  const isSame = (deploy: Deploy) => commit !== undefined && commitOf(deploy) === commit;
  const older = deploys.slice(at + 1);
  const original = live?.trigger === 'rollback' ? older.findIndex(isSame) : -1;
  return older.slice(original + 1).find((deploy) => deploy.status === 'deactivated' && !isSame(deploy));
}

/** The commit of a target, which also stands first in a release's id. */
function commitIn({ sha, release }: RollbackTarget): string {
  return sha ?? release?.split('-')[0] ?? '';
}

async function findTarget(
  api: RenderApi,
  service: string,
  to: RollbackTarget | undefined,
  io: HostIO,
): Promise<Deploy> {
  const id = to?.id;
  if (id) return whereKept(id, async () => (await api.deploy(service, id, io)) ?? { id });
  const query: [string, string][] = [
    ['status', 'live'],
    ['status', 'deactivated'],
    ['limit', '100'],
  ];
  const deploys = await api.deploys(service, query, io);
  if (!to) {
    const before = deployBefore(deploys);
    if (!before) throw refused(`Render has no deploy of ${service} before this one to go back to.`);
    return before;
  }
  const name = commitIn(to);
  const found = deploys.find((deploy) => name !== '' && commitOf(deploy)?.startsWith(name));
  if (!found) throw refused(`Render has no deploy of ${name || 'an unnamed commit'} that was live.`);
  return found;
}

/** Answers by which Render may say that it has a build no more. */
const notKept = [400, 404, 409, 410];

async function whereKept<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HostAnswerError) || !notKept.includes(error.status)) throw error;
    throw refused(`Render does not go back to ${name}: ${error.message}.`, error);
  }
}

/** Asks Render to put a deploy's build back, which is a deploy like any other. */
export async function rollBack(
  api: RenderApi,
  service: string,
  to: RollbackTarget | undefined,
  io: HostIO,
): Promise<HostRelease> {
  const startedAt = io.now();
  const target = await findTarget(api, service, to, io);
  const sha = commitOf(target) ?? '';
  if (target.status === 'live') return { startedAt, sha, id: target.id };
  const deploy = await whereKept(target.id, () => api.rollBack(service, target.id, io));
  return { startedAt, sha, ...(deploy?.id ? { id: deploy.id } : {}) };
}
