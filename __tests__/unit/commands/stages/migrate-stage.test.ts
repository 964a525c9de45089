import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { BuildStage } from '../../../../src/commands/stages/build-stage.ts';
import {
  lookAtLive,
  lookAtMigrations,
  migrate,
  migrateLive,
  warnOfSchema,
} from '../../../../src/commands/stages/migrate-stage.ts';
import type { Command } from '../../../../src/core/ports.ts';
import { Secret } from '../../../../src/lib/secret.ts';
import type { MigrationOutcome } from '../../../../src/project/migrate/migration-outcome.ts';
import { renderComment } from '../../../../src/report/comment-text.ts';
import { renderSummary } from '../../../../src/report/summary.ts';
import { operationOf } from '../../../support/operation.ts';
import { tempFolder } from '../../../support/project.ts';
import { createRun, type RunOptions } from '../../../support/run.ts';

const url = new Secret('postgres://web:s3cr3t-pass@db.example.com/shop');

const server = {
  vendor: 'postgresql',
  product: 'PostgreSQL',
  major: 17,
  minor: 2,
  round_trip: 1,
  transactional_ddl: true,
  read_only: null,
  schema: 'public',
  may_create: true,
};
const operation = operationOf({
  kind: 'DeleteModel',
  text: 'Delete model Order',
  model: 'Order',
  line: 9,
  size: { rows: 12_000, bytes: 9_000_000 },
});
const file = '/work/shop/migrations/0002_gone.py';
const migration = {
  name: 'shop.0002_gone',
  app: 'shop',
  file,
  own: true,
  atomic: true,
  count: 1,
  operations: [operation],
};
const lacking = { alias: 'default', vendor: 'postgresql', server, plan: { fresh: false, migrations: [migration] } };
const looked: MigrationOutcome = { failures: [], databases: [lacking], finished: true };
const applied = [{ name: 'shop.0002_gone', seconds: 0.1 }];
const migrated: MigrationOutcome = {
  failures: [],
  databases: [{ alias: 'default', vendor: 'postgresql', applied, lock: { held: true } }],
  finished: true,
};

/** A run whose project answers with these outcomes, by what it is asked for. */
function createMigration(outcomes: { look?: MigrationOutcome; run?: MigrationOutcome }, options: RunOptions = {}) {
  const made = createRun({ ...options, inputs: { migrate: 'run', databaseUrl: url, ...options.inputs } });
  const asked: { mode: 'look' | 'run'; env: Command['env']; holder: string }[] = [];
  const exec = async ({ args, env }: Command) => {
    const request = JSON.parse(await readFile(args[1] ?? '', 'utf8'));
    asked.push({ mode: request.mode, env, holder: request.holder });
    await writeFile(request.outcome, JSON.stringify(outcomes[request.mode as 'look' | 'run']));
    return 0;
  };
  const run = { ...made, scratch: tempFolder(), ports: { ...made.ports, exec } };
  const python = { program: 'python', env: { DATABASE_URL: 'postgres://build@127.0.0.1:1/build' } };
  const project = { python, managePy: '/work/manage.py', projectRoot: '/work', staticRoot: join('/', 's'), madeUp: [] };
  const built = { outcome: { failures: [] }, workspace: '/work', migrated: project } as unknown as BuildStage;
  return { run, built, asked, lines: made.lines, report: () => run.recorder.report() };
}

test('a look names what is dangerous, with its place, before anything runs', async () => {
  const { run, built, asked, report, lines } = createMigration({ look: looked });
  await lookAtLive(run, built);
  expect(asked.map(({ mode }) => mode)).toEqual(['look']);
  expect(report().findings).toMatchObject([
    { level: 'warning', id: 'deploy.migration-loses-data', at: { file: 'shop/migrations/0002_gone.py', line: 9 } },
    { level: 'warning', id: 'deploy.migration-breaks-live' },
  ]);
  expect(report().findings[0]?.message).toBe(
    'shop.0002_gone: Delete model Order: deletes the table shop_order (about 12,000 rows, 8.6 MiB) with what is in it.',
  );
  expect(report().stages.at(-1)?.result).toBe(
    'the database (PostgreSQL 17) lacks 1 migration: shop.0002_gone; 1.0 ms away',
  );
  expect(lines.join('\n')).toContain('  shop.0002_gone');
});

test('"checks: warning" stops at it, and SILENCED_SYSTEM_CHECKS lets it through', async () => {
  const { run, built, report } = createMigration({ look: looked }, { inputs: { checks: 'warning' } });
  await expect(lookAtLive(run, built)).rejects.toMatchObject({ code: 'CHECKS_FAILED' });
  const silenced = ['deploy.migration-loses-data', 'deploy.migration-breaks-live'];
  const known = { ...built, outcome: { failures: [], project: { silenced } } } as unknown as BuildStage;
  await lookAtLive(run, known);
  expect(report().stages.at(-1)?.failed).toBe(false);
});

test('a server that is far away is said, with what that costs', async () => {
  const far = { ...lacking, server: { ...server, round_trip: 140.4 } };
  const { run, built, report } = createMigration({ look: { ...looked, databases: [far] } });
  await lookAtLive(run, built);
  expect(report().warnings).toEqual([
    expect.stringMatching(
      /^The database "default" is 140 ms away from this runner \(a SELECT 1\), so that about 25 statements take about 3\.5 s/,
    ),
  ]);
});

test('databases of other servers are named, and so is one that was pointed to the URL', async () => {
  const { run, built, lines } = createMigration({ look: { ...looked, others: ['logs'], pointed: 'default' } });
  await lookAtLive(run, built);
  const text = lines.join('\n');
  expect(text).toContain(
    'the database "logs" of the settings. Where it is yours: python manage.py migrate --database logs.',
  );
  expect(text).toContain('"default" was pointed to it');
});

test('the project alone gets the URL, in its environment, and the holder of the lock is this run', async () => {
  const { run, built, asked } = createMigration({ run: migrated });
  await migrateLive(run, built, undefined);
  expect(asked[0]?.env.DATABASE_URL).toBe(url.reveal());
  expect(asked[0]?.holder).toBe(`${run.context.repository} run ${run.plan.release}`);
  expect(await readFile(join(run.scratch, 'migrate', 'request.json'), 'utf8')).not.toContain('s3cr3t');
});

test('without a URL the environment of the build counts', async () => {
  const { run, built, asked } = createMigration({ run: migrated }, { inputs: { databaseUrl: undefined } });
  await migrateLive(run, built, undefined);
  expect(asked[0]?.env.DATABASE_URL).toBe('postgres://build@127.0.0.1:1/build');
});

test('the database is reached within the access that is given, also where the work fails', async () => {
  const broken: MigrationOutcome = {
    failures: [],
    databases: [{ alias: 'default', vendor: 'sqlite' }],
    finished: true,
  };
  for (const outcome of [migrated, broken]) {
    const order: string[] = [];
    const { run, built, asked } = createMigration({ run: outcome });
    const access = async <T>(work: () => Promise<T>): Promise<T> => {
      order.push(`in ${asked.length}`);
      try {
        return await work();
      } finally {
        order.push(`out ${asked.length}`);
      }
    };
    await migrate(run, built, { url, access }).catch(() => undefined);
    expect(order).toEqual(['in 0', 'out 1']);
  }
});

test.each([
  ['a preview', { plan: { kind: 'preview', pullRequest: 7 } }],
  ['migrate: check', { inputs: { migrate: 'check' } }],
  ['migrate: host', { inputs: { migrate: 'host' } }],
] as const)('%s migrates nothing', async (_name, options) => {
  const { run, built, asked } = createMigration({ look: looked, run: migrated }, options as RunOptions);
  await lookAtLive(run, built);
  await migrateLive(run, built, undefined);
  expect(asked).toEqual([]);
});

test('with an artifact of another job no code runs here', async () => {
  const { run, built, asked } = createMigration({ look: looked });
  await lookAtMigrations(run, { ...built, migrated: undefined }, { url });
  expect(asked).toEqual([]);
});

const broke = {
  type: 'ProgrammingError',
  message: 'relation "nothing" does not exist',
  code: '42P01',
  vendor: 'postgresql',
  host: 'db.example.com',
  port: '',
  name: 'shop',
  user: 'web',
  migration: 'shop.0003_bad',
  file: '/work/shop/migrations/0003_bad.py',
  line: 12,
  operation: 'Raw SQL operation',
  done: 0,
  total: 1,
  atomic: true,
  transactional_ddl: true,
};

test('a failure says which migration, where, why, and what stays; comment and summary show it', async () => {
  const outcome = { failures: [], databases: [{ alias: 'default', vendor: 'postgresql', applied, broke }] };
  const { run, built, report } = createMigration({ run: outcome });
  const error = await migrateLive(run, built, undefined).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: 'MIGRATION_FAILED',
    at: { file: 'shop/migrations/0003_bad.py', line: 12 },
    message: [
      'The migration shop.0003_bad failed at "Raw SQL operation" (shop/migrations/0003_bad.py, line 12). Nothing was released.',
      '  ProgrammingError: relation "nothing" does not exist',
      'Before it ran, and stay: shop.0002_gone. Of shop.0003_bad nothing is left: the server has undone it.',
    ].join('\n'),
  });
  expect(report().migrations).toEqual({ planned: [], applied: ['shop.0002_gone'], failed: 'shop.0003_bad' });
  const view = {
    stage: undefined,
    doing: 'Deploying',
    app: '.',
    repositoryUrl: 'u',
    runUrl: 'u',
    startedAt: 0,
    now: 0,
  } as const;
  for (const text of [renderSummary(report()), renderComment({ ...view, report: report() }, 0)])
    expect(text).toMatch(/\| Database \| 1 migration ran: .*0002.*; ❌ .*0003.* failed \|/);
});

test.each([
  [{ reason: 'function pg_try_advisory_xact_lock does not exist' }, /migrated without a lock: function/],
  [{ lost: 'server closed the connection' }, /The lock of the database "default" was lost/],
])('a lock that is none, or that was lost, is a warning: %j', async (lock, says) => {
  const outcome = {
    failures: [],
    databases: [{ alias: 'default', vendor: 'postgresql', applied, lock: { held: true, ...lock } }],
  };
  const { run, built, report } = createMigration({ run: outcome });
  await migrateLive(run, built, undefined);
  expect(report().warnings).toEqual([expect.stringMatching(says)]);
});

test('after a rollback the tables are said to stay', async () => {
  const { run, built, report } = createMigration({ run: migrated });
  warnOfSchema(run);
  expect(report().warnings).toEqual([]);
  await migrateLive(run, built, undefined);
  warnOfSchema(run);
  expect(report().warnings).toEqual([expect.stringContaining('shop.0002_gone ran and stay')]);
});

test('files that migrations wrote to the storage of a bucket are said to be lost', async () => {
  const { run, built, report } = createMigration({ run: { ...migrated, stored: 2 } });
  await migrateLive(run, built, undefined);
  expect(report().warnings).toEqual([expect.stringMatching(/^Migrations wrote 2 files to the storage "default"/)]);
});

test('a preview is told that nothing is migrated, unless it has a database of its own', async () => {
  for (const previewDatabase of ['off', 'create'] as const) {
    const options: RunOptions = { plan: { kind: 'preview', pullRequest: 7 }, inputs: { previewDatabase } };
    const { run, built, lines } = createMigration({}, options);
    await lookAtLive(run, built);
    expect(lines.join('\n').includes('migrates production alone')).toBe(previewDatabase === 'off');
  }
});
