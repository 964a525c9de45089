import { type Emulator, type EmulatorReply, type EmulatorRequest, startEmulator } from '../emulator.ts';

export const flyToken = 'FlyV1 fm2_token_of_the_emulator';
export const flyApp = 'harbour';
export const flyImage = 'registry.fly.io/harbour';

/** What becomes of a machine after its update, one for each look at it. */
export type FlyStep =
  | 'starting'
  | 'unhealthy'
  | 'well'
  | 'crashed'
  | 'out of memory'
  | 'stopped'
  | 'replaced'
  | (string & {});

export interface FlyOptions {
  readonly refuse?: EmulatorReply;
  readonly script?: readonly FlyStep[];
  /** The machines run this commit, whatever was asked for. */
  readonly otherCommit?: string;
  readonly supersededBy?: string;
  readonly machines?: number;
  /** Apps of others that are there already. */
  readonly taken?: readonly string[];
  readonly autostop?: boolean;
}

interface Config {
  image: string;
  metadata: Record<string, string>;
  [name: string]: unknown;
}

interface Machine {
  readonly id: string;
  readonly region: string;
  state: string;
  config: Config;
  events: object[];
  checks: object[];
  script: FlyStep[];
  readonly versions: { readonly version: string; readonly user_config: Config }[];
  nonce: string | undefined;
}

export interface FlyEmulator extends Emulator {
  readonly apps: ReadonlyMap<string, Machine[]>;
  readonly secrets: ReadonlyMap<string, Record<string, string>>;
  /** Commits that the first machine of an app was asked to run, the newest first. */
  asked(app: string): string[];
  served(app: string): string | undefined;
  readonly complaints: readonly string[];
}

const commitOf = (image: string): string => image.split(':').at(-1) ?? '';
const check = (status: string) => [{ name: 'servicecheck-00-http-8000', status, output: '' }];
const notFound: EmulatorReply = { status: 404, body: { error: 'not found' } };

/**
 * The Machines API of Fly.io with state. Its rules are those of https://docs.machines.dev (machines, leases, versions,
 * secrets, apps, addresses) and of the log that flyctl reads.
 */
export async function startFly(options: FlyOptions = {}): Promise<FlyEmulator> {
  const { script = ['starting', 'unhealthy', 'well'] } = options;
  const apps = new Map<string, Machine[]>();
  const secrets = new Map<string, Record<string, string>>();
  const addresses = new Map<string, string[]>();
  const asked = new Map<string, string[]>();
  const complaints: string[] = [];
  let made = 0;

  function makeMachine(app: string, config: Config, region: string): Machine {
    const id = `d89${String(++made).padStart(11, '0')}`;
    const machine = {
      id,
      region,
      state: 'started',
      config,
      events: [],
      checks: check('passing'),
      script: [],
      versions: [],
      nonce: undefined,
    };
    apps.set(app, [...(apps.get(app) ?? []), machine]);
    return machine;
  }

  function run(app: string, machine: Machine, config: Config): void {
    const image = options.otherCommit === undefined ? config.image : `${flyImage}:${options.otherCommit}`;
    machine.config = { ...config, image };
    machine.state = 'replacing';
    machine.events = [];
    machine.script = [...script];
    machine.versions.unshift({ version: `01J${machine.versions.length}`, user_config: machine.config });
    if (machine === apps.get(app)?.[0]) asked.set(app, [commitOf(config.image), ...(asked.get(app) ?? [])]);
  }

  function exit(machine: Machine, event: object): void {
    machine.state = 'stopped';
    machine.events = [{ type: 'exit', status: 'stopped', request: { exit_event: event } }];
  }

  /** A machine goes on whenever somebody looks at it. */
  function look(app: string, machine: Machine): void {
    const step = machine.script.length > 1 ? machine.script.shift() : machine.script[0];
    if (step === undefined) return;
    if (step === 'well' || step === 'unhealthy') {
      machine.state = 'started';
      machine.checks = check(step === 'well' ? 'passing' : 'critical');
    } else if (step === 'crashed') exit(machine, { exit_code: 3, requested_stop: false });
    else if (step === 'out of memory') exit(machine, { exit_code: 137, oom_killed: true });
    else if (step === 'stopped') exit(machine, { exit_code: 0, requested_stop: true });
    else if (step === 'replaced') {
      const metadata = { ...machine.config.metadata, deploy_django_release: 'other-9.1' };
      for (const one of apps.get(app) ?? [])
        one.config = { ...one.config, image: `${flyImage}:${options.supersededBy}`, metadata };
    } else machine.state = step;
  }

  const base: Config = {
    image: `${flyImage}:deployment-01J`,
    metadata: { fly_process_group: 'app', fly_platform_version: 'v2', fly_release_version: '11' },
    env: { PORT: '8000' },
    guest: { cpus: 1, cpu_kind: 'shared', memory_mb: 256 },
    mounts: [{ volume: 'vol_1', path: '/data' }],
    services: [{ internal_port: 8000, protocol: 'tcp', autostop: options.autostop ? 'stop' : 'off' }],
  };
  for (let at = 0; at < (options.machines ?? 1); at++) makeMachine(flyApp, base, 'fra');
  makeMachine(flyApp, { ...base, metadata: { fly_process_group: 'fly_app_release_command' } }, 'fra').state =
    'destroyed';
  for (const app of options.taken ?? []) makeMachine(app, base, 'fra');

  function complain(message: string): EmulatorReply {
    complaints.push(message);
    return { status: 400, body: { error: message } };
  }

  function answerMachine(app: string, machine: Machine, rest: string, request: EmulatorRequest): EmulatorReply {
    const body = () => JSON.parse(request.body || '{}') as { config: Config; skip_launch?: boolean; ttl?: number };
    const nonce = request.headers['fly-machine-lease-nonce'];
    switch (`${request.method} ${rest}`) {
      case 'POST /lease':
        if (machine.nonce) return { status: 409, body: { error: 'lease currently held' } };
        if (!body().ttl) return complain('a lease without ttl has no end');
        machine.nonce = `nonce-${machine.id}`;
        return { status: 201, body: { status: 'success', data: { nonce: machine.nonce, expires_at: 1 } } };
      case 'DELETE /lease':
        if (nonce !== machine.nonce) return complain('the lease is of somebody else');
        machine.nonce = undefined;
        return { status: 200, body: { ok: true } };
      case 'POST ': {
        if (!nonce || nonce !== machine.nonce) return complain('an update without its lease');
        const { config, skip_launch } = body();
        const lost = Object.keys(base).filter((name) => name !== 'mounts' && !(name in config));
        if (lost.length > 0) return complain(`the update would lose ${lost.join(', ')}`);
        run(app, machine, config);
        if (skip_launch) Object.assign(machine, { state: 'stopped', script: [] });
        return { status: 200, body: machine };
      }
      case 'GET /versions':
        return { status: 200, body: machine.versions };
      default:
        return notFound;
    }
  }

  function createApp({ app_name: name, org_slug: organization }: Record<string, string>): EmulatorReply {
    if (!name || organization !== 'acme') return complain('an app needs app_name and org_slug');
    if (apps.has(name)) return { status: 422, body: { error: 'Name has already been taken' } };
    apps.set(name, []);
    return { status: 201, body: { id: name, created_at: 1 } };
  }

  function answerApp(app: string, rest: string, request: EmulatorRequest): EmulatorReply {
    const { method, body } = request;
    const machines = apps.get(app);
    if (!machines) return notFound;
    const [, id = '', more = ''] = /^\/machines\/([0-9a-z]+)(.*)$/.exec(rest) ?? [];
    const machine = machines.find((one) => one.id === id);
    if (machine) return answerMachine(app, machine, more, request);
    switch (`${method} ${rest}`) {
      case 'GET ':
        return {
          status: 200,
          body: { id: app, name: app, organization: { name: 'Acme', slug: 'acme' }, status: 'deployed' },
        };
      case 'DELETE ?force=true':
        apps.delete(app);
        addresses.delete(app);
        asked.delete(app);
        return { status: 202 };
      case 'GET /machines':
        for (const one of machines) look(app, one);
        return {
          status: 200,
          body: machines.map(({ script: _script, versions: _versions, nonce: _nonce, ...shown }) => shown),
        };
      case 'POST /machines': {
        const { config, region } = JSON.parse(body) as { config: Config; region: string };
        if (config.mounts) return complain('a volume is attached to another machine');
        if ((addresses.get(app) ?? []).length !== 2) return complain('the app has no address');
        const created = makeMachine(app, config, region);
        run(app, created, config);
        return { status: 200, body: created };
      }
      case 'GET /ip_assignments':
        return { status: 200, body: { ips: (addresses.get(app) ?? []).map((ip) => ({ ip, shared: false })) } };
      case 'POST /ip_assignments':
        addresses.set(app, [...(addresses.get(app) ?? []), (JSON.parse(body) as { type: string }).type]);
        return { status: 200, body: { ip: '2a09::1', shared: false } };
      case 'POST /secrets': {
        const { values } = JSON.parse(body) as { values: Record<string, string> };
        secrets.set(app, { ...secrets.get(app), ...values });
        return { status: 200, body: { secrets: Object.keys(values).map((name) => ({ name })), version: 7 } };
      }
      default:
        return notFound;
    }
  }

  function answer(request: EmulatorRequest): EmulatorReply {
    if (request.headers.authorization !== flyToken) return { status: 401, body: { error: 'unauthorized' } };
    if (request.path.startsWith(`/api/v1/apps/${flyApp}/logs`)) {
      const attributes = (message: string) => ({ id: message, attributes: { message, level: 'info' } });
      return {
        status: 200,
        body: { data: ['Starting machine', 'Worker failed to boot.'].map(attributes), meta: { next_token: '' } },
      };
    }
    if (request.path === '/v1/apps' && request.method === 'POST') return createApp(JSON.parse(request.body));
    const [, app = '', rest = ''] = /^\/v1\/apps\/([a-z0-9-]+)(.*)$/.exec(request.path) ?? [];
    return answerApp(app, rest, request);
  }

  const emulator = await startEmulator((request) => options.refuse ?? answer(request));
  return Object.assign(emulator, {
    apps,
    secrets,
    complaints,
    asked: (app: string) => asked.get(app) ?? [],
    served(app: string) {
      const machine = apps.get(app)?.[0];
      return machine?.state === 'started' ? commitOf(machine.config.image) : undefined;
    },
  });
}
