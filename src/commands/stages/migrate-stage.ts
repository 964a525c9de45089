import { join } from 'node:path';
import type { LedgerSession } from '../../ledger/session.ts';
import type { Secret } from '../../lib/secret.ts';
import { listSome, plural } from '../../lib/text.ts';
import { askDatabase, type DatabaseRequest, type Migrated } from '../../project/migrate/ask-database.ts';
import { throwFailure } from '../../project/migrate/migration-failures.ts';
import { migrationFindings } from '../../project/migrate/migration-findings.ts';
import type { Database, MigrationOutcome } from '../../project/migrate/migration-outcome.ts';
import { describePlan, distanceOf, planLines } from '../../project/migrate/plan-text.ts';
import { withoutSilenced } from '../../project/preflight/preflight.ts';
import type { StageResult } from '../../report/recorder.ts';
import { stopIfOvertaken } from '../run/overtaken.ts';
import type { Run } from '../run/run.ts';
import type { BuildStage } from './build-stage.ts';
import { refuseFindings } from './preflight-stage.ts';
import { withProjectIO } from './project-io.ts';

/** Makes the database reachable for this runner while the work is done, and takes that back after it. */
export type DatabaseAccess = <T>(work: () => Promise<T>) => Promise<T>;

const direct: DatabaseAccess = (work) => work();

/** A build whose project can be asked: its code runs in this job. */
type Asked = BuildStage & { readonly migrated: Migrated };

/** The database of a release; its URL is that of the environment or of the settings where none is given. */
interface MigrationTarget {
  readonly url: Secret | undefined;
  readonly access?: DatabaseAccess | undefined;
}

function ask(
  run: Run,
  { migrated }: Asked,
  { url, access = direct }: MigrationTarget,
  mode: DatabaseRequest['mode'],
): Promise<MigrationOutcome> {
  const { ports, inputs, context, plan, scratch } = run;
  const request = {
    mode,
    url,
    holder: `${context.repository} run ${plan.release}`,
    wait: inputs.timeout,
    scratch: join(scratch, 'migrate'),
  };
  const title = mode === 'look' ? 'Django: what the database lacks' : 'Django: migrate';
  return access(() =>
    withProjectIO(run, (io) => io.group(title, () => askDatabase(io, ports.steps, migrated, request))),
  );
}

/** Databases of the settings that are on other servers than the URL's. */
function sayOthers({ ports }: Run, { others = [], pointed }: MigrationOutcome): void {
  if (pointed)
    ports.log.info(`The settings do not read DATABASE_URL, so that their database "${pointed}" was pointed to it.`);
  if (others.length === 0) return;
  const names = others.map((name) => `"${name}"`);
  const commands = others.map((name) => `python manage.py migrate --database ${name}`);
  ports.log.notice(
    `Not migrated, because database-url does not lead to ${others.length === 1 ? 'it' : 'them'}: the ${others.length === 1 ? 'database' : 'databases'} ${listSome(names, 5)} of the settings. Where it is yours: ${listSome(commands, 2)}.`,
  );
}

async function look(run: Run, built: Asked, target: MigrationTarget): Promise<StageResult<void>> {
  const { ports, recorder, inputs } = run;
  const outcome = await ask(run, built, target, 'look');
  const { databases = [] } = outcome;
  const asked = databases.filter(({ plan }) => plan !== undefined);
  for (const line of asked.flatMap(planLines)) ports.log.info(line);
  throwFailure(outcome, built.workspace);
  sayOthers(run, outcome);
  const settings = built.outcome.project;
  const madeUp = [...new Set([...built.migrated.madeUp, ...(outcome.throw_away ?? [])])];
  const all = databases.flatMap((one) => migrationFindings(one, { workspace: built.workspace, madeUp }));
  const findings = withoutSilenced(all, settings?.silenced ?? []);
  recorder.note({ findings: [...recorder.report().findings, ...findings] });
  run.tell(findings);
  for (const far of databases.map(distanceOf)) if (far) recorder.warn(far);
  refuseFindings(findings, inputs.checks);
  const planned = asked.flatMap(({ plan }) => plan?.migrations.map(({ name }) => name) ?? []);
  const roundTrip = asked[0]?.server?.round_trip;
  const result = `${asked.map(describePlan).join('; ')}${roundTrip === undefined ? '' : `; ${roundTrip.toFixed(1)} ms away`}`;
  return { value: undefined, result, facts: { migrations: { planned, applied: [], failed: undefined } } };
}

const appliedOf = (databases: readonly Database[]): string[] =>
  databases.flatMap(({ applied = [] }) => applied.map(({ name }) => name));

function sayLock({ recorder }: Run, { alias, lock }: Database): void {
  const one = 'Let one deploy run at a time by "concurrency:" in the workflow.';
  if (lock?.reason) recorder.warn(`The database "${alias}" was migrated without a lock: ${lock.reason}. ${one}`);
  if (lock?.lost)
    recorder.warn(`The lock of the database "${alias}" was lost while it was migrated: ${lock.lost}. ${one}`);
}

async function apply(run: Run, built: Asked, target: MigrationTarget): Promise<StageResult<void>> {
  const { recorder } = run;
  const outcome = await ask(run, built, target, 'run');
  const { databases = [] } = outcome;
  const applied = appliedOf(databases);
  const failed = databases.find(({ broke }) => broke)?.broke?.migration ?? undefined;
  const planned = recorder.report().migrations?.planned ?? [];
  recorder.note({ migrations: { planned, applied, failed } });
  for (const database of databases) sayLock(run, database);
  if (outcome.stored)
    recorder.warn(
      `Migrations wrote ${plural(outcome.stored, 'file')} to the storage "default", which has no keys here: they are not in the bucket. Write them in a command that runs at the host.`,
    );
  throwFailure(outcome, built.workspace);
  const waited = databases.flatMap(({ lock }) => (lock?.waited_for ? [`after ${lock.waited_for}`] : []));
  const what =
    applied.length === 0 ? 'nothing to do' : `${plural(applied.length, 'migration')}: ${listSome(applied, 5)}`;
  return { value: undefined, result: [what, ...waited].join(', ') };
}

/** The code goes back, and the tables stay. */
export function warnOfSchema({ recorder }: Run): void {
  const { applied = [] } = recorder.report().migrations ?? {};
  if (applied.length === 0) return;
  recorder.warn(
    `The release before is back, and the database is not: ${listSome(applied, 5)} ran and stay. If the old code cannot work with them, go back by "python manage.py migrate <app> <migration before>", which loses what they added.`,
  );
}

const isAsked = (built: BuildStage): built is Asked => built.migrated !== undefined;

/**
 * Looks what the database of a release lacks, before anything is uploaded, and names what is dangerous in it. Changes nothing.
 * @throws DeployError if the database cannot be migrated from here.
 */
export async function lookAtMigrations(run: Run, built: BuildStage, target: MigrationTarget): Promise<void> {
  if (isAsked(built)) await run.recorder.stage('Migrations', () => look(run, built, target));
}

/**
 * Migrates the database of a release, after another run that does so has come to its end.
 * @throws DeployError if a migration fails, or if the other run does not end in time: then nothing may be released.
 */
export async function migrate(run: Run, built: BuildStage, target: MigrationTarget): Promise<void> {
  if (isAsked(built)) await run.recorder.stage('Migrate', () => apply(run, built, target));
}

/**
 * Which database of the settings does not read DATABASE_URL and was pointed to the target: a command of the project would work with
 * another one. Undefined where they read it, and with an artifact, whose code does not run here.
 * @throws DeployError if the database cannot be asked.
 */
export async function unreadUrl(run: Run, built: BuildStage, target: MigrationTarget): Promise<string | undefined> {
  if (!isAsked(built)) return undefined;
  const outcome = await ask(run, built, target, 'look');
  throwFailure(outcome, built.workspace);
  return outcome.pointed ?? undefined;
}

/** Whether this run migrates the database that is live. A pull request never does, because that database may be production's. */
export function migratesLive({ inputs, plan }: Run): boolean {
  return inputs.migrate === 'run' && (plan.kind === 'deploy' || plan.kind === 'check');
}

const liveTarget = ({ inputs }: Run, access: DatabaseAccess | undefined): MigrationTarget => ({
  url: inputs.databaseUrl,
  access,
});

const notOfPreviews =
  'migrate: run migrates production alone, and a preview nothing: its database may be the one of production. "preview-database: create" gives each pull request one of its own.';

/** The look of a deploy at the database that is live. */
export async function lookAtLive(run: Run, built: BuildStage, access?: DatabaseAccess): Promise<void> {
  const { migrate: who, previewDatabase } = run.inputs;
  if (who === 'run' && run.plan.kind === 'preview' && previewDatabase !== 'create') run.ports.log.notice(notOfPreviews);
  if (migratesLive(run)) await lookAtMigrations(run, built, liveTarget(run, access));
}

/** The migration of a deploy: by now its files are in place, and its release is still to come. */
export async function migrateLive(
  run: Run,
  built: BuildStage,
  session: LedgerSession | undefined,
  access?: DatabaseAccess,
): Promise<void> {
  if (!migratesLive(run)) return;
  await stopIfOvertaken(run, session);
  await migrate(run, built, liveTarget(run, access));
}
