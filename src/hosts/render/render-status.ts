import type { HostIO, HostStatus } from '../contract/host.ts';
import { whereKnown, whereTold } from '../contract/json-api.ts';
import { commitOf, type Deploy, type DeployEnded, type RenderApi } from './render-api.ts';

const phases: Readonly<Record<string, 'queued' | 'running'>> = { created: 'queued', queued: 'queued' };

const failures: Readonly<Record<string, string>> = {
  build_failed: 'the build failed',
  update_failed: 'the new version did not start',
  pre_deploy_failed: 'the pre-deploy command failed',
};

/** Whether a deploy ended without ever being live. */
export const endedBadly = ({ status }: Deploy): boolean => (status ?? '') in failures || status === 'canceled';

/** What Render says of a failure, in words. */
export function explainFailure(reason: DeployEnded['details']['reason']): string | undefined {
  const failure = reason?.failure;
  if (!failure) return undefined;
  if (failure.oomKilled) return `out of memory (limit ${failure.oomKilled.memoryLimit})`;
  if (failure.unhealthy) return `unhealthy: ${failure.unhealthy}`;
  if (failure.timedOutSeconds) return `timed out after ${failure.timedOutSeconds} s`;
  if (typeof failure.nonZeroExit === 'number') return `exit status ${failure.nonZeroExit}`;
  if (failure.earlyExit) return 'the process ended early';
  return failure.evicted ? `evicted${failure.evictionReason ? `: ${failure.evictionReason}` : ''}` : undefined;
}

/** Why a deploy ended: by the events, or, where they are silent, by what came after it. */
async function ending(
  api: RenderApi,
  service: string,
  id: string,
  io: HostIO,
): Promise<{ reason?: string; by?: string }> {
  const events = await api.ended(service, io);
  const reason = events.find(({ details }) => details.deployId === id)?.details.reason;
  const newer = reason?.newDeploy?.id ?? reason?.newBuild?.id;
  if (newer) return { by: newer };
  const explained = explainFailure(reason);
  return explained === undefined ? {} : { reason: explained };
}

/** Where a deploy of a service is, from Render's word for it and, where that does not say why, from what else it knows. */
export async function statusOf(api: RenderApi, service: string, deploy: Deploy, io: HostIO): Promise<HostStatus> {
  const word = deploy.status ?? '';
  const commit = commitOf(deploy);
  if (word === 'live') return { phase: 'live', ...(commit ? { commit } : {}) };
  if (word === 'deactivated') {
    const live: [string, string][] = [
      ['status', 'live'],
      ['limit', '1'],
    ];
    const [newest] = (await whereKnown(api.deploys(service, live, io))) ?? [];
    const by = newest && commitOf(newest);
    // Auto-deploy on beside the action: its deploy of the same commit took the place of ours.
    if (by !== undefined && by === commit) return { phase: 'live', commit: by };
    return { phase: 'superseded', ...(by ? { by } : {}) };
  }
  const failed = failures[word];
  if (failed) {
    const reason = (await whereTold(ending(api, service, deploy.id, io)))?.reason;
    return { phase: 'failed', reason: reason ? `${failed}: ${reason}` : failed };
  }
  if (word === 'canceled') {
    // Render cancels a deploy by itself when a newer one comes ("Override" policy): that is no failure of ours.
    const by = (await whereKnown(ending(api, service, deploy.id, io)))?.by;
    const [newest] = (await whereKnown(api.deploys(service, [['limit', '1']], io))) ?? [];
    const newer = by ?? (newest && newest.id !== deploy.id ? newest.id : undefined);
    return newer ? { phase: 'superseded', by: newer } : { phase: 'cancelled', reason: 'it was cancelled at Render' };
  }
  return { phase: phases[word] ?? 'running', ...(word ? { state: word } : {}) };
}
