import { DeployError } from '../../core/errors.ts';
import { commitOfImage } from '../contract/commit-image.ts';
import type { HostIO, HostRelease, RollbackTarget } from '../contract/host.ts';
import type { EcsApi } from './ecs-api.ts';
import { getService, putInto, type ServiceName } from './ecs-service.ts';
import { appContainer } from './task-definition.ts';

/** DescribeServiceRevisions takes this many. */
const mostRevisions = 20;

const revisionOf = (arn: string): number => Number(/:(\d+)$/.exec(arn)?.[1] ?? 0);

/** Puts the task definition back that ran before, out of the deployments that ECS says were successful. */
export async function rollBack(
  api: EcsApi,
  at: ServiceName,
  containerName: string | undefined,
  to: RollbackTarget | undefined,
  io: HostIO,
): Promise<HostRelease> {
  const startedAt = io.now();
  const service = await getService(api, at, io);
  const current = service.taskDefinition ?? '';
  const commitOf = async (arn: string) =>
    commitOfImage(appContainer(await api.taskDefinition(arn, io), containerName).image ?? undefined);

  const rollouts = await api.rollouts(at.cluster, at.name, { status: ['SUCCESSFUL'] }, io);
  const arns = rollouts.flatMap(({ targetServiceRevisionArn: arn }) => arn ?? []).slice(0, mostRevisions);
  const revisions = await api.revisions([...new Set(arns)], io);
  const ran = [...new Set(arns.flatMap((arn) => revisions.get(arn) || []))];
  const live = await commitOf(current);
  // Where what is live is a rollback itself, what was left by it has a later revision and is not gone back to.
  const before = ran.filter((arn) => revisionOf(arn) < revisionOf(current));
  const candidates = to ? ran : before.sort((a, b) => revisionOf(b) - revisionOf(a));
  for (const arn of candidates) {
    const sha = await commitOf(arn);
    const isWanted = to ? arn === to.id || (to.sha !== undefined && sha?.startsWith(to.sha)) : sha !== live;
    if (!isWanted) continue;
    await putInto(api, at, service, arn, io);
    return { id: arn, startedAt, sha: sha ?? '' };
  }
  throw new DeployError('HOST_REFUSED', 'ECS knows no successful deployment of that release to go back to.', {
    hint: 'ECS keeps deployments for 90 days. Deploy the older commit again, for example by a revert of what came after.',
  });
}
