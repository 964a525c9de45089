import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type DatabaseServer, startMariaDb, startPostgres } from '../support/databases.ts';
import { pushed } from '../support/github/events.ts';
import { tempFolder } from '../support/project.ts';
import { type QuickHost, startQuickHost } from '../support/quick-host.ts';
import { type JobOptions, openWorkflow, type Workflow } from '../support/workflow.ts';

/** `migrate: run` against real servers, by each driver that Django projects have. */
let postgres: DatabaseServer;
let mariadb: DatabaseServer;
let host: QuickHost;
let site: Workflow;

const settings = `
import os
import dj_database_url
if os.environ.get("DRIVER") == "PyMySQL":
    import pymysql
    pymysql.version_info = (2, 2, 7, "final", 0)
    pymysql.install_as_MySQLdb()
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
SECRET_KEY = "a-key-of-the-test-with-more-than-fifty-characters-in-it-0123"
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}}
INSTALLED_APPS += ["shop"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": dj_database_url.config(default="sqlite:///db.sqlite3")}
`;

const models = (fields: string) => `from django.db import models\n\n\nclass Order(models.Model):\n${fields}\n`;
const migration = (dependency: string, operations: string) =>
  `import os\nimport time\nfrom django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n    dependencies = [${dependency}]\n    operations = [\n${operations}\n    ]\n`;
const initial = migration(
  '',
  '        migrations.CreateModel("Order", [("id", models.BigAutoField(primary_key=True)), ("name", models.CharField(max_length=100)), ("note", models.TextField())]),',
);
const [name, note] = ['    name = models.CharField(max_length=100)', '    note = models.TextField()'];

beforeAll(async () => {
  [postgres, mariadb, host] = await Promise.all([startPostgres(), startMariaDb(), startQuickHost()]);
  // Without an address nothing is proven, which would take each run ten seconds; `proven` has one.
  const { 'deploy-hook': hook } = host.inputs;
  const inputs = { 'deploy-hook': hook ?? '', 'host-options': 'body: {"ref": "{sha}"}', host: 'hook', timeout: '2m' };
  const packages = ['psycopg[binary]', 'mysqlclient', 'PyMySQL', 'dj-database-url'];
  site = await openWorkflow({ inputs: { ...inputs, migrate: 'run' }, settings, packages });
  await site.project.write('shop/__init__.py', '');
  await site.project.write('shop/migrations/__init__.py', '');
  await site.project.write('shop/models.py', models(`${name}\n${note}`));
  await site.project.write('shop/migrations/0001_initial.py', initial);
  await site.change('A shop');
});
afterAll(async () => {
  await Promise.all([site.close(), host.stop(), postgres.stop(), mariadb.stop()]);
});

const deploy = (sha: string, url: string, options: JobOptions = {}) =>
  site.run(pushed(sha), { ...options, inputs: { 'database-url': url, ...options.inputs } });

/** Commits a migration, and takes it back when the work is done. */
async function withMigration<T>(
  text: string,
  fields: string,
  work: (sha: string) => Promise<T>,
  file = 'shop/migrations/0002_change.py',
): Promise<T> {
  const { project } = site;
  await project.write('shop/models.py', models(fields));
  await project.write(file, text);
  const sha = await site.change('A migration');
  try {
    return await work(sha);
  } finally {
    await project.git('rm', '--quiet', file);
    await project.write('shop/models.py', models(`${name}\n${note}`));
    await site.change('Without it');
  }
}

const removeNote = migration('("shop", "0001_initial")', '        migrations.RemoveField("order", "note"),');
const addPaid = migration(
  '("shop", "0001_initial")',
  '        migrations.AddField("order", "paid", models.BooleanField(null=True)),',
);
const failing = migration(
  '("shop", "0001_initial")',
  [
    '        migrations.AddField("order", "paid", models.BooleanField(null=True)),',
    '        migrations.RunSQL("UPDATE no_such_table SET a = 1"),',
  ].join('\n'),
);

describe.each([
  ['PostgreSQL by psycopg', () => postgres, '', { undone: true, end: 'live' }],
  ['MariaDB by mysqlclient', () => mariadb, '', { undone: false, end: 'live' }],
  ['MariaDB by PyMySQL', () => mariadb, 'PyMySQL', { undone: false, end: 'triggered' }],
] as const)('%s', (title, server, driver, { undone, end }) => {
  const database = `shop_${title.replaceAll(' ', '_').toLowerCase()}`;
  const inputs = driver === '' ? {} : { env: `DRIVER=${driver}` };
  const url = () => server().url(database);
  const proven = () => ({ ...inputs, ...(end === 'live' ? host.inputs : {}) });
  const columns = (table: string) =>
    server().sql(
      database,
      `SELECT column_name FROM information_schema.columns WHERE table_schema IN ('public', '${database}') AND table_name = '${table}'`,
    );

  beforeAll(() => server().sql(server() === postgres ? 'postgres' : 'mysql', `CREATE DATABASE ${database}`));

  test('a first deploy makes every table before it releases', async () => {
    const sha = await site.change(`First ${title}`);
    const job = await deploy(sha, url(), { inputs: proven() });
    expect(job.log).toMatch(
      /✓ Migrations: the database \((PostgreSQL|MariaDB) [\d.]+\), which is empty, lacks \d+ migrations/,
    );
    expect(job.log).toContain('✓ Migrate: ');
    expect(job.log.replace(/^::add-mask::.*$/gm, '')).not.toMatch(/p%40ss|p@ss/);
    expect(JSON.stringify([job.outputs, job.summary])).not.toMatch(/p%40ss|p@ss/);
    expect(job.outputs.status).toBe(end);
    expect((await columns('shop_order')).split('\n').sort()).toEqual(['id', 'name', 'note']);
    const order = ['Migrations: ', 'Migrate: ', 'Release: '].map((stage) => job.log.indexOf(`✓ ${stage}`));
    expect(order).toEqual([...order].sort((one, other) => one - other));
    expect(job.summary).toContain('| Database | 19 migrations ran: ');
  });

  test('a second deploy runs its migration on what is there, and releases then', async () => {
    await server().sql(database, "INSERT INTO shop_order (name, note) VALUES ('first', '')");
    const fields = `${name}\n${note}\n    paid = models.BooleanField(null=True)`;
    const work = async (sha: string) => {
      const job = await deploy(sha, url(), { inputs: proven() });
      expect([job.outputs.status, host.live()]).toEqual([end, sha]);
      const report = JSON.parse(await readFile(job.outputs.report ?? '', 'utf8'));
      const names = ['shop.0002_paid'];
      expect(report.migrations).toEqual({ planned: names, applied: names });
      expect(job.summary).toContain('| Database | 1 migration ran: <code>shop.0002\\_paid</code> |');
      expect(job.log.indexOf('✓ Migrate: 1 migration: ')).toBeLessThan(job.log.indexOf('✓ Release: '));
    };
    await withMigration(addPaid, fields, work, 'shop/migrations/0002_paid.py');
    expect((await columns('shop_order')).split('\n').sort()).toEqual(['id', 'name', 'note', 'paid']);
    expect(await server().sql(database, 'SELECT name FROM shop_order WHERE paid IS NULL')).toBe('first');
    // The next test begins with the first release's database.
    await server().sql(
      database,
      "DELETE FROM shop_order; DELETE FROM django_migrations WHERE name = '0002_paid'; ALTER TABLE shop_order DROP COLUMN paid",
    );
  });

  test('a failing migration releases nothing, and the comment says which one failed and what stays', async () => {
    const asked = host.asked.length;
    await withMigration(failing, `${name}\n${note}\n    paid = models.BooleanField(null=True)`, async (sha) => {
      const commits = { head: sha, merge: sha };
      const job = await site.pull('synchronize', 7, commits, {
        inputs: { ...inputs, 'database-url': url(), command: 'deploy', environment: 'staging' },
      });
      expect(job.outputs.status).toBe('failed');
      expect(job.exitCode).toBe(1);
      expect(host.asked).toHaveLength(asked);
      for (const text of [job.log, job.summary, site.comment()]) {
        expect(text).toContain(
          'The migration shop.0002_change failed at "Raw SQL operation" (shop/migrations/0002_change.py, line 10)',
        );
        expect(text).toContain('no_such_table');
        expect(text).toContain(
          undone
            ? 'Of shop.0002_change nothing is left: the server has undone it.'
            : 'Of shop.0002_change, 1 operation of 2 are done, and the next may be in part, because this server cannot undo changes of tables',
        );
      }
      expect((await columns('shop_order')).includes('paid')).toBe(!undone);
    });
    if (!undone) await server().sql(database, 'ALTER TABLE shop_order DROP COLUMN paid');
  });
});

describe('one database', () => {
  const database = 'shop_postgresql_by_psycopg';

  test('a dry run shows the plan and what is dangerous in it, and changes nothing', async () => {
    await withMigration(removeNote, name, async (sha) => {
      const job = await deploy(sha, postgres.url(database), { inputs: { 'dry-run': 'true' } });
      expect(job.outputs.status).toBe('planned');
      expect(job.log).toContain('shop.0002_change\n    Remove field note from order');
      expect(job.log).toMatch(
        /::warning file=shop\/migrations\/0002_change\.py,line=9.*deletes the column "note" of shop_order/,
      );
      expect(job.log).toMatch(
        /::warning file=shop\/migrations\/0002_change\.py,line=9.*the release that still serves asks for/,
      );
      expect(job.log).toContain('would migrate shop.0002_change, then ask');
      expect(await postgres.sql(database, 'SELECT count(note) FROM shop_order')).toBe('0');
    });
  });

  test('of two runs at once the second waits for the first, and says for whom', async () => {
    const mark = join(tempFolder(), 'somebody-waits');
    const slow = migration(
      '("shop", "0001_initial")',
      `        migrations.RunPython(lambda apps, schema: [time.sleep(0.1) for _ in range(600) if not os.path.exists("${mark}")]),`,
    );
    await withMigration(slow, `${name}\n${note}`, async (sha) => {
      let second: ReturnType<typeof deploy> | undefined;
      const first = await deploy(sha, postgres.url(database), {
        onOutput(text) {
          if (!text.includes('shop.0002_change begins')) return;
          second ??= deploy(sha, postgres.url(database), {
            onOutput: (later) => later.includes('Waiting: ') && writeFileSync(mark, ''),
          });
        },
      });
      const later = await second;
      expect(first.log).toContain('✓ Migrate: 1 migration: shop.0002_change');
      expect(later?.log).toMatch(/Waiting: \S+ run \S+ migrates this database/);
      expect(later?.log).toMatch(/✓ Migrate: nothing to do, after \S+ run \S+/);
      expect([first.outputs.status, later?.outputs.status]).toEqual(['triggered', 'triggered']);
    });
  });
});
