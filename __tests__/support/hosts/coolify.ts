import { type Emulator, type EmulatorReply, type EmulatorRequest, startEmulator } from '../emulator.ts';
import { judgeOf } from './judged.ts';
import { type HostPlot, stages } from './states.ts';

export const coolifyToken = `3|${'tokenOfTheEmulator'.repeat(3)}`;
export const coolifyApp = 'vgsco4o0sk4c8wcsk8kk0o8s';

interface Deployment {
  readonly id: string;
  readonly pullRequest: number;
  readonly commit: string;
  readonly createdAt: string;
  readonly rollback: boolean;
  state: string;
}

export interface CoolifyOptions extends HostPlot {
  readonly refuse?: EmulatorReply;
  /** Newest commits of branches: 0 is the application's, the others are of pull requests. */
  readonly heads?: Map<number, string>;
  readonly settings?: object;
  /** The commit that the application is pinned to. */
  readonly pinned?: string;
}

export interface Coolify extends Emulator {
  /** The newest first. */
  readonly deployments: readonly Deployment[];
  readonly previews: ReadonlySet<number>;
  readonly variables: ReadonlyMap<string, { readonly value: string; readonly isPreview: boolean }>;
  /** The commit that the application checks out: HEAD, or one. */
  commit(): string;
  readonly complaints: readonly string[];
}

const judged = judgeOf('coolify');
const notFound: EmulatorReply = { status: 404, body: { message: 'Not found.' } };
const ended = ['finished', 'failed', 'cancelled-by-user'];

const line = (output: string, type = 'stdout', hidden = false) => ({
  command: null,
  output,
  type,
  timestamp: '2026-01-01T00:00:00Z',
  hidden,
  batch: 1,
});
const building = [line('docker build --secret=hidden', 'stdout', true), line('Building docker image started.')];
const logs: Readonly<Record<string, readonly object[]>> = {
  'failed build': [...building, line('ERROR: No matching distribution found for djnago', 'stderr')],
  'failed start': [...building, line('Rolling update started.'), line('gunicorn: error: config.wsgi', 'stderr')],
};

/** Coolify's API with state, as far as the action uses it, held against Coolify's own description. */
export async function startCoolify(options: CoolifyOptions = {}): Promise<Coolify> {
  const judge = await judged;
  const { now = Date.now, heads = new Map<number, string>() } = options;
  const next = stages(options.states ?? ['in_progress', 'in_progress', 'finished']);
  const deployments: Deployment[] = [];
  const previews = new Set<number>();
  const variables = new Map<string, { value: string; isPreview: boolean }>();
  const complaints: string[] = [];
  let pinned = options.pinned ?? 'HEAD';
  let made = 0;

  function begin(pullRequest: number, commit: string, rollback = false): Deployment {
    const id = `dp${String(++made).padStart(22, '0')}`;
    const deployment = { id, pullRequest, commit, createdAt: new Date(now()).toISOString(), rollback, state: 'queued' };
    deployments.unshift(deployment);
    return deployment;
  }

  function look(deployment: Deployment): Deployment {
    if (ended.some((word) => deployment.state.startsWith(word))) return deployment;
    const word = next(deployment);
    deployment.state = word;
    if (word === 'finished, then another') {
      deployment.state = 'finished';
      begin(deployment.pullRequest, 'e'.repeat(40)).state = 'finished';
    }
    return deployment;
  }

  const describe = ({ id, pullRequest, commit, createdAt, rollback, state }: Deployment) => ({
    id: 7,
    application_id: '3',
    deployment_uuid: id,
    pull_request_id: pullRequest,
    force_rebuild: false,
    // It is not looked up before the deployment begins.
    commit: state === 'queued' ? 'HEAD' : commit,
    status: state.split(' ')[0],
    is_webhook: false,
    is_api: true,
    created_at: createdAt,
    updated_at: createdAt,
    logs: JSON.stringify(logs[state] ?? []),
    restart_only: false,
    server_id: 0,
    application_name: 'harbour',
    server_name: 'localhost',
    deployment_url: `/project/p/environment/e/application/${coolifyApp}/deployment/${id}`,
    destination_id: '0',
    only_this_server: false,
    rollback,
  });

  const application = () => ({
    id: 3,
    uuid: coolifyApp,
    name: 'harbour',
    fqdn: 'https://harbour.example.com,https://www.harbour.example.com',
    git_repository: 'harbour/notes',
    git_branch: 'main',
    git_commit_sha: pinned,
    build_pack: 'nixpacks',
    status: 'running:healthy',
    preview_url_template: '{{pr_id}}.{{domain}}',
    settings: { is_auto_deploy_enabled: false, is_preview_deployments_enabled: true, ...options.settings },
  });

  function deploy({ path }: EmulatorRequest): EmulatorReply {
    const query = new URL(path, 'http://coolify').searchParams;
    if (query.get('uuid') !== coolifyApp) return { status: 404, body: { message: 'No resources found.' } };
    const pullRequest = Number(query.get('pr') ?? 0);
    if (pullRequest > 0) previews.add(pullRequest);
    const head = heads.get(pullRequest) ?? 'f'.repeat(40);
    const wanted = pullRequest === 0 && pinned !== 'HEAD' ? pinned : head;
    const begun = begin(pullRequest, options.otherCommit ?? wanted);
    const told = { message: 'Application harbour deployment queued.', resource_uuid: coolifyApp };
    return { status: 200, body: { deployments: [options.hidesId ? told : { ...told, deployment_uuid: begun.id }] } };
  }

  function rollBack({ body }: EmulatorRequest): EmulatorReply {
    const { commit } = JSON.parse(body) as { commit: string };
    const has = deployments.some((one) => one.commit === commit && one.state === 'finished');
    if (!has) return { status: 422, body: { message: 'Validation error.', errors: { commit: ['no image'] } } };
    return {
      status: 200,
      body: { message: 'Rollback deployment queued.', deployment_uuid: begin(0, commit, true).id },
    };
  }

  function answerApplication(rest: string, request: EmulatorRequest): EmulatorReply {
    const preview = Number(/^\/previews\/(\d+)$/.exec(rest)?.[1] ?? 0);
    if (preview > 0) {
      for (const one of deployments.filter(({ pullRequest }) => pullRequest === preview))
        deployments.splice(deployments.indexOf(one), 1);
      return previews.delete(preview)
        ? { status: 200, body: { message: 'Preview deletion request queued.' } }
        : notFound;
    }
    switch (`${request.method} ${rest}`) {
      case 'GET ':
        return { status: 200, body: application() };
      case 'PATCH ':
        pinned = (JSON.parse(request.body) as { git_commit_sha: string }).git_commit_sha;
        return { status: 200, body: { uuid: coolifyApp } };
      case 'PATCH /envs/bulk': {
        const { data } = JSON.parse(request.body) as { data: { key: string; value: string; is_preview: boolean }[] };
        for (const { key, value, is_preview: isPreview } of data) variables.set(key, { value, isPreview });
        return { status: 201, body: [] };
      }
      case 'GET /rollback-images': {
        const commits = new Set(deployments.filter(({ state }) => state === 'finished').map(({ commit }) => commit));
        const images = [...commits].map((tag) => ({ tag, created_at: '2026-01-01T00:00:00Z', is_current: false }));
        return { status: 200, body: { current: null, images } };
      }
      case 'POST /rollback':
        return rollBack(request);
      default:
        return notFound;
    }
  }

  function answerDeployment(id: string, doing: string): EmulatorReply {
    const deployment = deployments.find((one) => one.id === id);
    if (!deployment) return { status: 404, body: { message: 'Deployment not found.' } };
    if (doing === '/cancel') {
      deployment.state = 'cancelled-by-user';
      const told = { message: 'Deployment cancelled successfully.', deployment_uuid: id, status: deployment.state };
      return { status: 200, body: told };
    }
    return { status: 200, body: describe(look(deployment)) };
  }

  function answer(request: EmulatorRequest): EmulatorReply {
    const { pathname } = new URL(request.path, 'http://coolify');
    if (request.headers.authorization !== `Bearer ${coolifyToken}`)
      return { status: 401, body: { message: 'Unauthenticated.' } };
    if (pathname === '/api/v1/deploy') {
      return request.method === 'POST' ? deploy(request) : { status: 405, body: { message: 'Method not allowed.' } };
    }
    if (pathname === `/api/v1/deployments/applications/${coolifyApp}`) {
      return {
        status: 200,
        body: { count: deployments.length, deployments: deployments.map((one) => describe(look(one))) },
      };
    }
    const [, id = '', doing = ''] = /^\/api\/v1\/deployments\/(\w+)(\/cancel)?$/.exec(pathname) ?? [];
    if (id !== '') return answerDeployment(id, doing);
    const rest = pathname.startsWith(`/api/v1/applications/${coolifyApp}`)
      ? pathname.slice(21 + coolifyApp.length)
      : undefined;
    return rest === undefined ? notFound : answerApplication(rest, request);
  }

  const emulator = await startEmulator((request) => {
    const reply = options.refuse ?? answer(request);
    // The description has the paths below /api/v1, and another shape for the list of deployments than the API.
    const isList = request.path.includes('/deployments/applications/');
    const judgedReply = isList ? { status: reply.status } : reply;
    if (!options.refuse)
      complaints.push(...judge({ ...request, path: request.path.replace('/api/v1', '') }, judgedReply));
    return reply;
  });
  return Object.assign(emulator, { deployments, previews, variables, commit: () => pinned, complaints });
}
