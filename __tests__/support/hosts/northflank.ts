import { type Emulator, type EmulatorReply, type EmulatorRequest, startEmulator } from '../emulator.ts';
import { DeployWorld, type WorldDeploy, type WorldOptions } from './deploy-world.ts';

export const northflankToken = 'nf-token-of-the-emulator';
const service = 'harbour';
const root = `/v1/projects/acme/services/${service}`;

export interface NorthflankOptions extends Partial<WorldOptions> {
  readonly refuse?: EmulatorReply;
  readonly hidesId?: boolean;
  /** What becomes of the deployment after the build. */
  readonly deployment?: readonly string[];
  readonly ci?: boolean;
  /** Every new build is deployed by Northflank itself. */
  readonly cd?: boolean;
  readonly serviceType?: string;
  readonly variables?: Record<string, string>;
}

export interface NorthflankEmulator extends Emulator {
  readonly world: DeployWorld;
  readonly variables: Record<string, string>;
  served(): string | undefined;
  /** How often a build was deployed by request. */
  deployed(): number;
  readonly complaints: readonly string[];
}

const concluded = ['SUCCESS', 'FAILURE', 'CRASHED', 'ABORTED', 'SUBMISSION_FAILURE'];

/**
 * Northflank's API with state. Its rules are those of https://northflank.com/docs/v1/api (services: get, start build, get
 * build, abort build, update deployment, runtime environment, logs) and the types of its JavaScript client.
 */
export async function startNorthflank(options: NorthflankOptions = {}): Promise<NorthflankEmulator> {
  const world = new DeployWorld({
    script: ['BUILDING', 'SUCCESS'],
    // A build that is done stays done when a newer one is.
    live: 'none',
    replaced: 'ABORTED',
    ended: concluded,
    idOf: (count) => `premium-guide-${count}`,
    ...options,
  });
  const variables = { ...options.variables };
  const complaints: string[] = [];
  const deployment = {
    wanted: 'latest',
    running: undefined as string | undefined,
    script: [] as string[],
    status: 'COMPLETED',
    count: 0,
  };

  const show = ({ id, commit, status, createdAt }: WorldDeploy) => {
    const message = status === 'FAILURE' ? 'buildpack exited with 1' : null;
    return {
      id,
      branch: 'main',
      pullRequestId: null,
      sha: commit,
      status,
      createdAt,
      concluded: concluded.includes(status),
      message,
    };
  };

  function roll(commit: string): void {
    deployment.wanted = options.cd ? deployment.wanted : commit;
    deployment.script = [...(options.deployment ?? ['IN_PROGRESS', 'COMPLETED'])];
  }

  function lookAtService(): object {
    const newest = world.of(service).find(({ status }) => status === 'SUCCESS');
    const target = deployment.wanted === 'latest' ? newest?.commit : deployment.wanted;
    if (options.cd && target !== deployment.running && deployment.script.length === 0 && target) roll(target);
    const next = deployment.script.shift();
    if (next) deployment.status = next;
    if (next === 'COMPLETED') deployment.running = target;
    return {
      id: service,
      serviceType: options.serviceType ?? 'combined',
      disabledCI: !options.ci,
      disabledCD: !options.cd,
      servicePaused: false,
      status: { deployment: { status: deployment.status, reason: 'DEPLOYING' } },
      deployment: {
        instances: 1,
        internal: { nfObjectId: service, buildSHA: deployment.wanted, deployedSHA: deployment.running },
      },
      ports: [
        { id: 'p01', name: 'p01', internalPort: 8000, public: true, dns: 'p01--harbour--x.code.run', domains: [] },
      ],
    };
  }

  const ok = (data: unknown): EmulatorReply => ({ status: 200, body: { data } });
  const bad = (message: string): EmulatorReply => {
    complaints.push(message);
    return { status: 400, body: { error: { status: 400, message } } };
  };

  function startBuild({ sha, ...rest }: { sha?: string }): EmulatorReply {
    if (sha?.length !== 40 || Object.keys(rest).length > 0)
      return bad('sha has 40 characters, and nothing else is needed');
    const build = show(world.begin(service, sha, 'QUEUED'));
    return ok(options.hidesId ? {} : build);
  }

  function deploy({ internal }: { internal?: { buildId?: string } }): EmulatorReply {
    const found = world.find(internal?.buildId ?? '');
    if (found?.deploy.status !== 'SUCCESS') return bad('there is no such build that is done');
    deployment.count += 1;
    deployment.wanted = found.deploy.commit;
    deployment.script = [...(options.deployment ?? ['IN_PROGRESS', 'COMPLETED'])];
    return ok({});
  }

  function answer({ method, path, headers, body }: EmulatorRequest): EmulatorReply {
    if (headers.authorization !== `Bearer ${northflankToken}`)
      return { status: 401, body: { error: { status: 401, message: 'unauthorized' } } };
    const { pathname, searchParams } = new URL(path, 'http://northflank');
    const json = () => JSON.parse(body) as never;
    if (method === 'PATCH' && pathname === `/v1/projects/acme/services/combined/${service}`) {
      const { runtimeEnvironment } = json() as { runtimeEnvironment: Record<string, string> };
      for (const name of Object.keys(variables)) delete variables[name];
      Object.assign(variables, runtimeEnvironment);
      return ok({});
    }
    const [, id = ''] = /\/build\/([\w-]+)$/.exec(pathname) ?? [];
    const build = world.find(id)?.deploy;
    if (id && !build) return { status: 404, body: { error: { status: 404, message: 'build not found' } } };
    if (build && method === 'GET') return ok(show(world.look(service, build)));
    if (build && method === 'DELETE') {
      build.status = 'ABORTED';
      return ok({});
    }
    switch (`${method} ${pathname.slice(root.length)}`) {
      case 'GET ':
        return ok(lookAtService());
      case 'POST /build':
        return startBuild(json());
      case 'GET /build':
        if (Number(searchParams.get('per_page')) > 100) return bad('a page has at most 100');
        if (options.hidesId) for (const one of [...world.of(service)]) world.look(service, one);
        return ok({ builds: world.of(service).map(show) });
      case 'POST /deployment':
        return deploy(json());
      case 'GET /runtime-environment':
        if (searchParams.get('replaceTemplatedValues') !== 'false')
          return bad('templates would be replaced by their values');
        return ok({ runtimeEnvironment: variables, runtimeFiles: {} });
      case 'GET /build-logs':
        return ok(
          ['ERROR: No matching distribution found', 'Building'].map((log) => ({ containerId: 'c', log, ts: 't' })),
        );
      case 'GET /logs':
        return ok([{ containerId: 'c', log: { level: 'error', message: 'Worker failed to boot.' }, ts: 't' }]);
      default:
        return { status: 404, body: { error: { status: 404, message: 'not found' } } };
    }
  }

  const emulator = await startEmulator((request) => options.refuse ?? answer(request));
  return Object.assign(emulator, {
    world,
    variables,
    complaints,
    served: () => deployment.running,
    deployed: () => deployment.count,
  });
}

export const northflankService = service;
