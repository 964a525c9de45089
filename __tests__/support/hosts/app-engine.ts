import { type Emulator, type EmulatorReply, type EmulatorRequest, startEmulator } from '../emulator.ts';
import { googleToken } from './cloud-run.ts';
import { type HostPlot, stages } from './states.ts';

export const engineService = 'apps/acme-shop/services/default';

export interface EngineVersion {
  readonly id: string;
  readonly createdAt: number;
  readonly body: Record<string, unknown>;
}
interface Operation {
  readonly id: string;
  readonly version?: EngineVersion;
  state: string;
}

export interface AppEngineOptions extends HostPlot {
  readonly refuse?: EmulatorReply;
  readonly envVariables?: Readonly<Record<string, string>>;
  readonly split?: Readonly<Record<string, number>>;
}

export interface AppEngine extends Emulator {
  readonly versions: readonly EngineVersion[];
  /** Commits of versions of production that were asked for, the newest first. */
  asked(): string[];
  /** Commits of each preview, the newest first. */
  previews(): string[][];
  served(): string | undefined;
  readonly complaints: readonly string[];
}

/** Fields of a version that the API sets itself. */
const outputOnly = ['name', 'servingStatus', 'createdBy', 'createTime', 'diskUsageBytes', 'versionUrl'];

const commitOf = (version: EngineVersion | undefined) =>
  /-([0-9a-f]{40})\.zip/.exec(JSON.stringify(version?.body.deployment ?? ''))?.[1];

/**
 * App Engine's Admin API and the bucket for sources, with state. The rules are those of
 * https://github.com/googleapis/googleapis/blob/master/google/appengine/v1/version.proto
 */
export async function startAppEngine(options: AppEngineOptions = {}): Promise<AppEngine> {
  const { now = Date.now } = options;
  const next = stages(options.states ?? ['OPERATION_RUNNING', 'done']);
  const complaints: string[] = [];
  const objects = new Set<string>();
  const versions: EngineVersion[] = [];
  const operations: Operation[] = [];
  const commits: string[] = [];
  const previews = new Map<string, string[]>();
  const envVariables = options.envVariables ?? { DJANGO_SETTINGS_MODULE: 'config.settings' };
  versions.push({
    id: 'first',
    createdAt: now() - 3_600_000,
    body: { runtime: 'python313', entrypoint: { shell: 'gunicorn config.wsgi' }, envVariables, deployment: {} },
  });
  let split: Record<string, number> = { ...(options.split ?? { first: 1 }) };
  const error = (status: number, message: string): EmulatorReply => ({
    status,
    body: { error: { code: status, message, status: 'X' } },
  });

  function start(version?: EngineVersion): EmulatorReply {
    const operation: Operation = {
      id: `op-${operations.length + 1}`,
      ...(version ? { version } : {}),
      state: version ? 'waiting' : 'done',
    };
    operations.push(operation);
    return { status: 200, body: { name: `apps/acme-shop/operations/${operation.id}`, metadata: {} } };
  }

  const put = (version: EngineVersion) => {
    const at = versions.findIndex(({ id }) => id === version.id);
    if (at >= 0) versions.splice(at, 1);
    versions.unshift(version);
  };

  /** What makes a version goes on with each look at it. */
  function look(operation: Operation): EmulatorReply {
    const { version } = operation;
    if (version && (operation.state === 'waiting' || !/^(done|code )/.test(operation.state))) {
      operation.state = next({ id: operation.id, state: operation.state });
      if (operation.state === 'superseded' || (operation.state === 'done' && options.otherCommit)) {
        const sourceUrl = `x-${options.otherCommit ?? 'e'.repeat(40)}.zip`;
        put(version);
        put({ id: 'vother', createdAt: now() + 1, body: { deployment: { zip: { sourceUrl } } } });
        split = { vother: 1 };
        operation.state = 'done';
      } else if (operation.state === 'done') put(version);
    }
    const [, code, message] = /^code (\d+) (.*)$/.exec(operation.state) ?? [];
    const isDone = operation.state === 'done' || code !== undefined;
    const metadata = {
      createVersionMetadata: { cloudBuildId: 'build-1' },
      ...(isDone ? {} : { ephemeralMessage: operation.state }),
    };
    const ending = code === undefined ? { response: {} } : { error: { code: Number(code), message } };
    return {
      status: 200,
      body: {
        name: `apps/acme-shop/operations/${operation.id}`,
        metadata,
        ...(isDone ? { done: true, ...ending } : {}),
      },
    };
  }

  function create(given: Record<string, unknown>): EmulatorReply {
    const id = String(given.id);
    if (!/^(?!-|ah-)[a-z\d-]{0,62}[a-z\d]$/.test(id)) return error(400, `invalid version id ${id}`);
    for (const name of outputOnly) if (name in given) complaints.push(`${name} is set by App Engine alone`);
    const { sourceUrl = '' } = (given.deployment as { zip: { sourceUrl: string } }).zip;
    if (!objects.has(sourceUrl)) return error(400, `Source ${sourceUrl} cannot be read`);
    if (!given.runtime) return error(400, 'runtime is required');
    // A source with another commit, where the plot has it, is what the vendor made of ours.
    const version = { id, createdAt: now() + operations.length, body: given };
    const commit = commitOf(version) ?? '';
    if (id.startsWith('pr-')) previews.set(id, [commit, ...(previews.get(id) ?? [])]);
    else commits.unshift(commit);
    return start(version);
  }

  const describe = ({ id, createdAt, body }: EngineVersion) => ({
    ...body,
    id,
    name: `${engineService}/versions/${id}`,
    servingStatus: 'SERVING',
    createTime: new Date(createdAt).toISOString(),
    versionUrl: `https://${id}-dot-acme-shop.ew.r.appspot.com`,
  });

  function reply({ method, path, headers, body }: EmulatorRequest): EmulatorReply {
    if (options.refuse) return options.refuse;
    if (headers.authorization !== `Bearer ${googleToken}`)
      return error(401, 'Request had invalid authentication credentials.');
    const url = new URL(path, 'http://engine.test');
    const upload = /^\/upload\/storage\/v1\/b\/([^/]+)\/o$/.exec(url.pathname);
    if (upload && method === 'POST') {
      if (!headers['content-length'] || url.searchParams.get('uploadType') !== 'media')
        complaints.push('not a media upload');
      objects.add(`https://storage.googleapis.com/${upload[1]}/${url.searchParams.get('name')}`);
      return { status: 200, body: { name: url.searchParams.get('name') } };
    }
    const at = url.pathname.replace('/v1/', '');
    if (url.pathname === '/v2/entries:list')
      return { status: 200, body: { entries: [{ textPayload: 'ERROR: No matching distribution found' }] } };
    const given = (body === '' ? {} : JSON.parse(body)) as Record<string, unknown>;
    if (at === 'apps/acme-shop')
      return { status: 200, body: { id: 'acme-shop', defaultHostname: 'acme-shop.ew.r.appspot.com' } };
    const operation = operations.find(({ id }) => at === `apps/acme-shop/operations/${id}`);
    if (operation) return look(operation);
    if (at === engineService && method === 'GET')
      return { status: 200, body: { name: at, id: 'default', split: { allocations: split } } };
    if (at === engineService && method === 'PATCH') {
      const { allocations } = given.split as { allocations: Record<string, number> };
      const sum = Object.values(allocations).reduce((all, one) => all + one, 0);
      if (url.searchParams.get('updateMask') !== 'split' || sum !== 1) return error(400, 'invalid split');
      if (!Object.keys(allocations).every((id) => versions.some((one) => one.id === id)))
        return error(400, 'no such version');
      split = allocations;
      return start();
    }
    if (at === `${engineService}/versions`)
      return method === 'POST' ? create(given) : { status: 200, body: { versions: versions.map(describe) } };
    const version = versions.find(({ id }) => at === `${engineService}/versions/${id}`);
    if (!version) return error(404, `${at} was not found`);
    if (method === 'GET') return { status: 200, body: describe(version) };
    if (split[version.id]) return error(400, 'a version with traffic cannot be deleted');
    versions.splice(versions.indexOf(version), 1);
    previews.delete(version.id);
    return start();
  }

  const emulator = await startEmulator(reply);
  return Object.assign(emulator, {
    versions,
    asked: () => [...commits],
    previews: () => [...previews.values()],
    served: () => commitOf(versions.find(({ id }) => split[id] === 1)),
    complaints,
  });
}
