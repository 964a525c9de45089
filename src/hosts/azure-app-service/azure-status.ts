import type { HostRelease, HostStatus } from '../contract/host.ts';
import { reasonOf } from '../contract/reason.ts';
import { commitOf, type Deployment } from './kudu.ts';

/** https://github.com/projectkudu/kudu/blob/master/Kudu.Contracts/Deployment/DeployStatus.cs */
const words: Readonly<Record<number, string>> = {
  0: 'Pending',
  1: 'Building',
  2: 'Deploying',
  3: 'Failed',
  4: 'Success',
};

/** Where a deploy of one site is. Only the active deployment is what the site serves. */
export function statusOf(release: HostRelease, deployment: Deployment, all: readonly Deployment[]): HostStatus {
  const word = words[deployment.status];
  if (word === 'Failed') {
    const why = reasonOf(deployment.status_text, 'App Service does not say why');
    return /cancel|abort/i.test(why)
      ? { phase: 'cancelled', reason: `it was cancelled at App Service: ${why}` }
      : { phase: 'failed', reason: `the deployment failed: ${why}` };
  }
  if (word === 'Success') {
    const commit = commitOf(deployment) ?? release.sha;
    if (deployment.active) return { phase: 'live', commit };
    const active = all.find((one) => one.active);
    const by = active && (commitOf(active) ?? active.id);
    return active && active.id !== deployment.id
      ? { phase: 'superseded', ...(by ? { by } : {}) }
      : { phase: 'running', state: 'Success, not active yet' };
  }
  return word === 'Pending'
    ? { phase: 'queued', state: word }
    : { phase: 'running', state: word ?? deployment.status_text ?? `status ${deployment.status}` };
}

/** Our deployment where the answer to the request had no id: of this commit, or the first since then. */
export function findOurs(release: HostRelease, all: readonly Deployment[]): Deployment | undefined {
  // Two minutes back, because Azure's clock and ours differ.
  const recent = all.filter((one) => Date.parse(one.received_time ?? '') > release.startedAt - 120_000);
  const named = recent.filter((one) => commitOf(one) === release.sha);
  const unnamed = recent.filter(
    (one) => commitOf(one) === undefined && Date.parse(one.received_time ?? '') >= release.startedAt,
  );
  const byTime = (a: Deployment, b: Deployment) =>
    Date.parse(a.received_time ?? '') - Date.parse(b.received_time ?? '');
  return named.sort(byTime).at(-1) ?? unnamed.sort(byTime)[0];
}
