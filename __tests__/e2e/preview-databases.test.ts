import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { type LocalHost, startLocalHost } from '../../demo/parts/host.ts';
import { makeIdentity } from '../../src/core/identity.ts';
import { previewDatabaseName } from '../../src/databases/preview-name.ts';
import { type DatabaseServer, startMariaDb, startPostgres } from '../support/databases.ts';
import { repositoryId } from '../support/github/emulator.ts';
import { scheduled } from '../support/github/events.ts';
import { tempFolder } from '../support/project.ts';
import { bucketInputs, type Job, openWorkflow, previewSettings, type Workflow } from '../support/workflow.ts';

/** A preview's own database, from the opening of a pull request to its close, on real servers. */
const bucket = 'own-databases';
const [user, password] = ['previews', 'p@ss/w0rd:of-previews'];
let bucketServer: BucketServer;
let postgres: DatabaseServer;
let mariadb: DatabaseServer;
beforeAll(async () => {
  [bucketServer, postgres, mariadb] = await Promise.all([startBucketServer(), startPostgres(), startMariaDb()]);
  await bucketServer.createBucket(bucket);
  await postgres.sql('postgres', `CREATE ROLE ${user} LOGIN CREATEDB PASSWORD '${password}'`);
  await postgres.sql('postgres', 'CREATE DATABASE shop');
  await postgres.sql('shop', 'CREATE TABLE orders (n integer); INSERT INTO orders VALUES (1)');
  await mariadb.sql('mysql', 'CREATE DATABASE shop');
  await mariadb.sql('shop', 'CREATE TABLE orders (n integer); INSERT INTO orders VALUES (1)');
  const rights = `GRANT ALL PRIVILEGES ON \`preview\\_%\`.* TO '${user}'@'%'`;
  await mariadb.sql('mysql', `CREATE USER '${user}'@'%' IDENTIFIED BY '${password}'; ${rights}`);
});
afterAll(() => Promise.all([bucketServer.stop(), postgres.stop(), mariadb.stop()]));

/** The row of the database in the comment on pull request 7, or in the summary. */
const rowOf = (text: string): string | undefined =>
  /^\| Preview database \| (.*) \|$/m.exec(text)?.[1]?.replaceAll(/<\/?code>|\\/g, '');

const nameOf = (pullRequest: number, repository = repositoryId) =>
  previewDatabaseName(makeIdentity({ repository, workingDirectory: '.', environment: 'preview', pullRequest }));

/** As a team writes it: the database by DATABASE_URL, a page that shows what is in it, and data to look at in previews. */
const databaseSettings = `
import dj_database_url
DATABASES = {"default": dj_database_url.config(default="sqlite:///" + str(BASE_DIR / "db.sqlite3"))}
INSTALLED_APPS += ["notes"]
`;
const files: Readonly<Record<string, string>> = {
  'notes/__init__.py': '',
  'notes/models.py':
    'from django.db import models\n\n\nclass Note(models.Model):\n    id = models.AutoField(primary_key=True)\n    text = models.CharField(max_length=80)\n',
  'notes/migrations/__init__.py': '',
  'notes/migrations/0001_initial.py': `from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel("Note", [("id", models.AutoField(primary_key=True, serialize=False)), ("text", models.CharField(max_length=80))]),
    ]
`,
  'seed.py': `import os, sys
import django
django.setup()
from django.db import connection
from notes.models import Note
Note.objects.create(text="seeded in " + connection.settings_dict["NAME"])
print("The secret is", os.environ["DATABASE_URL"])
sys.exit(3 if "broken" in sys.argv else 0)
`,
};
const notesUrl = `
from django.http import HttpResponse
urlpatterns += [path("notes/", lambda request: HttpResponse("; ".join(__import__("notes.models").models.Note.objects.values_list("text", flat=True))))]
`;

interface World {
  readonly site: Workflow;
  readonly host: LocalHost;
  close(): Promise<void>;
}

/** A workflow whose previews have a database of their own, and a host whose app uses what it is told. */
async function openWorld(url: string, driver: string): Promise<World> {
  const base = `${bucketServer.endpoint}/${bucket}`;
  const folder = tempFolder();
  const inputs: Record<string, string> = { ...bucketInputs(bucketServer, bucket) };
  const settings = `${previewSettings(`${base}/static/`)}\nALLOWED_HOSTS = ["*"]\n${databaseSettings}`;
  const site = await openWorkflow({ inputs, settings, packages: ['dj-database-url==3.0.1', driver] });
  for (const [path, text] of Object.entries(files)) await site.project.write(path, text);
  await site.project.append('site1/urls.py', notesUrl);
  await site.project.commit('Notes');
  const requirements = (await readFile(join(site.project.folder, 'requirements.txt'), 'utf8')).trim().split('\n');
  const env = (at: string) => {
    const [, number = '1'] = /127\.0\.0\.(\d+)/.exec(at) ?? [];
    return { STATIC_URL: `${base}/previews/${repositoryId}/pr-${number}/static/` };
  };
  const host = await startLocalHost({ folder, requirements, wsgi: 'site1.wsgi', env, drain: 200 });
  Object.assign(inputs, {
    'deploy-hook': host.hook,
    'host-options': [
      'body: {"artifact": "{artifact-path}", "pr": "{pr}", "database": "{database-url}"}',
      `preview-hook: ${host.previewHook}`,
      `teardown-hook: ${host.teardownHook}`,
      `preview-url: ${host.previewUrl}`,
    ].join('\n'),
    'database-url': url,
    'preview-database': 'create',
    'seed-command': 'DJANGO_SETTINGS_MODULE=site1.settings python seed.py',
    timeout: '1m',
  });
  return {
    site,
    host,
    async close() {
      await host.stop();
      await site.close();
    },
  };
}

const notes = async ({ host }: World, pullRequest: number) =>
  (await fetch(`${host.previewUrl.replace('{pr}', String(pullRequest))}/notes/`)).text();

/** A secret in a log is masked by the runner where it is told so, and a report is a file, where nobody else masks. */
async function expectMasked(job: Job): Promise<void> {
  const log = job.log.replace(/^::add-mask::.*$/gm, '');
  const shown = [log, job.summary, await readFile(job.outputs.report ?? '', 'utf8')].join('\n');
  for (const secret of [password, encodeURIComponent(password)]) expect(shown).not.toContain(secret);
}

describe('on a PostgreSQL', () => {
  let world: World;
  let head: { head: string; merge: string };
  const seven = nameOf(7);
  const eight = nameOf(8);
  const ofOthers = nameOf(7, '77');
  const names = async () =>
    (await postgres.sql('postgres', "SELECT datname FROM pg_database WHERE datname LIKE 'preview%' ORDER BY 1"))
      .split('\n')
      .filter(Boolean);
  beforeAll(async () => {
    world = await openWorld(postgres.url('shop', { user, password }), 'psycopg[binary]==3.3.9');
    head = await world.site.branch('topic', 'Blue');
  });
  afterAll(() => world.close());

  test('a dry run says what would be made, and makes nothing', async () => {
    const job = await world.site.pull('opened', 7, head, { inputs: { 'dry-run': 'true' } });
    expect(job.outputs.status).toBe('planned');
    expect(job.log).toContain(
      `would make the database ${seven} at PostgreSQL at 127.0.0.1:${postgres.port} if it is not there, migrate it, fill it by`,
    );
    expect(await names()).toEqual([]);
  });

  test('a seed-command that fails stops the run, drops nothing, and is named', async () => {
    const seedCommand = 'DJANGO_SETTINGS_MODULE=site1.settings python seed.py broken';
    const job = await world.site.pull('opened', 7, head, { inputs: { 'seed-command': seedCommand } });
    expect(job).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
    expect(job.log).toContain(`seed-command (${seedCommand}) failed with exit code 3`);
    expect(job.log).toMatch(/The secret is \*\*\*/);
    expect(world.host.previews()).toEqual([]);
    expect(await names()).toEqual([seven]);
    await expectMasked(job);
  });

  test('the next run fills it again, and the preview uses it', async () => {
    await postgres.sql(seven, 'DELETE FROM notes_note');
    const job = await world.site.pull('synchronize', 7, head);
    expect(job.outputs.status).toBe('live');
    expect(job.log).toMatch(new RegExp(`✓ Database: ${seven} is there, not prepared to its end yet, at PostgreSQL`));
    expect(job.log).toMatch(/✓ Migrate: nothing to do/);
    expect(job.log).toMatch(/✓ Seed: /);
    for (const text of [job.summary, world.site.comment()]) expect(rowOf(text)).toBe(`${seven} kept and seeded`);
    expect(world.site.comment()).not.toMatch(/postgres:\/\/|p@ss|p%40ss/);
    expect(await notes(world, 7)).toBe(`seeded in ${seven}`);
    expect(await postgres.sql('shop', 'SELECT n FROM orders')).toBe('1');
    await expectMasked(job);
  });

  test('a new commit is migrated, and not filled again', async () => {
    await postgres.sql(seven, "INSERT INTO notes_note (text) VALUES ('of a visitor')");
    const job = await world.site.pull('synchronize', 7, await world.site.branch('topic', 'Green'));
    expect(job.outputs.status).toBe('live');
    expect(job.log).toContain(`✓ Database: ${seven} is there, at`);
    expect(job.log).not.toContain('✓ Seed');
    expect(rowOf(world.site.comment())).toBe(`${seven} kept`);
    expect(await notes(world, 7)).toBe(`seeded in ${seven}; of a visitor`);
  });

  test('another pull request and another repository have another one', async () => {
    const other = await world.site.pull('opened', 8, await world.site.branch('other', 'Red'));
    expect(other.outputs.status).toBe('live');
    expect(await notes(world, 8)).toBe(`seeded in ${eight}`);
    await postgres.sql('postgres', `CREATE DATABASE ${ofOthers} OWNER ${user}`);
    await postgres.sql(
      'postgres',
      `COMMENT ON DATABASE ${ofOthers} IS 'Preview database of deploy-django: 77/preview/preview%2Fpr-7'`,
    );
    expect(await names()).toEqual([seven, eight, ofOthers].sort());
  });

  test('one of that name that is not ours stops the run, and is left alone', async () => {
    const nine = nameOf(9);
    await postgres.sql('postgres', `CREATE DATABASE ${nine}`);
    const job = await world.site.pull('opened', 9, head);
    expect(job).toMatchObject({ exitCode: 1, outputs: { status: 'failed' } });
    expect(job.log).toContain(
      `There is a database ${nine} at PostgreSQL at 127.0.0.1:${postgres.port} that bears no mark`,
    );
    expect(job.log).toContain('DATABASE_TAKEN');
    const closed = await world.site.pull('closed', 9, head);
    expect(closed.log).toContain(`The database ${nine} was left alone`);
    expect(await names()).toContain(nine);
    await postgres.sql('postgres', `DROP DATABASE ${nine}`);
  });

  test('the close drops it although the app was connected to it, and nothing else', async () => {
    const job = await world.site.pull('closed', 7, head);
    expect(job).toMatchObject({ exitCode: 0, outputs: { status: 'removed' } });
    expect(job.log).toContain(`✓ Database: ${seven} is dropped`);
    for (const text of [job.summary, world.site.comment()]) expect(rowOf(text)).toBe(`${seven} dropped`);
    expect(await names()).toEqual([eight, ofOthers].sort());
    expect(await postgres.sql('shop', 'SELECT n FROM orders')).toBe('1');
    await expectMasked(job);
  });

  test('the sweep finds by its mark the one of a pull request whose close nobody told', async () => {
    const { pulls, deployments } = world.site.github.state;
    Object.assign(pulls.find(({ number }) => number === 8) ?? {}, { open: false });
    // Nothing but the database says that there was a preview.
    deployments.splice(0, deployments.length);
    const job = await world.site.run(scheduled(await world.site.project.git('rev-parse', 'main')), {
      inputs: { bucket: '' },
    });
    expect(job).toMatchObject({ exitCode: 0, outputs: { status: 'removed' } });
    expect(job.log).toContain(`✓ Database: ${eight} is dropped`);
    expect(await names()).toEqual([ofOthers]);
  });
});

describe('on a MariaDB', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(mariadb.url('shop', { user, password }), 'PyMySQL==1.2.4');
    await world.site.project.append('site1/__init__.py', 'import pymysql\npymysql.install_as_MySQLdb()\n');
    await world.site.project.commit('Driver');
  });
  afterAll(() => world.close());
  const names = async () => (await mariadb.sql('mysql', "SHOW DATABASES LIKE 'preview%'")).split('\n').filter(Boolean);

  test('it is made, migrated, filled, used and dropped', async () => {
    const head = await world.site.branch('topic', 'Blue');
    const job = await world.site.pull('opened', 7, head);
    expect(job.outputs.status).toBe('live');
    expect(job.log).toContain(`✓ Database: ${nameOf(7)} is new, at MariaDB at 127.0.0.1:${mariadb.port}`);
    expect(rowOf(world.site.comment())).toBe(`${nameOf(7)} created and seeded`);
    expect(await notes(world, 7)).toBe(`seeded in ${nameOf(7)}`);
    await expectMasked(job);
    const closed = await world.site.pull('closed', 7, head);
    expect(closed).toMatchObject({ exitCode: 0, outputs: { status: 'removed' } });
    expect(await names()).toEqual([]);
    expect(await mariadb.sql('shop', 'SELECT n FROM orders')).toBe('1');
  });
});
