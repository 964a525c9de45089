import { type Emulator, type EmulatorReply, type EmulatorRequest, startEmulator } from '../emulator.ts';
import { judgeOf } from './judged.ts';
import { type HostPlot, stages, uuids } from './states.ts';

export const koyebToken = 'koyeb-token-of-the-emulator';
export const koyebService = '5d0d2a3f-0000-4000-8000-000000000001';

interface Variable {
  readonly key: string;
  readonly value?: string;
  readonly secret?: string;
}
export interface Definition {
  readonly name?: string;
  readonly env?: readonly Variable[];
  readonly git?: { readonly branch?: string; readonly sha?: string; readonly no_deploy_on_push?: boolean };
  readonly [other: string]: unknown;
}
interface Deployment {
  readonly id: string;
  readonly commit: string;
  readonly definition: Definition;
  readonly createdAt: string;
  state: string;
  succeeded?: boolean;
}
export interface EmulatedService {
  readonly id: string;
  readonly app: string;
  readonly name: string;
  definition: Definition;
  /** The newest first. */
  readonly deployments: Deployment[];
}

export interface KoyebOptions extends HostPlot {
  readonly refuse?: EmulatorReply;
  readonly definition?: Partial<Definition>;
  readonly status?: string;
  /** The service runs an image instead of building from git. */
  readonly image?: boolean;
}

export interface Koyeb extends Emulator {
  readonly services: readonly EmulatedService[];
  readonly complaints: readonly string[];
}

const judged = judgeOf('koyeb');
const notFound: EmulatorReply = { status: 404, body: { status: 404, code: 'not_found', message: 'Not Found' } };
const ended = ['HEALTHY', 'SLEEPING', 'STASHED', 'STOPPED', 'CANCELED', 'ERROR', 'UNHEALTHY', 'DEGRADED'];

export const productionDefinition: Definition = {
  name: 'web',
  type: 'WEB',
  regions: ['fra'],
  instance_types: [{ type: 'small' }],
  scalings: [{ min: 2, max: 4 }],
  env: [
    { key: 'DJANGO_SETTINGS_MODULE', value: 'config.settings' },
    { key: 'SECRET_KEY', secret: 'django-key' },
    { key: 'DATABASE_URL', value: 'postgres://admin:hunter22@db.example/harbour' },
  ],
  git: { repository: 'github.com/harbour/notes', branch: 'main', no_deploy_on_push: true } as Definition['git'] &
    object,
};

const ofImage = { name: 'web', type: 'WEB', docker: { image: 'docker.io/acme/harbour:latest' } };
const failedBuild = [{ name: 'build', status: 'FAILED', messages: ['exit code 1', 'no matching distribution'] }];

/** Koyeb's API with state, as far as the action uses it, held against Koyeb's own description. */
export async function startKoyeb(options: KoyebOptions = {}): Promise<Koyeb> {
  const judge = await judged;
  const { now = Date.now } = options;
  const next = stages(options.states ?? ['PROVISIONING', 'STARTING', 'HEALTHY']);
  const nextId = uuids('c0ffee00');
  const production = {
    id: koyebService,
    app: nextId(),
    name: 'web',
    definition: { ...productionDefinition, ...options.definition },
    deployments: [],
  };
  const services: EmulatedService[] = [production];
  const apps = new Map([[production.app, 'harbour']]);
  const complaints: string[] = [];

  function begin(service: EmulatedService, commit: string): Deployment {
    const createdAt = new Date(now()).toISOString();
    const { definition } = service;
    const made = { id: nextId(), commit: options.otherCommit ?? commit, definition, createdAt, state: 'PENDING' };
    service.deployments.unshift(made);
    return made;
  }
  // A service that is there was deployed once; that is no deploy of anybody's who asks.
  const first = {
    ...begin(production, '0'.repeat(40)),
    commit: '0'.repeat(40),
    state: 'HEALTHY',
    createdAt: '2026-01-01T00:00:00Z',
  };
  production.deployments.splice(0, 1, first as never);

  function look(service: EmulatedService, deployment: Deployment): Deployment {
    if (ended.includes(deployment.state.split(' ')[0] ?? '')) return deployment;
    deployment.state = next(deployment);
    if (deployment.state === 'HEALTHY') {
      deployment.succeeded = true;
      for (const other of service.deployments)
        if (other !== deployment && other.state === 'HEALTHY') other.state = 'STOPPED';
    }
    if (deployment.state === 'STASHED')
      Object.assign(begin(service, 'e'.repeat(40)), { state: 'HEALTHY', succeeded: true });
    return deployment;
  }

  const describe = (service: EmulatedService, { id, commit, definition, createdAt, state, succeeded }: Deployment) => ({
    id,
    created_at: createdAt,
    ...(succeeded ? { succeeded_at: createdAt } : {}),
    app_id: service.app,
    service_id: service.id,
    status: state.split(' ')[0],
    messages: state === 'UNHEALTHY' ? ['TCP health check failed on port 8000.'] : [],
    definition: options.image ? ofImage : { ...definition, git: { ...definition.git, sha: commit } },
    provisioning_info: { sha: commit, image: '', stages: state === 'ERROR build' ? failedBuild : [] },
  });

  const describeService = (service: EmulatedService, hidesId = false) => ({
    id: service.id,
    name: service.name,
    type: 'WEB',
    app_id: service.app,
    status: options.status ?? 'HEALTHY',
    ...(hidesId ? {} : { latest_deployment_id: service.deployments[0]?.id }),
  });

  const describeApp = (id: string) => ({
    id,
    name: apps.get(id),
    status: 'HEALTHY',
    domains: [{ id: `${id}-d`, name: `${apps.get(id)}-acme.koyeb.app`, status: 'ACTIVE', type: 'AUTOASSIGNED' }],
  });

  function answerService(service: EmulatedService, rest: string, { method, body }: EmulatorRequest): EmulatorReply {
    if (method === 'GET') return { status: 200, body: { service: describeService(service) } };
    if (method === 'PATCH') {
      service.definition = (JSON.parse(body) as { definition: Definition }).definition;
      begin(service, service.definition.git?.sha ?? 'f'.repeat(40));
      return { status: 200, body: { service: describeService(service, options.hidesId) } };
    }
    if (rest !== '/redeploy') return notFound;
    const { sha } = JSON.parse(body) as { sha?: string };
    const deployment = describe(service, begin(service, sha ?? 'f'.repeat(40)));
    return { status: 200, body: options.hidesId ? {} : { deployment } };
  }

  function createService({ body }: EmulatorRequest): EmulatorReply {
    const { app_id: app, definition } = JSON.parse(body) as { app_id: string; definition: Definition };
    const service = { id: nextId(), app, name: definition.name ?? '', definition, deployments: [] };
    services.push(service);
    begin(service, definition.git?.sha ?? 'f'.repeat(40));
    return { status: 200, body: { service: describeService(service) } };
  }

  function answerApps({ method, body }: EmulatorRequest, id: string, query: URLSearchParams): EmulatorReply {
    if (method === 'POST') {
      const made = nextId();
      apps.set(made, (JSON.parse(body) as { name: string }).name);
      return { status: 200, body: { app: describeApp(made) } };
    }
    if (id === '') {
      // Like a search: whoever asks for …-pr-1 is shown …-pr-12 too.
      const found = [...apps]
        .filter(([, name]) => name.includes(query.get('name') ?? ''))
        .map(([app]) => describeApp(app));
      return { status: 200, body: { apps: found, limit: 100, offset: 0, count: found.length } };
    }
    if (!apps.has(id)) return notFound;
    if (method === 'GET') return { status: 200, body: { app: describeApp(id) } };
    apps.delete(id);
    for (const service of services.filter(({ app }) => app === id)) services.splice(services.indexOf(service), 1);
    return { status: 200, body: {} };
  }

  function answerDeployments(id: string, doing: string, query: URLSearchParams): EmulatorReply {
    if (id === '') {
      const service = services.find((one) => one.id === query.get('service_id'));
      const listed = service?.deployments.map((one) => describe(service, one)) ?? [];
      return { status: 200, body: { deployments: listed, limit: 100, offset: 0, count: listed.length } };
    }
    const service = services.find(({ deployments }) => deployments.some((one) => one.id === id));
    const deployment = service?.deployments.find((one) => one.id === id);
    if (!service || !deployment) return notFound;
    if (doing === '/cancel') {
      deployment.state = 'CANCELED';
      return { status: 200, body: {} };
    }
    return { status: 200, body: { deployment: describe(service, look(service, deployment)) } };
  }

  function answer(request: EmulatorRequest): EmulatorReply {
    const { pathname, searchParams } = new URL(request.path, 'http://koyeb');
    if (request.headers.authorization !== `Bearer ${koyebToken}`)
      return { status: 401, body: { status: 401, code: 'unauthorized', message: 'Unauthorized' } };
    if (pathname === '/v1/streams/logs/query') {
      const lines =
        searchParams.get('type') === 'build'
          ? ['ERROR: No matching distribution found for djnago', 'Collecting requirements']
          : [];
      const data = lines.map((msg) => ({ msg, created_at: '2026-01-01T00:00:00Z', labels: {} }));
      return { status: 200, body: { data, pagination: { has_more: false } } };
    }
    const [, kind, id = '', rest = ''] = /^\/v1\/(apps|services|deployments)(?:\/([\w-]+)(.*))?$/.exec(pathname) ?? [];
    if (kind === 'apps') return answerApps(request, id, searchParams);
    if (kind === 'deployments') return answerDeployments(id, rest, searchParams);
    if (kind === 'services' && id === '') {
      if (request.method === 'POST') return createService(request);
      const found = services.filter(({ app }) => app === searchParams.get('app_id')).map((one) => describeService(one));
      return { status: 200, body: { services: found, limit: 100, offset: 0, count: found.length } };
    }
    const service = services.find((one) => one.id === id);
    return service ? answerService(service, rest, request) : notFound;
  }

  const emulator = await startEmulator((request) => {
    const reply = options.refuse ?? answer(request);
    if (!options.refuse) complaints.push(...judge(request, reply));
    return reply;
  });
  return Object.assign(emulator, { services, complaints });
}
