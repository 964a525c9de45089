import { DeployError } from '../../core/errors.ts';
import type { Exec } from '../../core/ports.ts';
import { type DatabaseUrl, serverName } from '../database-url.ts';
import type { PreviewDatabase, PreviewDatabases } from '../preview-databases.ts';
import { markOf, markStart, preparedEnd, readMark } from '../preview-mark.ts';
import { previewDatabaseName } from '../preview-name.ts';
import { takenError } from '../taken.ts';
import { mayCreate } from './grants.ts';
import { readAnswer } from './sql-answer.ts';
import { deniedError, type SqlRefusal, sqlError } from './sql-failures.ts';

/** What SQL is sent with: a Python that has a driver for the engine. */
export interface SqlClient {
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
  /** Path of python/preview_databases.py. */
  readonly script: string;
  /** Files that the URL names are looked for here. */
  readonly cwd: string;
}

export interface SqlIO {
  readonly exec: Exec;
  readonly signal: AbortSignal;
  /** Made when it is needed. */
  client(): Promise<SqlClient>;
  /** Says what a refusal of a server means. */
  explain(refusal: SqlRefusal): DeployError;
}

type Action = 'make' | 'prepared' | 'drop' | 'find' | 'look';

/** Lines of what a Python that failed has printed. */
const shownLines = 5;

/** @returns What was done, and the URL with the product that the server calls itself. */
async function ask(url: DatabaseUrl, action: Action, database: PreviewDatabase | undefined, io: SqlIO) {
  const { program, env, script, cwd } = await io.client();
  const mark = database && markOf(database.identity);
  const request = {
    do: action,
    engine: url.engine,
    connection: { ...url, port: url.port ?? null },
    name: database?.name ?? null,
    mark: mark ?? '',
    prepared: mark === undefined ? '' : mark + preparedEnd,
    start: markStart,
  };
  const chunks = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
  const command = { program, args: [script], cwd, env: { ...env, DEPLOY_DJANGO_DATABASES: JSON.stringify(request) } };
  const exit = await io.exec(command, (chunk, stream) => chunks[stream].push(chunk), io.signal);
  const answer = readAnswer(Buffer.concat(chunks.stdout).toString());
  if (answer && 'done' in answer) return { ...answer.done, server: { ...url, product: answer.product } };
  if (answer && 'failure' in answer)
    throw sqlError(answer.failure, { ...url, product: answer.product ?? url.product }, io.explain);
  // The script ends itself where it has waited for minutes.
  if (exit === 137) throw sqlError({ code: null, message: 'timed out' }, url, io.explain);
  const message = Buffer.concat(chunks.stderr).toString().trimEnd().split('\n').slice(-shownLines).join('\n');
  throw new DeployError(
    'INTERNAL',
    `The program that talks to ${serverName(url)} ended with exit code ${exit}: ${message}`,
  );
}

/** The databases of previews on a PostgreSQL, MySQL or MariaDB, made by its own statements. */
export function sqlDatabases(url: DatabaseUrl, io: SqlIO): PreviewDatabases {
  // A URL of `mysql` can lead to a MariaDB: the first answer says what it is.
  let server = url;
  const askServer = async (action: Action, database: PreviewDatabase | undefined) => {
    const answer = await ask(server, action, database, io);
    server = answer.server;
    return answer;
  };
  const taken = (database: PreviewDatabase, mark: string | null) =>
    takenError(database, serverName(server), mark === null ? undefined : readMark(mark));
  return {
    get title() {
      return serverName(server);
    },
    async open(database) {
      const { state, mark } = await askServer('make', database);
      if (state === 'made') return 'made';
      if (state !== 'found') throw taken(database, mark);
      return mark?.endsWith(preparedEnd) ? 'prepared' : 'found';
    },
    async notePrepared(database) {
      const { state, mark } = await askServer('prepared', database);
      if (state !== 'found') throw taken(database, mark);
    },
    async drop(database) {
      const { state } = await askServer('drop', database);
      return state === 'dropped' || state === 'gone' ? state : 'left';
    },
    async list() {
      const { marks = [] } = await askServer('find', undefined);
      const isOwn = ([name, mark]: readonly [string, string]) => {
        const identity = readMark(mark);
        return identity !== undefined && previewDatabaseName(identity) === name;
      };
      return marks.filter(isOwn).map(([name]) => name);
    },
    async check(database) {
      const { state, mark, rights } = await askServer('look', database);
      if (database && state === 'taken') throw taken(database, mark);
      const { may_create: known = null, grants = [] } = rights ?? {};
      const may = known ?? mayCreate(grants, database?.name ?? 'preview_0_0_pr_0');
      if (may === false) throw deniedError(server);
      return may
        ? []
        : [`Whether "${url.user}" may make a database at ${serverName(server)} depends on its roles and is not known.`];
    },
  };
}
