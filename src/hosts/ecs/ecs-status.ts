import type { HostRelease, HostStatus } from '../contract/host.ts';
import { reasonOf } from '../contract/reason.ts';
import type { Rollout, Service } from './ecs-api.ts';

const undone = /^(STOPPED|STOP_REQUESTED|ROLLBACK_)/;

/** Whether ECS itself undid a deployment: its circuit breaker, or an alarm. */
const byItself = /circuit breaker|alarm|failed|unhealthy/i;

/**
 * Where the deployment of a task definition is. After a failure the circuit breaker puts the old revision back, and the
 * service is steady again: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 * @param rollout How ECS tells of our deployment in its history; asked only where ours is not what the service runs.
 */
export function statusOf(release: HostRelease, service: Service, rollout: Rollout | undefined): HostStatus {
  const ours = service.deployments.find(({ taskDefinition }) => taskDefinition === release.id);
  const primary = service.deployments.find(({ status }) => status === 'PRIMARY');
  if (ours?.rolloutState === 'FAILED')
    return {
      phase: 'failed',
      reason: `the deployment failed: ${reasonOf(ours.rolloutStateReason || rollout?.statusReason, 'ECS does not say why')}`,
    };
  if (ours && ours === primary) {
    // Only the rolling deployments of ECS itself have a state; the others are over when nothing else is left.
    const isOver = ours.rolloutState
      ? ours.rolloutState === 'COMPLETED'
      : service.deployments.length === 1 && ours.runningCount === ours.desiredCount;
    return isOver
      ? { phase: 'live', commit: release.sha }
      : { phase: 'running', state: ours.rolloutState ?? ours.status };
  }
  const primaryReason = primary?.rolloutStateReason ?? '';
  const why = reasonOf(rollout?.statusReason, '');
  if (/circuit breaker|rolling back|alarm/i.test(primaryReason))
    return { phase: 'failed', reason: `ECS put the old revision back: ${why || reasonOf(primaryReason, '')}` };
  if (undone.test(rollout?.status ?? '')) {
    if (byItself.test(why)) return { phase: 'failed', reason: `ECS put the old revision back: ${why}` };
    if (!/^STOPPED$/.test(rollout?.status ?? '') || !isNewer(primary?.createdAt, release))
      return { phase: 'cancelled', reason: `the deployment was cancelled at ECS${why ? `: ${why}` : ''}` };
  }
  if (isNewer(primary?.createdAt, release)) return { phase: 'superseded', by: nameOf(primary?.taskDefinition ?? '') };
  return { phase: 'queued', state: service.status };
}

const isNewer = (createdAt: number | null | undefined, release: HostRelease): boolean =>
  (createdAt ?? 0) * 1_000 >= release.startedAt;

/** `shop:12` of its ARN. */
const nameOf = (taskDefinition: string): string => taskDefinition.split('/').at(-1) ?? taskDefinition;
