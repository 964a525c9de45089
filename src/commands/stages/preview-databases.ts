import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DeployError } from '../../core/errors.ts';
import { type DatabaseUrl, parseDatabaseUrl, withDatabase } from '../../databases/database-url.ts';
import type { Cluster } from '../../databases/digitalocean/databases-api.ts';
import type { PreviewDatabase, PreviewDatabases } from '../../databases/preview-databases.ts';
import { previewDatabaseName } from '../../databases/preview-name.ts';
import type { SqlClient } from '../../databases/sql/sql-databases.ts';
import { option } from '../../hosts/contract/options.ts';
import { urlCredentials } from '../../lib/masking/urls.ts';
import { Secret } from '../../lib/secret.ts';
import { buildEnvironment } from '../../project/checkout/build-environment.ts';
import { findDriver } from '../../project/install/database-driver.ts';
import type { Python } from '../../project/install/python.ts';
import { refusalError } from '../../project/migrate/database-failures.ts';
import { hostIO } from '../../release/host-io.ts';
import { withDatabaseAccess } from '../run/database-access.ts';
import type { Run } from '../run/run.ts';
import { withProjectIO } from './project-io.ts';

/** The server that previews get their databases on, by the URL of one of its databases. */
interface Server {
  readonly url: string;
  readonly parsed: DatabaseUrl;
  /** Where DigitalOcean's API makes the databases. */
  readonly cluster: Cluster | undefined;
}

/** The cluster at DigitalOcean that the inputs name. */
function clusterOf({ inputs }: Run): Cluster | undefined {
  const { trustedSource, hostInputs } = inputs;
  const named = option(hostInputs.options, 'database-cluster');
  if (named !== undefined && hostInputs.token)
    return { id: named, token: inputs.trustedSourceToken ?? hostInputs.token, options: hostInputs.options };
  if (trustedSource?.vendor !== 'digitalocean' || !trustedSource.inputs.token) return undefined;
  return { id: trustedSource.id, token: trustedSource.inputs.token, options: trustedSource.inputs.options };
}

/** @throws DeployError INVALID_INPUTS where the inputs name no server. */
function serverOf(run: Run): Server {
  const url = (run.inputs.databaseUrl ?? run.inputs.env.DATABASE_URL)?.reveal() ?? '';
  const parsed = parseDatabaseUrl(url);
  if (typeof parsed !== 'string') return { url, parsed, cluster: clusterOf(run) };
  throw new DeployError('INVALID_INPUTS', `database-url ${parsed}.`, {
    hint: 'Databases of previews are made on its server, and dropped there.',
  });
}

/** The database of the preview that this run makes or takes away; undefined where previews get none. */
export function ownDatabase({ inputs, identity }: Run): PreviewDatabase | undefined {
  if (inputs.previewDatabase !== 'create' || identity.kind !== 'preview') return undefined;
  return { name: previewDatabaseName(identity), identity };
}

/**
 * The URL of a preview's database, which is masked from now on.
 * @throws DeployError DATABASE_TAKEN if database-url itself names that database: it may be production's.
 */
export function urlOf(run: Run, { name }: PreviewDatabase): Secret {
  const { url, parsed } = serverOf(run);
  if (parsed.name === name)
    throw new DeployError('DATABASE_TAKEN', `database-url names ${name}, which is the database of this preview.`, {
      hint: 'Name another database of that server in database-url: the one of a preview is made and dropped.',
    });
  const own = withDatabase(url, name);
  run.ports.hide(own);
  for (const part of urlCredentials(own)) run.ports.hide(part, 'secret');
  return new Secret(own);
}

/** Writes the Python files, and finds a Python with a driver: the project's where there is one. */
async function sqlClient(run: Run, { engine }: DatabaseUrl, project: Python | undefined): Promise<SqlClient> {
  const { ports, inputs, context, scratch } = run;
  const folder = join(scratch, 'databases');
  for (const [path, text] of Object.entries(ports.databaseScripts)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  const env = buildEnvironment(ports.env, {});
  const python = await withProjectIO(run, (io) => findDriver({ engine, project, scratch: folder, env }, io));
  const root = join(context.workspace, inputs.workingDirectory);
  return { ...python, script: join(folder, 'preview_databases.py'), cwd: ports.exists(root) ? root : folder };
}

/**
 * The databases of previews on the server of database-url: by DigitalOcean's API where a cluster is named, else by SQL.
 * @param project The project's Python, where its code runs in this job.
 */
async function previewDatabases(run: Run, { parsed, cluster }: Server, project?: Python): Promise<PreviewDatabases> {
  const { ports } = run;
  if (cluster) {
    const { digitalOceanDatabases } = await import('../../databases/digitalocean/digitalocean-databases.ts');
    return digitalOceanDatabases(cluster, parsed.engine, { ...ports, ...hostIO(ports) });
  }
  const { sqlDatabases } = await import('../../databases/sql/sql-databases.ts');
  return sqlDatabases(parsed, {
    exec: ports.exec,
    signal: ports.signal,
    client: () => sqlClient(run, parsed, project),
    explain: (refusal) => refusalError({ type: 'refusal', ...refusal }),
  });
}

/**
 * Does work with the databases of previews. What needs a way to the server itself gets past its firewall.
 * @param project The project's Python, where the work runs its code with the database.
 */
export async function withPreviewDatabases<T>(
  run: Run,
  work: (databases: PreviewDatabases) => Promise<T>,
  project?: Python,
): Promise<T> {
  const server = serverOf(run);
  const databases = await previewDatabases(run, server, project);
  const needsServer = !server.cluster || project !== undefined;
  return needsServer ? withDatabaseAccess(run, () => work(databases)) : work(databases);
}

/** Whether no way to the server itself is needed. */
export const isByApi = (run: Run): boolean => clusterOf(run) !== undefined;

/** How messages name the server, without a question to it. */
export async function titleOfServer(run: Run): Promise<string> {
  return (await previewDatabases(run, serverOf(run))).title;
}
