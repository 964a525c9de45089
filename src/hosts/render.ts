import { ask, askJson } from './api.ts';
import type {
  Host,
  HostDefinition,
  HostInputs,
  HostIO,
  HostRelease,
  HostStatus,
  Mistake,
  ReleaseRequest,
} from './host.ts';
import { apiUrl, checkCredentialUrl, option } from './options.ts';
import { variables } from './render-variables.ts';

/** https://api-docs.render.com; the shapes below hold only what is read. */
interface Deploy {
  readonly id: string;
  readonly status?: string;
  readonly commit?: { readonly id?: string };
  readonly createdAt?: string;
}

interface Service {
  readonly ownerId: string;
  readonly dashboardUrl?: string;
  readonly autoDeployTrigger?: string;
  readonly autoDeploy?: string;
  readonly suspended?: string;
  readonly serviceDetails?: { readonly url?: string };
}

interface DeployEnded {
  readonly type: string;
  readonly details: {
    readonly deployId?: string;
    readonly reason?: {
      readonly newDeploy?: { readonly id?: string };
      readonly newBuild?: { readonly id?: string };
      readonly failure?: {
        readonly nonZeroExit?: number;
        readonly earlyExit?: boolean;
        readonly oomKilled?: { readonly memoryLimit: string };
        readonly timedOutSeconds?: number;
        readonly unhealthy?: string;
        readonly evicted?: boolean;
        readonly evictionReason?: string;
      };
    };
  };
}

const phases: Readonly<Record<string, 'queued' | 'running'>> = { created: 'queued', queued: 'queued' };

const failures: Readonly<Record<string, string>> = {
  build_failed: 'the build failed',
  update_failed: 'the new version did not start',
  pre_deploy_failed: 'the pre-deploy command failed',
};

/** What Render says of a failure, in words. */
export function explainFailure(reason: DeployEnded['details']['reason']): string | undefined {
  const failure = reason?.failure;
  if (!failure) return undefined;
  if (failure.oomKilled) return `out of memory (limit ${failure.oomKilled.memoryLimit})`;
  if (failure.unhealthy) return `unhealthy: ${failure.unhealthy}`;
  if (failure.timedOutSeconds) return `timed out after ${failure.timedOutSeconds} s`;
  if (failure.nonZeroExit !== undefined) return `exit status ${failure.nonZeroExit}`;
  if (failure.earlyExit) return 'the process ended early';
  return failure.evicted ? `evicted${failure.evictionReason ? `: ${failure.evictionReason}` : ''}` : undefined;
}

const sameCommit = (deploy: Deploy, sha: string) => deploy.commit?.id === sha;

/** A deploy hook's URL, asking for this commit. The parameter `ref` is in wide use, though not in Render's own pages. */
function hookUrl(hook: string, sha: string): string {
  const url = new URL(hook);
  url.searchParams.set('ref', sha);
  return url.href;
}

/** The id of the service: as given, or out of the hook's path. */
function serviceId(inputs: HostInputs): string | undefined {
  return inputs.service ?? /\/deploy\/(srv-[0-9a-z]+)/.exec(inputs.deployHook?.reveal() ?? '')?.[1];
}

function withApi(inputs: HostInputs, service: string): Required<Host> {
  const root = apiUrl(inputs.options, 'https://api.render.com/v1');
  const base = `${root}/services/${service}`;
  const headers = { authorization: `Bearer ${inputs.token?.reveal()}`, accept: 'application/json' };
  const get = <T>(io: HostIO, what: string, path: string) =>
    askJson<T>(io, what, { method: 'GET', url: base + path, headers });
  const getService = (io: HostIO) => get<Service>(io, `Render's service ${service}`, '');

  async function list(io: HostIO, query: Record<string, string>): Promise<Deploy[]> {
    const path = `/deploys?${new URLSearchParams(query)}`;
    return ((await get<{ deploy: Deploy }[]>(io, "Render's list of deploys", path)) ?? []).map((entry) => entry.deploy);
  }

  /** The deploy that an answer without an id started: the newest of this commit since then. */
  async function find(release: HostRelease, io: HostIO): Promise<Deploy | undefined> {
    // Two minutes back, because Render's clock and ours differ.
    const createdAfter = new Date(release.startedAt - 120_000).toISOString();
    const deploys = await list(io, { createdAfter, limit: '20' });
    return deploys.find((deploy) => sameCommit(deploy, release.sha));
  }

  /** Why a deploy ended: by the events, or, where they are silent, by what came after it. */
  async function ending(id: string, io: HostIO): Promise<{ reason?: string; by?: string }> {
    const events = await get<{ event: DeployEnded }[]>(io, "Render's events", '/events?type=deploy_ended&limit=20');
    const reason = events?.find(({ event }) => event.details.deployId === id)?.event.details.reason;
    const newer = reason?.newDeploy?.id ?? reason?.newBuild?.id;
    if (newer) return { by: newer };
    const explained = explainFailure(reason);
    return explained === undefined ? {} : { reason: explained };
  }

  async function statusOf(deploy: Deploy, io: HostIO): Promise<HostStatus> {
    const word = deploy.status ?? '';
    if (word === 'live') return { phase: 'live', ...(deploy.commit?.id ? { commit: deploy.commit.id } : {}) };
    if (word === 'deactivated') {
      const [newest] = await list(io, { status: 'live', limit: '1' });
      const by = newest?.commit?.id;
      // Auto-deploy on beside the action: its deploy of the same commit took the place of ours.
      if (by !== undefined && by === deploy.commit?.id) return { phase: 'live', commit: by };
      return { phase: 'superseded', ...(by ? { by } : {}) };
    }
    const failed = failures[word];
    if (failed) {
      const { reason } = await ending(deploy.id, io);
      return { phase: 'failed', reason: reason ? `${failed}: ${reason}` : failed };
    }
    if (word === 'canceled') {
      // Render cancels a deploy by itself when a newer one comes ("Override" policy): that is no failure of ours.
      const { by } = await ending(deploy.id, io);
      const [newest] = await list(io, { limit: '1' });
      const newer = by ?? (newest && newest.id !== deploy.id ? newest.id : undefined);
      return newer ? { phase: 'superseded', by: newer } : { phase: 'cancelled', reason: 'it was cancelled at Render' };
    }
    return { phase: phases[word] ?? 'running' };
  }

  async function* logs(release: HostRelease, io: HostIO): AsyncIterable<string> {
    const owner = (await getService(io))?.ownerId;
    if (!owner) return;
    const query = new URLSearchParams({ ownerId: owner, resource: service, direction: 'backward', limit: '100' });
    for (const type of ['build', 'app']) query.append('type', type);
    query.set('startTime', new Date(release.startedAt).toISOString());
    const request = { method: 'GET' as const, url: `${root}/logs?${query}`, headers };
    const page = await askJson<{ logs: { message: string }[] }>(io, "Render's logs", request);
    for (const line of (page?.logs ?? []).toReversed()) yield line.message;
  }

  return {
    async check(io) {
      const found = await getService(io);
      const warnings: string[] = [];
      const auto = found?.autoDeployTrigger ?? (found?.autoDeploy === 'yes' ? 'commit' : 'off');
      if (auto !== 'off') {
        warnings.push(
          `Render also deploys ${service} by itself on every push (auto-deploy "${auto}"), so each push deploys twice. Turn Auto-Deploy off in the service's settings.`,
        );
      }
      if (found?.suspended === 'suspended')
        warnings.push(`the Render service ${service} is suspended; resume it first`);
      return warnings;
    },
    async trigger(request: ReleaseRequest, io) {
      const startedAt = io.now();
      const clearCache = option(inputs.options, 'clear-cache') === 'true' ? { clearCache: 'clear' } : {};
      const deploy = await askJson<Deploy>(io, "Render's deploy request", {
        method: 'POST',
        url: `${base}/deploys`,
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ commitId: request.sha, ...clearCache }),
      });
      return { startedAt, sha: request.sha, ...(deploy?.id ? { id: deploy.id } : {}) };
    },
    async status(release, io) {
      const deploy = release.id
        ? await get<Deploy>(io, `Render's deploy ${release.id}`, `/deploys/${release.id}`)
        : await find(release, io);
      if (!deploy) return { phase: 'queued' };
      const logUrl = { logUrl: `https://dashboard.render.com/web/${service}/deploys/${deploy.id}` };
      return { ...(await statusOf(deploy, io)), id: deploy.id, ...logUrl };
    },
    url: async (io) => (await getService(io))?.serviceDetails?.url,
    logs,
    async cancel(release, io) {
      if (!release.id) return;
      await ask(io, "Render's cancel", { method: 'POST', url: `${base}/deploys/${release.id}/cancel`, headers });
    },
  };
}

/** With the hook alone Render tells an id but never a status. */
function withHookOnly(inputs: HostInputs): Host {
  return {
    async trigger(request, io) {
      const startedAt = io.now();
      const url = hookUrl(inputs.deployHook?.reveal() ?? '', request.sha);
      const answer = await askJson<{ deploy?: { id?: string } }>(io, "Render's deploy hook", { method: 'POST', url });
      const id = answer?.deploy?.id;
      return { startedAt, sha: request.sha, ...(id ? { id } : {}) };
    },
  };
}

function check(inputs: HostInputs): Mistake[] {
  const mistakes: Mistake[] = [];
  const api = option(inputs.options, 'api-url');
  if (api !== undefined)
    mistakes.push(...checkCredentialUrl('host-options', api).map((m) => ({ ...m, message: `api-url ${m.message}` })));
  const clearCache = option(inputs.options, 'clear-cache') ?? 'false';
  if (!/^(true|false)$/.test(clearCache)) {
    mistakes.push({ input: 'host-options', message: `clear-cache "${clearCache}" is neither true nor false` });
  }
  if (inputs.deployHook) {
    const hook = inputs.deployHook.reveal();
    mistakes.push(...checkCredentialUrl('deploy-hook', hook));
    if (/\/deploy\/exs-/.test(hook)) {
      mistakes.push({
        input: 'deploy-hook',
        message: 'is the hook of a Blueprint, which deploys no code; take the hook of the web service (srv-…)',
      });
    }
  }
  if (inputs.service !== undefined && !/^(srv|crn)-[0-9a-z]+$/.test(inputs.service)) {
    mistakes.push({
      input: 'service',
      message: `"${inputs.service}" is no id of a Render service; it stands in the dashboard's address and starts with srv-`,
    });
  }
  if (!inputs.deployHook && !(inputs.token && inputs.service)) {
    const missing = inputs.token ? 'service' : 'host-token';
    mistakes.push({ input: missing, message: 'is empty; Render needs service and host-token, or deploy-hook alone' });
  }
  return mistakes;
}

export const render: HostDefinition = {
  title: 'Render',
  options: ['api-url', 'clear-cache'],
  matches: ({ service, deployHook }) =>
    /^srv-/.test(service ?? '') ||
    /^https:\/\/api\.render\.com\/|\/deploy\/srv-[0-9a-z]+\?key=/.test(deployHook?.reveal() ?? ''),
  check,
  variables,
  create: (inputs) => {
    const service = serviceId(inputs);
    return inputs.token && service ? withApi(inputs, service) : withHookOnly(inputs);
  },
};
