import { DeployError } from '../../core/errors.ts';
import { HttpError } from '../../core/http-error.ts';
import { HostAnswerError, type HostIO } from '../../hosts/contract/host.ts';
import { type RetryTools, retry } from '../../lib/retry.ts';
import type { DatabaseEngine } from '../database-url.ts';
import type { PreviewDatabase, PreviewDatabases } from '../preview-databases.ts';
import { pullRequestOf } from '../preview-name.ts';
import { takenError } from '../taken.ts';
import { type Cluster, databasesApi } from './databases-api.ts';

const engines: Readonly<Record<DatabaseEngine, readonly string[]>> = {
  postgresql: ['pg', 'advanced_pg'],
  mysql: ['mysql', 'advanced_mysql'],
};

/** Each request looks first at what is there, so that asking again does no harm. */
const policy = {
  attempts: 4,
  base: 1_000,
  cap: 10_000,
  again: (error: unknown) =>
    error instanceof HttpError ||
    (error instanceof HostAnswerError && (error.status === 429 || error.status >= 500) && (error.retryAfter ?? true)),
};

const scopes = 'database:create, database:read, database:delete, tag:create, tag:read and tag:delete';

function apiError(error: unknown, title: string, id: string): DeployError {
  if (error instanceof DeployError) return error;
  if (error instanceof HttpError)
    return new DeployError('DATABASE_UNREACHABLE', `The API of DigitalOcean does not answer: ${error.message}.`, {
      hint: 'Check api-url in host-options, and whether the API is up.',
      cause: error,
    });
  if (!(error instanceof HostAnswerError)) throw error;
  const { status, message } = error;
  if (status === 401 || status === 403)
    return new DeployError('DATABASE_DENIED', `${title} does not let this token make databases: ${message}.`, {
      hint: `Give the token the scopes ${scopes}. It is trusted-source-token, or host-token.`,
      cause: error,
    });
  const hint =
    status === 404
      ? `There is no cluster ${id} that this token sees. Copy the id from the address of the cluster's page.`
      : 'Each open pull request has a database. If the cluster has as many as it may have, close those that need no preview; else look at its page at DigitalOcean, and run the job again.';
  return new DeployError('DATABASE_FAILED', `${title} did not do it: ${message}.`, { hint, cause: error });
}

/**
 * The databases of previews in a cluster at DigitalOcean, made by its API, which needs no way to the server. Its databases can
 * bear no mark, so that is a tag of the account, which is made before the database: `deploy-django:CLUSTER:NAME`. The name
 * stands for the whole identity.
 */
export function digitalOceanDatabases(
  cluster: Cluster,
  engine: DatabaseEngine,
  io: HostIO & RetryTools,
): PreviewDatabases {
  const api = databasesApi(cluster, io);
  const title = `DigitalOcean's cluster ${cluster.id}`;
  const start = `deploy-django:${cluster.id}:`;
  const tagOf = ({ name }: PreviewDatabase) => start + name;
  const preparedTag = (database: PreviewDatabase) => `${tagOf(database)}:prepared`;

  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await retry(work, policy, io, io.signal);
    } catch (error) {
      io.signal.throwIfAborted();
      throw apiError(error, title, cluster.id);
    }
  }

  async function checkEngine(): Promise<void> {
    const found = await api.engine();
    if (engines[engine].includes(found)) return;
    throw new DeployError('DATABASE_FAILED', `${title} is of "${found}", and database-url of another server.`, {
      hint: 'database-url and the cluster have to be the same: the URL is copied from the page of the cluster.',
    });
  }

  return {
    title,
    open: (database) =>
      guarded(async () => {
        const { name } = database;
        await checkEngine();
        const isOurs = await api.hasTag(tagOf(database));
        if (await api.hasDatabase(name)) {
          if (!isOurs) throw takenError(database, title);
          return (await api.hasTag(preparedTag(database))) ? 'prepared' : 'found';
        }
        // What an earlier database of that name was is not true of this one.
        await api.removeTag(preparedTag(database));
        if (!isOurs) await api.createTag(tagOf(database));
        try {
          await api.createDatabase(name);
        } catch (error) {
          // Another run of the same pull request was faster.
          if (error instanceof HostAnswerError && (await api.hasDatabase(name))) return 'found';
          throw error;
        }
        return 'made';
      }),
    notePrepared: (database) =>
      guarded(async () => {
        if (!(await api.hasTag(preparedTag(database)))) await api.createTag(preparedTag(database));
      }),
    drop: (database) =>
      guarded(async () => {
        const { name } = database;
        const [isThere, isOurs] = [await api.hasDatabase(name), await api.hasTag(tagOf(database))];
        if (isThere && !isOurs) return 'left';
        if (isThere) await api.removeDatabase(name);
        await api.removeTag(preparedTag(database));
        // Last: a database without its mark would never go.
        if (isOurs) await api.removeTag(tagOf(database));
        return isThere ? 'dropped' : 'gone';
      }),
    list: () =>
      guarded(async () => {
        const names = (await api.tags(start)).map((tag) => tag.slice(start.length));
        return names.filter((name) => pullRequestOf(name) !== undefined);
      }),
    check: (database) =>
      guarded(async () => {
        await checkEngine();
        if (database && (await api.hasDatabase(database.name)) && !(await api.hasTag(tagOf(database))))
          throw takenError(database, title);
        return [`Whether the token may make databases at ${title} shows when it does; it needs ${scopes}.`];
      }),
  };
}
