import { DeployError, toDeployError } from '../../core/errors.ts';
import type { Opened, PreviewDatabase, PreviewDatabases } from '../../databases/preview-databases.ts';
import { previewDatabaseName, pullRequestOf } from '../../databases/preview-name.ts';
import type { Secret } from '../../lib/secret.ts';
import { previewIdentity } from '../../plan/environment.ts';
import { seed } from '../../project/seed.ts';
import type { StageResult } from '../../report/recorder.ts';
import type { DatabaseReport } from '../../report/report.ts';
import type { Run } from '../run/run.ts';
import type { BuildStage } from './build-stage.ts';
import { migrate, unreadUrl } from './migrate-stage.ts';
import { isByApi, ownDatabase, titleOfServer, urlOf, withPreviewDatabases } from './preview-databases.ts';
import { withProjectIO } from './project-io.ts';

const words: Readonly<Record<Opened, string>> = {
  made: 'is new',
  found: 'is there, not prepared to its end yet',
  prepared: 'is there',
};

/** Writes down what became of a database; what an earlier stage wrote of it stays. */
function note({ recorder }: Run, { name }: PreviewDatabase, what: Partial<DatabaseReport>): void {
  const { databases } = recorder.report();
  const others = databases.filter((one) => one.name !== name);
  const known = databases.find((one) => one.name === name);
  recorder.note({ databases: [...others, { state: 'kept', seeded: false, ...known, ...what, name }] });
}

async function open(run: Run, databases: PreviewDatabases, database: PreviewDatabase): Promise<StageResult<Opened>> {
  const value = await databases.open(database);
  note(run, database, { state: value === 'made' ? 'created' : 'kept' });
  return { value, result: `${database.name} ${words[value]}, at ${databases.title}` };
}

/** @throws DeployError COMMAND_FAILED where the settings do not read DATABASE_URL: the command would fill another database. */
async function fill(run: Run, built: BuildStage, url: Secret, database: PreviewDatabase): Promise<StageResult<void>> {
  const { name } = database;
  const { seedCommand: commandLine } = run.inputs;
  if (!commandLine || !built.migrated) return { value: undefined, result: 'nothing to do' };
  const unread = await unreadUrl(run, built, { url });
  if (unread)
    throw new DeployError(
      'COMMAND_FAILED',
      `seed-command was not run: the settings do not read DATABASE_URL for their database "${unread}", so that it would fill another database than ${name}.`,
      {
        hint: `Write into the settings DATABASES = {"${unread}": dj_database_url.config()}, or the like of django-environ.`,
      },
    );
  const { root, migrated } = built;
  const seeding = { commandLine, root, python: migrated.python, url, name };
  await withProjectIO(run, (io) => io.group('seed-command', () => seed(seeding, io)));
  note(run, database, { seeded: true });
  return { value: undefined, result: commandLine };
}

/** Migrates the database, and fills it once. */
async function prepare(
  run: Run,
  built: BuildStage,
  databases: PreviewDatabases,
  database: PreviewDatabase,
  opened: Opened,
): Promise<Secret> {
  const { ports, recorder, inputs } = run;
  const url = urlOf(run, database);
  if (!built.migrated) {
    if (opened === 'made')
      ports.log.notice(
        `The database ${database.name} is empty: with artifact no code of the project runs here, so that it is not migrated. Let the host migrate when it starts the preview.`,
      );
    return url;
  }
  if (inputs.migrate === 'check' || inputs.migrate === 'run') await migrate(run, built, { url });
  if (opened === 'prepared') return url;
  if (inputs.seedCommand) await recorder.stage('Seed', () => fill(run, built, url, database));
  await databases.notePrepared(database);
  return url;
}

/**
 * Makes the database of a preview, or finds it, and prepares it: migrations each time, seed-command once.
 * @returns Its URL; undefined where previews get no database.
 * @throws DeployError with nothing dropped; the next run goes on where this one stopped.
 */
export async function previewDatabase(run: Run, built: BuildStage): Promise<Secret | undefined> {
  const database = ownDatabase(run);
  if (!database) return undefined;
  // Before anything is made: it may be the database that the inputs name.
  urlOf(run, database);
  const work = async (databases: PreviewDatabases) => {
    const opened = await run.recorder.stage('Database', () => open(run, databases, database));
    return prepare(run, built, databases, database, opened);
  };
  return withPreviewDatabases(run, work, built.migrated?.python);
}

/** What a dry run says that would happen with the database of the preview; empty where it has none. */
export async function planOfDatabase(run: Run): Promise<string> {
  const database = ownDatabase(run);
  if (!database) return '';
  const { migrate: who, seedCommand, artifact } = run.inputs;
  urlOf(run, database);
  const here = artifact === undefined;
  const steps = [
    `make the database ${database.name} at ${await titleOfServer(run)} if it is not there`,
    ...(here && (who === 'check' || who === 'run') ? ['migrate it'] : []),
    ...(here && seedCommand ? [`fill it by "${seedCommand}" if it is new`] : []),
  ];
  return `${steps.join(', ')}, then `;
}

/** Drops the database of a preview. What does not bear the mark of this preview stays. */
export async function dropDatabase(run: Run, database: PreviewDatabase): Promise<StageResult<void>> {
  const { name } = database;
  const outcome = await withPreviewDatabases(run, (databases) => databases.drop(database));
  note(run, database, { state: outcome });
  if (outcome === 'left')
    run.recorder.warn(`The database ${name} was left alone, because it does not bear the mark of this preview.`);
  const results = {
    dropped: `${name} is dropped`,
    gone: `there is no ${name} any more`,
    left: `${name} was left alone`,
  } as const;
  return { value: undefined, result: results[outcome] };
}

/**
 * Numbers of the pull requests of this app whose previews have a database. A server that does not answer keeps nothing else: the
 * report says so.
 */
export async function databasesLeft(run: Run): Promise<number[]> {
  const { inputs, context, recorder, ports } = run;
  if (inputs.previewDatabase !== 'create') return [];
  try {
    const names = await withPreviewDatabases(run, (databases) => databases.list());
    return names.flatMap((name) => {
      const number = pullRequestOf(name);
      if (number === undefined) return [];
      return previewDatabaseName(previewIdentity(inputs, context, number)) === name ? number : [];
    });
  } catch (error) {
    ports.signal.throwIfAborted();
    recorder.warn(`Databases of closed pull requests were not looked for: ${toDeployError(error).message}`);
    return [];
  }
}

/** Looks whether databases of previews could be made, and changes nothing. */
export async function checkDatabases(run: Run): Promise<StageResult<void>> {
  if (run.inputs.trustedSource && !isByApi(run))
    return { value: undefined, result: 'not looked at, because its firewall is opened only while a run deploys' };
  return withPreviewDatabases(run, async (databases) => {
    for (const warning of await databases.check(ownDatabase(run))) run.recorder.warn(warning);
    return { value: undefined, result: `${databases.title} takes databases of previews` };
  });
}
