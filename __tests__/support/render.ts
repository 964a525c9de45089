import { type Emulator, type EmulatorReply, type EmulatorRequest, startEmulator } from './emulator.ts';
import { judgeOf } from './hosts/judged.ts';
import { type RenderDeploy, type RenderService, RenderWorld, type WorldOptions } from './render-world.ts';

export interface RenderOptions extends WorldOptions {
  /** Answers 202 without a body, as Render does while another deploy runs. */
  readonly queue?: boolean;
  readonly autoDeployTrigger?: string;
  /** Answers to every request instead. */
  readonly refuse?: EmulatorReply;
  /** Why a deploy ended. */
  readonly reason?: object;
  /** The service's own address. */
  readonly url?: string;
  /** The image that the service runs; it is built from git where absent. */
  readonly image?: string;
  /** Verified custom domains. */
  readonly domains?: readonly string[];
  /** The address at onrender.com is switched off. */
  readonly subdomainDisabled?: boolean;
  /** Variables that the service has. */
  readonly variables?: Readonly<Record<string, string>>;
  /** When Render makes previews by itself. */
  readonly previews?: 'off' | 'manual' | 'automatic';
}

export interface RenderEmulator extends Emulator {
  /** Deploys of the service itself, the newest first. */
  readonly deploys: readonly RenderDeploy[];
  readonly previews: readonly RenderService[];
  readonly variables: ReadonlyMap<string, string>;
  push(pullRequest: number, sha: string): void;
  /** What of the exchanges is not as the vendor's description says. */
  readonly complaints: readonly string[];
}

export const renderService = 'srv-d1a2b3c4d5e6f7g8h9i0';
export const renderToken = 'rnd_token_of_the_emulator';
export const renderHookKey = 'key-of-the-deploy-hook';

/** Read once, because compiling it takes a second. */
const description = judgeOf('render');

const notFound: EmulatorReply = { status: 404, body: { message: 'not found' } };

/** A service as Render describes it. */
function describeService({ id, name, url, parent }: RenderService, options: RenderOptions): object {
  const runtime = options.image === undefined ? 'python' : 'image';
  const docker = { dockerCommand: '', dockerContext: '', dockerfilePath: '' };
  const native = { buildCommand: './build.sh', startCommand: 'gunicorn config.wsgi' };
  return {
    id,
    autoDeploy: options.autoDeployTrigger === 'commit' ? 'yes' : 'no',
    autoDeployTrigger: options.autoDeployTrigger ?? 'off',
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    dashboardUrl: `https://dashboard.render.com/web/${id}`,
    name,
    notifyOnFail: 'default',
    ownerId: 'tea-d1a2b3c4d5e6f7g8h9i0',
    rootDir: '',
    slug: name.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    suspended: 'not_suspended',
    suspenders: [],
    type: 'web_service',
    ...(options.image === undefined ? {} : { imagePath: options.image }),
    serviceDetails: {
      env: runtime,
      envSpecificDetails: options.image === undefined ? native : docker,
      numInstances: 1,
      plan: 'starter',
      region: 'frankfurt',
      runtime,
      buildPlan: 'starter',
      healthCheckPath: '/',
      openPorts: [],
      renderSubdomainPolicy: options.subdomainDisabled ? 'disabled' : 'enabled',
      previews: { generation: options.previews ?? 'off' },
      ...(parent ? { parentServer: { id: parent.id, name: parent.name } } : {}),
      url,
    },
  };
}

/** Render's API and deploy hook with state, as far as the action uses them. */
export async function startRender(options: RenderOptions = {}): Promise<RenderEmulator> {
  const judge = await description;
  const url = options.url ?? 'https://harbour.onrender.com';
  const world = new RenderWorld(
    {
      id: renderService,
      name: 'harbour',
      url,
      deploys: [],
      variables: new Map(Object.entries(options.variables ?? {})),
    },
    options,
  );
  const complaints: string[] = [];

  function ended(service: RenderService): unknown[] {
    const deployId = service.deploys[0]?.id ?? '';
    const details = { deployId, reason: options.reason ?? {}, deployStatus: 'failed', status: 3 };
    const event = {
      id: 'evt-1',
      timestamp: '2026-01-01T00:00:00Z',
      serviceId: service.id,
      type: 'deploy_ended',
      details,
    };
    return [{ event, cursor: 'c' }];
  }

  /** Deploys by the filters that Render has, the newest first. */
  function list(service: RenderService, query: URLSearchParams): EmulatorReply {
    const words = query.getAll('status');
    const since = query.get('createdAfter') ?? '';
    const found = service.deploys.filter(
      ({ status, createdAt }) => (words.length === 0 || words.includes(status)) && createdAt > since,
    );
    const page = found.slice(0, Number(query.get('limit') ?? 20));
    return { status: 200, body: page.map((deploy) => ({ deploy, cursor: deploy.id })) };
  }

  function listServices(query: URLSearchParams): EmulatorReply {
    const names = query.get('name')?.split(',');
    const all = query.get('includePreviews') === 'true' ? [world.main, ...world.previews] : [world.main];
    // Like a search, by the beginning: whoever asks for #1 is shown #12 too.
    const found = all.filter(({ name }) => !names || names.some((wanted) => name.startsWith(wanted)));
    return { status: 200, body: found.map((one) => ({ service: describeService(one, options), cursor: one.id })) };
  }

  function begin(service: RenderService, body: string): EmulatorReply {
    const { commitId, imageUrl } = JSON.parse(body) as { commitId?: string; imageUrl?: string };
    const isRight = options.image === undefined ? commitId !== undefined : imageUrl !== undefined;
    if (!isRight) return { status: 400, body: { message: 'this service is deployed in another way' } };
    const from = imageUrl === undefined ? { commit: { id: commitId ?? '' } } : { image: { ref: imageUrl } };
    const started = world.begin(service, 'api', from);
    return options.queue ? { status: 202 } : { status: 201, body: started };
  }

  function rollBack(service: RenderService, body: string): EmulatorReply {
    const { deployId } = JSON.parse(body) as { deployId: string };
    const target = service.deploys.find(({ id, status }) => id === deployId && status === 'deactivated');
    if (!target) return { status: 400, body: { message: 'that build is not kept' } };
    const { commit, image } = target;
    return {
      status: 201,
      body: world.begin(service, 'rollback', { ...(commit && { commit }), ...(image && { image }) }),
    };
  }

  function preview(service: RenderService, body: string): EmulatorReply {
    const { imagePath, name } = JSON.parse(body) as { imagePath: string; name: string };
    if (options.image === undefined || service !== world.main)
      return { status: 400, body: { message: 'the service is not image-backed' } };
    const made = world.makePreview(name);
    const deploy = world.begin(made, 'api', { image: { ref: imagePath } });
    return { status: 200, body: { service: describeService(made, options), deployId: deploy.id } };
  }

  function listVariables(service: RenderService, query: URLSearchParams): EmulatorReply {
    const all = [...(service.variables ?? [])].map(([key, value]) => ({ envVar: { key, value }, cursor: key }));
    const from = all.findIndex(({ cursor }) => cursor === query.get('cursor')) + 1;
    return { status: 200, body: all.slice(from, from + Number(query.get('limit') ?? 20)) };
  }

  function listDomains(): EmulatorReply {
    const domain = (name: string, verificationStatus: string) => ({
      customDomain: {
        id: `cdm-${name}`,
        name,
        domainType: 'subdomain',
        publicSuffix: 'test',
        redirectForName: '',
        verificationStatus,
        createdAt: '2026-01-01T00:00:00Z',
        server: { id: renderService, name: 'harbour' },
      },
      cursor: name,
    });
    const verified = (options.domains ?? []).map((name) => domain(name, 'verified'));
    return { status: 200, body: [domain('parked.test', 'unverified'), ...verified] };
  }

  function answerDeploy(service: RenderService, id: string, doing: string | undefined): EmulatorReply {
    const deploy = service.deploys.find((one) => one.id === id);
    if (!deploy) return notFound;
    if (doing === undefined) return { status: 200, body: world.look(service, deploy) };
    deploy.status = 'canceled';
    return { status: 200, body: deploy };
  }

  function answerService(service: RenderService, rest: string, request: EmulatorRequest): EmulatorReply {
    const { method, path, body } = request;
    const one = /^\/deploys\/(dep-[0-9a-z]+)(\/cancel)?$/.exec(rest);
    if (one) return answerDeploy(service, one[1] ?? '', one[2]);
    const [, key] = /^\/env-vars\/([^/]+)$/.exec(rest) ?? [];
    if (key !== undefined && method === 'PUT') {
      const { value } = JSON.parse(body) as { value: string };
      service.variables?.set(decodeURIComponent(key), value);
      return { status: 200, body: { key: decodeURIComponent(key), value } };
    }
    switch (`${method} ${rest}`) {
      case 'GET ':
        return { status: 200, body: describeService(service, options) };
      case 'DELETE ':
        world.remove(service);
        return { status: 204 };
      case 'GET /deploys':
        return list(service, new URL(path, 'http://render').searchParams);
      case 'POST /deploys':
        return begin(service, body);
      case 'POST /rollback':
        return rollBack(service, body);
      case 'POST /preview':
        return preview(service, body);
      case 'GET /env-vars':
        return listVariables(service, new URL(path, 'http://render').searchParams);
      case 'GET /custom-domains':
        return listDomains();
      case 'GET /events':
        return { status: 200, body: ended(service) };
      default:
        return notFound;
    }
  }

  function answerLogs(): EmulatorReply {
    const line = (message: string) => ({ id: message, message, timestamp: '2026-01-01T00:00:00Z', labels: [] });
    const logs = ['==> Build failed', 'ModuleNotFoundError: No module named harbour'].map(line);
    const page = { hasMore: false, nextStartTime: '2026-01-01T00:00:00Z', nextEndTime: '2026-01-01T00:00:00Z', logs };
    return { status: 200, body: page };
  }

  function answer(request: EmulatorRequest): EmulatorReply {
    const { pathname, searchParams } = new URL(request.path, 'http://render');
    if (pathname.startsWith('/deploy/')) {
      if (searchParams.get('key') !== renderHookKey) return { status: 401, body: { message: 'unauthorized' } };
      const commit = { id: searchParams.get('ref') ?? 'head-of-the-branch' };
      const deploy = world.begin(world.main, 'deploy_hook', { commit });
      return options.queue ? { status: 202 } : { status: 200, body: { deploy: { id: deploy.id } } };
    }
    if (request.headers.authorization !== `Bearer ${renderToken}`)
      return { status: 401, body: { message: 'unauthorized' } };
    if (pathname === '/v1/logs') return answerLogs();
    if (pathname === '/v1/services') return listServices(searchParams);
    const [, id = '', rest = ''] = /^\/v1\/services\/([a-z0-9-]+)(.*)$/.exec(pathname) ?? [];
    const service = world.find(id);
    return service ? answerService(service, rest, request) : notFound;
  }

  const emulator = await startEmulator((request) => {
    const reply = options.refuse ?? answer(request);
    const path = request.path.replace(/^\/v1/, '');
    // An overloaded gateway answers in its own words, which no description holds.
    if (!options.refuse) complaints.push(...judge({ ...request, path }, reply));
    return reply;
  });
  const push = (pullRequest: number, sha: string) => world.push(pullRequest, sha);
  return Object.assign(emulator, {
    deploys: world.main.deploys,
    previews: world.previews,
    variables: world.main.variables ?? new Map<string, string>(),
    push,
    complaints,
  });
}
