import { findOurs, newerThan, type Past } from '../contract/history.ts';
import type { HostIO, HostRelease, HostStatus } from '../contract/host.ts';
import { whereKnown } from '../contract/json-api.ts';
import type { Deployment, DigitalOceanApi, Step } from './digitalocean-api.ts';

const waiting = ['PENDING_BUILD', 'UNKNOWN'];
/** A new app gets its URL some seconds after it is live; after this long it has none. */
const patience = 3 * 60_000;

/** Commits of the components that count: of the named one, or of the services, or of all where there is no service. */
function commitsOf(deployment: Deployment, component: string | undefined): string[] {
  const { services, workers, jobs, static_sites } = deployment;
  const all = [services, workers, jobs, static_sites].flatMap((list) => list ?? []);
  const hashes = (list: typeof all) => list.flatMap(({ source_commit_hash: hash }) => hash || []);
  if (component !== undefined) return hashes(all.filter(({ name }) => name === component));
  const ofServices = hashes(services ?? []);
  return ofServices.length > 0 ? ofServices : hashes(all);
}

/** The commit of a deployment: that of all its components, or else one that is not the expected one. */
function commitOf(deployment: Deployment, component: string | undefined, expected?: string): string | undefined {
  const commits = commitsOf(deployment, component);
  return commits.find((commit) => commit !== expected) ?? commits[0];
}

export const pastOf = (deployment: Deployment, component: string | undefined): Past & { readonly phase: string } => ({
  id: deployment.id,
  phase: deployment.phase,
  commit: commitOf(deployment, component),
  createdAt: deployment.created_at,
  isLive: deployment.phase === 'ACTIVE',
  wasLive: deployment.phase === 'ACTIVE' || deployment.phase === 'SUPERSEDED',
});

/** The innermost step that failed, with the names that lead to it. */
function failedStep(
  steps: readonly Step[] | null | undefined,
  names: readonly string[] = [],
): [Step, string[]] | undefined {
  for (const step of steps ?? []) {
    if (step.status !== 'ERROR') continue;
    const here = [...names, step.component_name || step.name || ''].filter(Boolean);
    return failedStep(step.steps, here) ?? [step, here];
  }
  return undefined;
}

/** "the build of web failed: exit status 1 (BuildJobExitNonZero)", as far as the progress tells. */
function explainFailure({ progress }: Deployment): string {
  const [step, names] = failedStep(progress?.steps) ?? failedStep(progress?.summary_steps) ?? [];
  if (!step || !names) return 'the deployment failed';
  const [phase = 'deployment', ...inside] = names;
  const component = inside.findLast((name) => name !== 'components' && name !== phase);
  const { code, message } = step.reason ?? {};
  const why = [message, code && `(${code})`].filter(Boolean).join(' ').replace(/\s+/g, ' ');
  return `the ${phase}${component ? ` of ${component}` : ''} failed${why && `: ${why}`}`;
}

export interface Followed {
  readonly api: DigitalOceanApi;
  readonly app: string;
  /** The component whose commit counts, where one is named. */
  readonly component: string | undefined;
}

async function whereLive(
  { api, app, component }: Followed,
  deployment: Deployment,
  sha: string,
  io: HostIO,
): Promise<HostStatus> {
  const found = await whereKnown(api.app(app, io));
  const { live_url: url, default_ingress: ingress } = found ?? {};
  const since = Date.parse(deployment.phase_last_updated_at ?? '');
  if (found && !url && io.now() - since < patience) return { phase: 'running', state: 'ACTIVE, without a URL yet' };
  const commit = commitOf(deployment, component, sha);
  const address = url || ingress;
  return { phase: 'live', ...(commit ? { commit } : {}), ...(address ? { url: address } : {}) };
}

/** A deployment whose place a newer one took: where that is of the same commit, as by deploy-on-push, it is ours as well. */
async function whereReplaced(
  { api, app, component }: Followed,
  deployment: Deployment,
  sha: string,
  io: HostIO,
): Promise<HostStatus> {
  const list = ((await whereKnown(api.deployments(app, 20, io))) ?? []).map((one) => pastOf(one, component));
  const newer = newerThan(list, deployment.id);
  if (newer?.commit === sha && newer.phase !== 'SUPERSEDED') {
    return { phase: 'running', state: `${deployment.phase} by ${newer.id} of the same commit`, id: newer.id };
  }
  const by = newer?.commit ?? newer?.id;
  return { phase: 'superseded', ...(by ? { by } : {}) };
}

/** Where the deployment of a release is. */
export async function statusOf(followed: Followed, release: HostRelease, io: HostIO): Promise<HostStatus> {
  const { api, app, component } = followed;
  const id =
    release.id ??
    findOurs(
      (await api.deployments(app, 20, io)).map((one) => pastOf(one, component)),
      release,
    )?.id;
  if (id === undefined) return { phase: 'queued' };
  const deployment = await api.deployment(app, id, io);
  const { phase } = deployment;
  const known = { id, logUrl: `https://cloud.digitalocean.com/apps/${app}/deployments/${id}` };
  if (phase === 'ACTIVE') return { ...known, ...(await whereLive(followed, deployment, release.sha, io)) };
  if (phase === 'SUPERSEDED') return { ...known, ...(await whereReplaced(followed, deployment, release.sha, io)) };
  if (phase === 'ERROR') return { ...known, phase: 'failed', reason: explainFailure(deployment) };
  if (phase === 'CANCELED') return { ...known, phase: 'cancelled', reason: 'it was cancelled at DigitalOcean' };
  return { ...known, phase: waiting.includes(phase) ? 'queued' : 'running', state: phase };
}
