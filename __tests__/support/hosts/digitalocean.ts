import { type Emulator, type EmulatorReply, type EmulatorRequest, startEmulator } from '../emulator.ts';
import { judgeOf } from './judged.ts';
import { type HostPlot, stages, uuids } from './states.ts';

export const digitalOceanToken = 'dop_v1_token_of_the_emulator';
export const digitalOceanApp = '4f6c71e2-1e90-4762-9fee-6cc4a0a9f2cf';
export const repository = 'harbour/notes';

interface Env {
  readonly key: string;
  readonly value?: string;
  readonly scope?: string;
  readonly type?: string;
}
interface Component {
  readonly name: string;
  readonly envs?: readonly Env[];
  readonly github?: { readonly repo: string; readonly branch: string; readonly deploy_on_push?: boolean };
}
export interface AppSpec {
  readonly name: string;
  readonly envs?: readonly Env[];
  readonly services?: readonly Component[];
  readonly [other: string]: unknown;
}

export interface Deployment {
  readonly id: string;
  state: string;
  readonly commit: string;
  readonly createdAt: string;
  readonly clonedFrom?: string;
}

export interface EmulatedApp {
  readonly id: string;
  spec: AppSpec;
  /** The newest first. */
  readonly deployments: Deployment[];
}

export interface DigitalOceanOptions extends HostPlot {
  readonly spec?: Partial<AppSpec>;
  readonly refuse?: EmulatorReply;
  /** Newest commits of branches. */
  readonly heads?: Map<string, string>;
  readonly pinned?: boolean;
}

export interface DigitalOcean extends Emulator {
  readonly apps: readonly EmulatedApp[];
  readonly complaints: readonly string[];
}

const judged = judgeOf('digitalocean');

export const productionSpec: AppSpec = {
  name: 'harbour',
  region: 'fra',
  domains: [{ domain: 'www.harbour.example', type: 'PRIMARY' }],
  envs: [
    { key: 'DJANGO_SETTINGS_MODULE', value: 'config.settings', scope: 'RUN_AND_BUILD_TIME', type: 'GENERAL' },
    { key: 'DATABASE_URL', value: `\${db.DATABASE_URL}`, scope: 'RUN_TIME', type: 'GENERAL' },
    { key: 'LEGACY_URL', value: 'mysql://admin:hunter22@old.example/harbour', scope: 'RUN_TIME', type: 'GENERAL' },
    { key: 'SECRET_KEY', value: 'EV[1:abcdefgh:secret]', scope: 'RUN_AND_BUILD_TIME', type: 'SECRET' },
  ],
  services: [
    {
      name: 'web',
      github: { repo: repository, branch: 'main', deploy_on_push: false },
      instance_count: 2,
      envs: [{ key: 'REDIS_URL', value: 'rediss://default:hunter22@cache.example:25061', scope: 'RUN_TIME' }],
    } as Component,
  ],
  jobs: [{ name: 'migrate', kind: 'PRE_DEPLOY', github: { repo: repository, branch: 'main', deploy_on_push: false } }],
  databases: [{ name: 'db', engine: 'PG', production: true, cluster_name: 'harbour-db' }],
};

const ended = ['ACTIVE', 'SUPERSEDED', 'ERROR', 'CANCELED'];
const notFound: EmulatorReply = { status: 404, body: { id: 'not_found', message: 'The resource was not found.' } };

const failedWith = (phase: string, code: string, message: string) => ({
  error_steps: 1,
  pending_steps: 0,
  running_steps: 0,
  success_steps: 2,
  total_steps: 6,
  steps: [
    {
      name: phase,
      status: 'ERROR',
      steps: [
        { name: 'initialize', status: 'SUCCESS' },
        {
          name: 'components',
          status: 'ERROR',
          steps: [{ name: 'web', component_name: 'web', status: 'ERROR', reason: { code, message } }],
        },
      ],
    },
  ],
});

/** States of the emulator that are a phase with a certain progress. */
const failures: Readonly<Record<string, object>> = {
  'ERROR build': failedWith('build', 'BuildJobExitNonZero', 'Your build job failed because of an error.'),
  'ERROR deploy': failedWith(
    'deploy',
    'DeployContainerHealthChecksFailed',
    'Your deploy failed because your container did not respond to health checks.',
  ),
  'ERROR migrate': failedWith('deploy', 'PreDeployJobExitNonZero', 'The pre-deploy job exited with status 1.'),
};

/** DigitalOcean's API with state, as far as the action uses it, held against DigitalOcean's own description. */
export async function startDigitalOcean(options: DigitalOceanOptions = {}): Promise<DigitalOcean> {
  const { now = Date.now, heads = new Map<string, string>() } = options;
  const judge = await judged;
  const nextId = uuids('3aa4d20e');
  const nextApp = uuids('a1b2c3d4');
  const next = stages(options.states ?? ['BUILDING', 'DEPLOYING', 'ACTIVE']);
  const apps: EmulatedApp[] = [{ id: digitalOceanApp, spec: { ...productionSpec, ...options.spec }, deployments: [] }];
  const complaints: string[] = [];
  let origin = '';

  function begin(app: EmulatedApp, commit: string, clonedFrom?: string): Deployment {
    const createdAt = new Date(now()).toISOString();
    const deployment = {
      id: nextId(),
      state: 'PENDING_BUILD',
      commit,
      createdAt,
      ...(clonedFrom ? { clonedFrom } : {}),
    };
    app.deployments.unshift(deployment);
    return deployment;
  }

  const headOf = ({ spec }: EmulatedApp) =>
    options.otherCommit ?? heads.get(spec.services?.[0]?.github?.branch ?? '') ?? 'f'.repeat(40);

  function look(app: EmulatedApp, deployment: Deployment): Deployment {
    if (ended.some((state) => deployment.state.startsWith(state))) return deployment;
    deployment.state = next(deployment);
    if (deployment.state === 'ACTIVE') {
      for (const other of app.deployments)
        if (other !== deployment && other.state === 'ACTIVE') other.state = 'SUPERSEDED';
    }
    if (deployment.state === 'SUPERSEDED' && app.deployments[0] === deployment)
      begin(app, 'e'.repeat(40)).state = 'ACTIVE';
    return deployment;
  }

  const describe = ({ id, state, commit, createdAt, clonedFrom }: Deployment) => ({
    id,
    phase: state.split(' ')[0],
    cause: clonedFrom ? 'rollback' : 'manual',
    ...(clonedFrom ? { cloned_from: clonedFrom } : {}),
    created_at: createdAt,
    phase_last_updated_at: new Date(now()).toISOString(),
    services: [{ name: 'web', source_commit_hash: commit }],
    jobs: [{ name: 'migrate', source_commit_hash: commit }],
    ...(failures[state] ? { progress: failures[state] } : {}),
  });

  function describeApp(app: EmulatedApp) {
    const wasLive = app.deployments.some(({ state }) => state === 'ACTIVE');
    const pending = app.deployments.find(({ state }) => !ended.some((word) => state.startsWith(word)));
    return {
      id: app.id,
      owner_uuid: 'ff36cbc6fd350fe12577f5123133bb5ba01a2419',
      spec: app.spec,
      created_at: '2026-01-01T00:00:00Z',
      ...(wasLive ? { live_url: `https://${app.spec.name}-x1y2.ondigitalocean.app` } : {}),
      ...(pending && !options.hidesId ? { pending_deployment: describe(pending) } : {}),
      ...(options.pinned ? { pinned_deployment: { id: 'pinned' } } : {}),
    };
  }

  function answerDeployments(app: EmulatedApp, rest: string, request: EmulatorRequest): EmulatorReply {
    const [, id, doing] = /^\/deployments\/([\w-]+)(\/cancel|\/logs)?$/.exec(rest) ?? [];
    const deployment = app.deployments.find((one) => one.id === id);
    if (!deployment) return notFound;
    if (doing === '/cancel') {
      deployment.state = 'CANCELED';
      return { status: 200, body: { deployment: describe(deployment) } };
    }
    if (doing === '/logs') {
      const type = new URL(request.path, origin).searchParams.get('type');
      return {
        status: 200,
        body: {
          historic_urls:
            type === 'BUILD' ? [`${origin}/archive/build.log?X-Amz-Signature=signed-secret-of-the-log`] : [],
        },
      };
    }
    return { status: 200, body: { deployment: describe(look(app, deployment)) } };
  }

  function rollBack(app: EmulatedApp, rest: string, body: string): EmulatorReply {
    const { deployment_id: id } = JSON.parse(body) as { deployment_id: string };
    const target = app.deployments.find((one) => one.id === id && one.state === 'SUPERSEDED');
    if (rest === '/rollback/validate') {
      const error = { code: 'incompatible_phase', message: 'that deployment was never live', components: [] };
      return { status: 200, body: target ? { valid: true } : { valid: false, error } };
    }
    return target ? { status: 200, body: { deployment: describe(begin(app, target.commit, id)) } } : notFound;
  }

  function answerApp(app: EmulatedApp, rest: string, request: EmulatorRequest): EmulatorReply {
    switch (`${request.method} ${rest}`) {
      case 'GET ':
        return { status: 200, body: { app: describeApp(app) } };
      case 'PUT ': {
        const { spec, update_all_source_versions: updates } = JSON.parse(request.body) as {
          spec: AppSpec;
          update_all_source_versions?: boolean;
        };
        app.spec = spec;
        begin(app, updates ? headOf(app) : (app.deployments[0]?.commit ?? headOf(app)));
        return { status: 200, body: { app: describeApp(app) } };
      }
      case 'DELETE ':
        apps.splice(apps.indexOf(app), 1);
        return { status: 200, body: { id: app.id } };
      case 'POST /deployments': {
        const deployment = describe(begin(app, headOf(app)));
        return { status: 200, body: options.hidesId ? {} : { deployment } };
      }
      case 'GET /deployments':
        return {
          status: 200,
          body: { deployments: app.deployments.map(describe), links: {}, meta: { total: app.deployments.length } },
        };
      default:
        return rest.startsWith('/rollback') ? rollBack(app, rest, request.body) : answerDeployments(app, rest, request);
    }
  }

  function answer(request: EmulatorRequest): EmulatorReply {
    const { pathname, searchParams } = new URL(request.path, origin);
    if (request.headers.authorization !== `Bearer ${digitalOceanToken}`) {
      return { status: 401, body: { id: 'unauthorized', message: 'Unable to authenticate you' } };
    }
    if (pathname === '/v2/apps' && request.method === 'POST') {
      const { spec } = JSON.parse(request.body) as { spec: AppSpec };
      const app = { id: nextApp(), spec, deployments: [] };
      apps.push(app);
      begin(app, headOf(app));
      return { status: 200, body: { app: describeApp(app) } };
    }
    if (pathname === '/v2/apps') {
      const [page, size] = [Number(searchParams.get('page') ?? 1), Number(searchParams.get('per_page') ?? 20)];
      const listed = apps.slice((page - 1) * size, page * size).map(describeApp);
      return { status: 200, body: { apps: listed, links: {}, meta: { total: apps.length } } };
    }
    const [, id, rest = ''] = /^\/v2\/apps\/([\w-]+)(.*)$/.exec(pathname) ?? [];
    const app = apps.find((one) => one.id === id);
    return app ? answerApp(app, rest, request) : notFound;
  }

  const emulator = await startEmulator((request) => {
    // Parts of logs are in a bucket: the signature is the credential, and a token there would be given away.
    if (request.path.startsWith('/archive/')) {
      if (request.headers.authorization) complaints.push('the token is sent to the archive of logs');
      return { status: 200, body: 'Collecting requirements\nERROR: No matching distribution found for djnago\n' };
    }
    const reply = options.refuse ?? answer(request);
    if (!options.refuse) complaints.push(...judge(request, reply));
    return reply;
  });
  origin = emulator.origin;
  return Object.assign(emulator, { apps, complaints });
}
