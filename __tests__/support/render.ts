import { type Emulator, type EmulatorReply, type EmulatorRequest, startEmulator } from './emulator.ts';
import { type Judge, openApiJudge, readDescription } from './openapi.ts';

interface RenderDeploy {
  readonly id: string;
  status: string;
  readonly trigger: string;
  readonly commit: { readonly id: string };
  readonly createdAt: string;
}

export interface RenderOptions {
  /** Status words that a deploy goes through, one for each look at it; it stays at the last. */
  readonly script?: readonly string[];
  /** Answers 202 without a body, as Render does while another deploy runs. */
  readonly queue?: boolean;
  readonly autoDeployTrigger?: string;
  /** Answers to every request instead. */
  readonly refuse?: EmulatorReply;
  /** Why a deploy ended. */
  readonly reason?: object;
  /** The service's own address. */
  readonly url?: string;
  readonly onDeploy?: (sha: string) => void;
}

export interface RenderEmulator extends Emulator {
  readonly deploys: readonly RenderDeploy[];
  /** What of the exchanges is not as the vendor's description says. */
  readonly complaints: readonly string[];
}

export const renderService = 'srv-d1a2b3c4d5e6f7g8h9i0';
export const renderToken = 'rnd_token_of_the_emulator';
export const renderHookKey = 'key-of-the-deploy-hook';

/** Render's API and deploy hook with state, as far as the action uses them. */
export async function startRender(options: RenderOptions = {}): Promise<RenderEmulator> {
  const judge: Judge = await openApiJudge(readDescription('render-subset.json'));
  const deploys: RenderDeploy[] = [];
  const complaints: string[] = [];
  const looks = new Map<string, number>();

  function begin(trigger: string, sha: string): RenderDeploy {
    const id = `dep-${String(deploys.length + 1).padStart(20, '0')}`;
    const deploy = { id, status: 'created', trigger, commit: { id: sha }, createdAt: new Date().toISOString() };
    deploys.unshift(deploy);
    options.onDeploy?.(sha);
    return deploy;
  }

  function look(deploy: RenderDeploy): RenderDeploy {
    const script = options.script ?? ['build_in_progress', 'update_in_progress', 'live'];
    const at = looks.get(deploy.id) ?? 0;
    looks.set(deploy.id, at + 1);
    deploy.status = script[Math.min(at, script.length - 1)] ?? 'live';
    return deploy;
  }

  const service = () => ({
    id: renderService,
    autoDeploy: options.autoDeployTrigger === 'commit' ? 'yes' : 'no',
    autoDeployTrigger: options.autoDeployTrigger ?? 'off',
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    dashboardUrl: `https://dashboard.render.com/web/${renderService}`,
    name: 'harbour',
    notifyOnFail: 'default',
    ownerId: 'tea-d1a2b3c4d5e6f7g8h9i0',
    rootDir: '',
    slug: 'harbour',
    suspended: 'not_suspended',
    suspenders: [],
    type: 'web_service',
    serviceDetails: {
      env: 'python',
      envSpecificDetails: { buildCommand: './build.sh', startCommand: 'gunicorn config.wsgi' },
      numInstances: 1,
      plan: 'starter',
      region: 'frankfurt',
      runtime: 'python',
      buildPlan: 'starter',
      healthCheckPath: '/',
      openPorts: [],
      url: options.url ?? 'https://harbour.onrender.com',
    },
  });

  function ended(): unknown[] {
    const details = { deployId: deploys[0]?.id ?? '', reason: options.reason ?? {}, deployStatus: 'failed', status: 3 };
    const event = {
      id: 'evt-1',
      timestamp: '2026-01-01T00:00:00Z',
      serviceId: renderService,
      type: 'deploy_ended',
      details,
    };
    return [{ event, cursor: 'c' }];
  }

  function answer({ method, path, headers, body }: EmulatorRequest): EmulatorReply {
    const url = new URL(path, 'http://render');
    if (url.pathname.startsWith('/deploy/')) {
      if (url.searchParams.get('key') !== renderHookKey) return { status: 401, body: { message: 'unauthorized' } };
      const deploy = begin('deploy_hook', url.searchParams.get('ref') ?? 'head-of-the-branch');
      return options.queue ? { status: 202 } : { status: 200, body: { deploy: { id: deploy.id } } };
    }
    if (headers.authorization !== `Bearer ${renderToken}`) return { status: 401, body: { message: 'unauthorized' } };
    const rest = url.pathname.replace(`/v1/services/${renderService}`, '');
    const one = /^\/deploys\/(dep-[0-9a-z]+)(\/cancel)?$/.exec(rest);
    const deploy = one && deploys.find(({ id }) => id === one[1]);
    if (rest === '') return { status: 200, body: service() };
    if (rest === '/deploys' && method === 'POST') {
      const started = begin('api', (JSON.parse(body) as { commitId: string }).commitId);
      return options.queue ? { status: 202 } : { status: 201, body: started };
    }
    if (rest === '/deploys') {
      const limit = Number(url.searchParams.get('limit') ?? 20);
      return { status: 200, body: deploys.slice(0, limit).map((entry) => ({ deploy: entry, cursor: entry.id })) };
    }
    if (deploy && one?.[2]) {
      deploy.status = 'canceled';
      return { status: 200, body: deploy };
    }
    if (deploy) return { status: 200, body: look(deploy) };
    if (rest === '/events') return { status: 200, body: ended() };
    if (url.pathname === '/v1/logs') {
      const line = (message: string) => ({ id: message, message, timestamp: '2026-01-01T00:00:00Z', labels: [] });
      const logs = ['==> Build failed', 'ModuleNotFoundError: No module named harbour'].map(line);
      const page = { hasMore: false, nextStartTime: '2026-01-01T00:00:00Z', nextEndTime: '2026-01-01T00:00:00Z', logs };
      return { status: 200, body: page };
    }
    return { status: 404, body: { message: 'not found' } };
  }

  const emulator = await startEmulator((request) => {
    const reply = options.refuse ?? answer(request);
    const target = request.path.replace(/^\/v1/, '');
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    // An overloaded gateway answers in its own words, which no description holds.
    if (!options.refuse)
      complaints.push(...judge({ ...request, path: target, headers, status: reply.status, reply: reply.body }));
    return reply;
  });
  return Object.assign(emulator, { deploys, complaints });
}
