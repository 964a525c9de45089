import type { HostRelease, HostStatus } from '../contract/host.ts';
import { reasonOf } from '../contract/reason.ts';
import type { Revision, Service } from './cloud-run-api.ts';
import { serving, shareOf } from './cloud-run-template.ts';

/**
 * Where a revision is. It is live when it is ready and has all the traffic: after a failure the old one goes on, and where
 * traffic is pinned to a revision a new one gets none (https://docs.cloud.google.com/run/docs/rollouts-rollbacks-traffic-migration).
 */
export function statusOf(release: HostRelease, service: Service, revision: Revision | undefined): HostStatus {
  const id = release.id ?? '';
  if (service.deleteTime) return { phase: 'cancelled', reason: 'the service was deleted, which cancelled its deploy' };
  const failure = service.terminalCondition;
  const isNewest = (service.latestCreatedRevision ?? '').endsWith(`/${id}`);
  const isSettled = !service.reconciling && (service.generation ?? '') === (service.observedGeneration ?? '');
  if (!revision) return { phase: 'queued', state: failure?.state ?? 'CONDITION_PENDING' };
  const ready = revision.conditions.find(({ type }) => type === 'Ready');
  if (ready?.state === 'CONDITION_FAILED')
    return {
      phase: 'failed',
      reason: `the revision did not become ready: ${reasonOf(ready.message || ready.reason, 'Cloud Run does not say why')}`,
    };
  if (ready?.state !== 'CONDITION_SUCCEEDED') return { phase: 'running', state: ready?.state ?? 'CONDITION_PENDING' };
  if (!isSettled) return { phase: 'running', state: failure?.state ?? 'CONDITION_RECONCILING' };
  if (isNewest && failure?.state === 'CONDITION_FAILED')
    return {
      phase: 'failed',
      reason: `the service did not become ready: ${reasonOf(failure.message || failure.reason, 'Cloud Run does not say why')}`,
    };
  const share = shareOf(service, id);
  if (share === 100) return { phase: 'live', commit: release.sha };
  if (share > 0) return { phase: 'running', state: `${share} % of the traffic` };
  const other = serving(service);
  return { phase: 'superseded', ...(other ? { by: other } : {}) };
}
