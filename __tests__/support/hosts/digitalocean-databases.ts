import { type Emulator, type EmulatorReply, type EmulatorRequest, startEmulator } from '../emulator.ts';
import { judgeOf } from './judged.ts';

export const clusterToken = 'dop_v1_token_of_the_cluster';
export const clusterId = '9cc10173-e9ea-4176-9dbc-a4cee4c4ff30';

export interface DatabaseClusterOptions {
  readonly engine?: 'pg' | 'mysql' | 'redis';
  /** Answers instead of the API, for some requests. */
  readonly refuse?: (request: EmulatorRequest) => EmulatorReply | undefined;
}

/** The cluster without a server: answers by a function. */
export interface ClusterState {
  readonly databases: Set<string>;
  readonly tags: Set<string>;
  readonly complaints: readonly string[];
  answer(request: EmulatorRequest): Promise<EmulatorReply>;
}

export type DatabaseCluster = ClusterState & Emulator;

const judged = judgeOf('digitalocean-databases');
const notFound: EmulatorReply = { status: 404, body: { id: 'not_found', message: 'The resource was not found.' } };
const gone: EmulatorReply = { status: 204 };

/** A cluster of databases at DigitalOcean with its tags, held against DigitalOcean's own description. */
export async function databaseCluster(options: DatabaseClusterOptions = {}): Promise<ClusterState> {
  const judge = await judged;
  const databases = new Set(['defaultdb']);
  const tags = new Set<string>();
  const complaints: string[] = [];
  const root = `/v2/databases/${clusterId}`;

  function answerDatabases(method: string, name: string | undefined, body: string): EmulatorReply {
    if (method === 'POST') {
      const { name: wanted } = JSON.parse(body) as { name: string };
      if (databases.has(wanted)) return { status: 422, body: { id: 'unprocessable_entity', message: 'name is taken' } };
      databases.add(wanted);
      return { status: 201, body: { db: { name: wanted } } };
    }
    if (name === undefined) return { status: 200, body: { dbs: [...databases].map((one) => ({ name: one })) } };
    if (!databases.has(name)) return notFound;
    if (method === 'GET') return { status: 200, body: { db: { name } } };
    databases.delete(name);
    return gone;
  }

  function answerTags(method: string, tag: string | undefined, { path, body }: EmulatorRequest): EmulatorReply {
    if (method === 'POST') {
      const { name } = JSON.parse(body) as { name: string };
      tags.add(name);
      return { status: 201, body: { tag: { name } } };
    }
    if (tag === undefined) {
      const { searchParams } = new URL(path, 'http://localhost');
      const [page, size] = [Number(searchParams.get('page') ?? 1), Number(searchParams.get('per_page') ?? 20)];
      const listed = [...tags].slice((page - 1) * size, page * size).map((name) => ({ name }));
      return { status: 200, body: { tags: listed, links: {}, meta: { total: tags.size } } };
    }
    if (!tags.has(tag)) return notFound;
    if (method === 'GET') return { status: 200, body: { tag: { name: tag } } };
    tags.delete(tag);
    return gone;
  }

  function answer(request: EmulatorRequest): EmulatorReply {
    const { method, headers, body } = request;
    const { pathname } = new URL(request.path, 'http://localhost');
    if (headers.authorization !== `Bearer ${clusterToken}`)
      return { status: 401, body: { id: 'unauthorized', message: 'Unable to authenticate you' } };
    if (pathname === root) {
      const cluster = {
        id: clusterId,
        name: 'harbour-db',
        engine: options.engine ?? 'pg',
        num_nodes: 1,
        region: 'fra1',
        size: 'db-s-1vcpu-1gb',
      };
      return { status: 200, body: { database: cluster } };
    }
    const [, database] = /^\/dbs(?:\/(\w+))?$/.exec(pathname.startsWith(root) ? pathname.slice(root.length) : '') ?? [];
    if (pathname.startsWith(`${root}/dbs`)) return answerDatabases(method, database, body);
    const [, tag] = /^\/v2\/tags(?:\/([^/]+))?$/.exec(pathname) ?? [];
    if (pathname.startsWith('/v2/tags')) return answerTags(method, tag && decodeURIComponent(tag), request);
    return notFound;
  }

  async function judgedAnswer(request: EmulatorRequest): Promise<EmulatorReply> {
    const refused = options.refuse?.(request);
    const reply = refused ?? answer(request);
    // The description does not say how a name that is taken is refused.
    if (reply.status !== 422) complaints.push(...judge(request, reply));
    return reply;
  }
  return { databases, tags, complaints, answer: judgedAnswer };
}

export async function startDatabaseCluster(options: DatabaseClusterOptions = {}): Promise<DatabaseCluster> {
  const cluster = await databaseCluster(options);
  return Object.assign(await startEmulator(cluster.answer), cluster);
}
