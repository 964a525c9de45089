import { type Emulator, type EmulatorReply, type EmulatorRequest, startEmulator } from '../emulator.ts';

export const upsunToken = 'api-token-of-the-emulator';
export const upsunProject = 'abcdefgh12345';

export interface UpsunOptions {
  readonly refuse?: EmulatorReply;
  /** A commit that is pushed to production, which Upsun shows when production is asked for that often. */
  readonly push?: string;
  readonly shownAfter?: number;
  /** States of an activity, one for each look at it: a state, or `complete` with its result after a colon. */
  readonly script?: readonly string[];
  readonly otherCommit?: string;
  readonly supersededBy?: string;
  readonly lifetime?: number;
  readonly status?: string;
}

interface Activity {
  readonly id: string;
  readonly type: string;
  readonly created_at: string;
  state: string;
  result: string | null;
  readonly payload: object;
  readonly description: string;
  readonly log: string;
  script: string[];
}

interface Environment {
  readonly id: string;
  status: string;
  head: string;
  readonly activities: Activity[];
}

export interface UpsunEmulator extends Emulator {
  readonly environments: ReadonlyMap<string, Environment>;
  /** What the source integration does when somebody pushes. */
  push(environment: string, sha: string): void;
  asked(environment: string): string[];
  /** Access tokens that were given. */
  logins(): number;
  readonly complaints: readonly string[];
}

/**
 * Upsun's API with state. Its rules are those of https://docs.upsun.com/api (environments, activities, redeploy, activate,
 * deactivate, cancel) and of the exchange of API tokens. Upsun deploys each push by itself.
 */
export async function startUpsun(options: UpsunOptions = {}): Promise<UpsunEmulator> {
  const { script = ['pending', 'in_progress', 'complete:success'] } = options;
  const environments = new Map<string, Environment>();
  const complaints: string[] = [];
  const asked = new Map<string, string[]>();
  let [count, logins, looks] = [0, 0, 0];

  function begin(environment: Environment, type: string, sha: string | undefined): Activity {
    const payload = sha === undefined ? {} : { commits: [{ sha, message: 'Change' }] };
    const activity = {
      id: `activity${++count}`,
      type,
      created_at: new Date(Date.UTC(2026, 0, 1) + count).toISOString(),
      state: 'pending',
      result: null,
      payload,
      description: `${type} of ${environment.id}`,
      log: 'Building application\nE: Error building project: no matching distribution found for djnago\n',
      script: [...script],
    };
    environment.activities.unshift(activity);
    return activity;
  }

  function push(id: string, sha: string): void {
    const environment = environments.get(id) ?? { id, status: 'active', head: '', activities: [] };
    environments.set(id, environment);
    environment.head = options.otherCommit ?? sha;
    if (environment.status === 'inactive') environment.status = 'active';
    begin(environment, 'environment.push', sha);
    asked.set(id, [sha, ...(asked.get(id) ?? [])]);
  }
  environments.set('main', { id: 'main', status: options.status ?? 'active', head: 'a'.repeat(40), activities: [] });

  /** An activity goes on whenever somebody looks at it. */
  function look(environment: Environment, activity: Activity): void {
    if (activity.state === 'complete' || activity.state === 'cancelled') return;
    const step = (activity.script.length > 1 ? activity.script.shift() : activity.script[0]) ?? 'pending';
    if (step === 'replaced') {
      activity.state = 'cancelled';
      environment.head = options.supersededBy ?? '';
      return;
    }
    const [state = '', result = null] = step.split(':');
    Object.assign(activity, { state, result });
  }

  const notFound: EmulatorReply = { status: 404, body: { status: 'error', code: 404, message: 'Not found' } };
  const show = ({ script: _script, ...activity }: Activity) => activity;
  const accepted = (activity: Activity): EmulatorReply => ({
    status: 202,
    body: { status: 'Accepted', code: 202, _embedded: { activities: [show(activity)] } },
  });

  function answerEnvironment(environment: Environment, rest: string, method: string): EmulatorReply {
    const [, id = '', more = ''] = /^\/activities\/(\w+)(.*)$/.exec(rest) ?? [];
    const activity = environment.activities.find((one) => one.id === id);
    if (id && !activity) return notFound;
    if (activity && method === 'GET' && more === '') {
      look(environment, activity);
      return { status: 200, body: show(activity) };
    }
    if (activity && method === 'POST' && more === '/cancel') {
      activity.state = 'cancelled';
      return accepted(activity);
    }
    const { status, head, activities } = environment;
    switch (`${method} ${rest}`) {
      case 'GET ': {
        const isMain = environment.id === 'main';
        return {
          status: 200,
          body: {
            id: environment.id,
            status,
            is_main: isMain,
            type: isMain ? 'production' : 'development',
            head_commit: head,
          },
        };
      }
      case 'GET /activities':
        return { status: 200, body: activities.map(show) };
      case 'POST /redeploy':
        return accepted(begin(environment, 'environment.redeploy', undefined));
      case 'POST /activate':
        environment.status = 'active';
        return accepted(begin(environment, 'environment.activate', undefined));
      case 'POST /deactivate':
        environment.status = 'inactive';
        asked.delete(environment.id);
        return accepted(begin(environment, 'environment.deactivate', undefined));
      case 'GET /deployments/current': {
        const routes = {
          [`http://${environment.id}-x.eu.upsunapp.com/`]: { primary: false, type: 'redirect' },
          [`https://${environment.id}-x.eu.upsunapp.com/`]: { primary: true, type: 'upstream' },
        };
        return { status: 200, body: { id: 'current', routes } };
      }
      default:
        return notFound;
    }
  }

  function login({ headers, body }: EmulatorRequest): EmulatorReply {
    const given = new URLSearchParams(body);
    const client = `Basic ${Buffer.from('platform-api-user:').toString('base64')}`;
    if (headers.authorization !== client || given.get('grant_type') !== 'api_token') complaints.push('not an exchange');
    if (given.get('api_token') !== upsunToken) return { status: 401, body: { error: 'invalid_grant' } };
    logins += 1;
    return {
      status: 200,
      body: { access_token: `access-${logins}`, expires_in: options.lifetime ?? 900, token_type: 'bearer' },
    };
  }

  function answer(request: EmulatorRequest): EmulatorReply {
    const { method, path, headers, body } = request;
    if (method === 'POST' && path === '/oauth2/token') return login(request);
    if (headers.authorization !== `Bearer access-${logins}`)
      return { status: 401, body: { message: 'the token is expired' } };
    if (method === 'POST' && body !== '{}') complaints.push('a request without a body of JSON');
    const [, id = '', rest = ''] = /^\/projects\/abcdefgh12345\/environments\/([\w-]+)(.*)$/.exec(path) ?? [];
    if (id === 'main' && options.push && looks++ === (options.shownAfter ?? 0)) push('main', options.push);
    const environment = environments.get(id);
    return environment ? answerEnvironment(environment, rest, method) : notFound;
  }

  const emulator = await startEmulator((request) => options.refuse ?? answer(request));
  return Object.assign(emulator, {
    environments,
    push,
    complaints,
    logins: () => logins,
    asked: (environment: string) => asked.get(environment) ?? [],
  });
}
