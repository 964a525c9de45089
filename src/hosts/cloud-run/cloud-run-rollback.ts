import { DeployError } from '../../core/errors.ts';
import type { HostIO, HostRelease, RollbackTarget } from '../contract/host.ts';
import type { CloudRunApi } from './cloud-run-api.ts';
import { commitOf, pinnedTarget, serving, shortName, tagsOf } from './cloud-run-template.ts';

/** Sends all traffic to an earlier revision, which is still there. */
export async function rollBack(
  api: CloudRunApi,
  name: string,
  to: RollbackTarget | undefined,
  io: HostIO,
): Promise<HostRelease> {
  const startedAt = io.now();
  const service = await api.get(name, io);
  const revisions = await api.revisions(name, io);
  const ready = revisions.filter(({ conditions }) =>
    conditions.some(({ type, state }) => type === 'Ready' && state === 'CONDITION_SUCCEEDED'),
  );
  const live = serving(service);
  const at = ready.findIndex((one) => shortName(one.name) === live);
  const liveCommit = ready[at] && commitOf(ready[at]);
  const target = to
    ? ready.find((one) => shortName(one.name) === to.id || (to.sha !== undefined && commitOf(one)?.startsWith(to.sha)))
    : ready.find((one, index) => at >= 0 && index > at && commitOf(one) !== liveCommit);
  if (!target)
    throw new DeployError('HOST_REFUSED', 'Cloud Run has no ready revision of that release to go back to.', {
      hint: 'Deploy the older commit again, for example by a revert of what came after.',
    });
  const id = shortName(target.name);
  const traffic = [{ type: pinnedTarget, revision: id, percent: 100 }, ...tagsOf(service.traffic)];
  await api.patch(name, ['traffic'], { name, etag: service.etag ?? undefined, traffic }, io);
  return { id, startedAt, sha: commitOf(target) ?? '' };
}
