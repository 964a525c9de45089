import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Venv } from '../../demo/parts/python.ts';
import { judgedOperations } from '../../src/project/migrate/judge-operations.ts';
import { type Asked, askDatabaseOf } from '../support/asked-database.ts';
import { type DatabaseServer, startMariaDb, startPostgres } from '../support/databases.ts';
import { writeFiles } from '../support/project.ts';
import { generate, usualDjango, venvOf } from '../support/real-django.ts';

/** Every operation of Django's in one migration, as a real Django describes it to a real server, and what is made of each. */
const run = promisify(execFile);
let servers: readonly [DatabaseServer, DatabaseServer];
let venv: Venv;
let root: string;
let looks: readonly [Asked, Asked];

const head =
  'from django.contrib.postgres.operations import *\nfrom django.db import migrations as m, models as f\n\n\n';
const file = (dependencies: string, lines: readonly string[], attributes = '') =>
  `${head}class Migration(m.Migration):\n${attributes}    dependencies = [${dependencies}]\n    operations = [\n${lines.map((line) => `        ${line},\n`).join('')}    ]\n`;

const model = (name: string, fields: string, options = '') =>
  `m.CreateModel("${name}", [("id", f.BigAutoField(primary_key=True)), ${fields}]${options})`;

const initial = file('', [
  model(
    'Order',
    '("name", f.CharField(max_length=100)), ("note", f.TextField(null=True)), ("count", f.BigIntegerField()), ("price", f.DecimalField(max_digits=10, decimal_places=2)), ("at", f.DateTimeField(null=True)), ("code", f.CharField(max_length=20)), ("old", f.IntegerField(null=True)), ("kept", f.IntegerField(null=True, db_column="kept"))',
  ),
  model('Gone', '("a", f.IntegerField())'),
  model('Renamed', '("a", f.IntegerField())'),
  model('Moved', '("a", f.IntegerField())'),
  model('Tag', '("a", f.IntegerField()), ("orders", f.ManyToManyField("shop.order", related_name="+"))'),
  model('Foreign', '("a", f.IntegerField())', ', options={"managed": False}'),
  'm.AddIndex("order", f.Index(fields=["count"], name="there"))',
  'm.AddConstraint("order", f.CheckConstraint(**{"check" if __import__("django").VERSION < (5, 1) else "condition": f.Q(count__gte=0)}, name="positive"))',
]);

const check = '**{"check" if __import__("django").VERSION < (5, 1) else "condition": f.Q(price__gte=0)}';

/** Each operation, with the kinds of effects that it has on PostgreSQL and on MariaDB: none where empty. */
type Row = readonly [operation: string, postgres: string, mariadb?: string];
const rows: readonly Row[] = [
  [model('Fresh', '("a", f.IntegerField())'), ''],
  ['m.AddField("fresh", "b", f.IntegerField(default=1))', ''],
  ['m.AddIndex("fresh", f.Index(fields=["a"], name="fresh_a"))', ''],
  ['m.DeleteModel("Gone")', 'loses breaks'],
  ['m.RenameModel("Renamed", "Newname")', 'breaks'],
  ['m.AlterModelTable("moved", "elsewhere")', 'breaks'],
  ['m.AlterModelOptions("order", {"verbose_name": "x"})', ''],
  ['m.AlterModelManagers("order", [])', ''],
  ['m.AlterUniqueTogether("order", {("name", "code")})', 'locks breaks', 'breaks'],
  ['m.AlterOrderWithRespectTo("tag", None)', 'breaks'],
  ['m.AddIndex("order", f.Index(fields=["name"], name="by_name"))', 'locks', ''],
  ['m.RenameIndex("order", new_name="named", old_name="by_name")', ''],
  ['m.RemoveIndex("order", "there")', ''],
  [`m.AddConstraint("order", f.CheckConstraint(${check}, name="price"))`, 'locks breaks'],
  ['m.AddConstraint("order", f.UniqueConstraint(fields=["code"], name="one_code"))', 'locks breaks', 'breaks'],
  ['m.RemoveConstraint("order", "positive")', ''],
  ['m.AddField("order", "paid", f.BooleanField(null=True))', ''],
  ['m.AddField("order", "must", f.IntegerField(default=0))', 'breaks'],
  ['m.AddField("order", "blank", f.CharField(max_length=9, blank=True))', 'breaks'],
  ['m.AddField("order", "unique", f.IntegerField(null=True, unique=True))', 'locks', ''],
  ['m.AddField("order", "tag", f.ForeignKey("shop.tag", null=True, on_delete=f.CASCADE))', 'locks'],
  ['m.AddField("order", "tags", f.ManyToManyField("shop.tag"))', ''],
  ['m.RemoveField("order", "old")', 'loses breaks'],
  ['m.RemoveField("tag", "orders")', 'loses breaks'],
  ['m.RenameField("order", "at", "when")', 'breaks'],
  ['m.RenameField("order", "kept", "keeps")', ''],
  ['m.AlterField("order", "name", f.CharField(max_length=200))', ''],
  ['m.AlterField("order", "code", f.CharField(max_length=10))', 'loses breaks locks'],
  ['m.AlterField("order", "note", f.TextField(default=""))', 'locks breaks'],
  ['m.AlterField("order", "count", f.IntegerField())', 'loses breaks locks'],
  ['m.AlterField("order", "price", f.DecimalField(max_digits=12, decimal_places=2))', '', 'locks'],
  ['m.AlterField("order", "price", f.FloatField())', 'loses breaks locks'],
  ['m.AlterField("order", "paid", f.BooleanField(null=True, help_text="x"))', ''],
  ['m.AlterField("order", "must", f.IntegerField(db_index=True))', 'locks', ''],
  ['m.AlterField("order", "must", f.IntegerField(db_column="other"))', 'breaks'],
  ['m.RunPython(m.RunPython.noop)', ''],
  ['m.RunPython(lambda apps, schema: None)', 'unknown'],
  ['m.RunSQL("SELECT 1")', ''],
  ['m.RunSQL("DROP TABLE shop_tag")', 'loses breaks'],
  ['m.RunSQL("CALL something()")', 'unknown'],
  [
    'm.SeparateDatabaseAndState(database_operations=[m.RunSQL("DELETE FROM shop_tag")], state_operations=[m.RemoveField("moved", "a")])',
    'loses',
  ],
  ['m.AddField("foreign", "b", f.IntegerField(default=0))', ''],
  ['type("Own", (m.operations.base.Operation,), {"state_forwards": lambda *a: None})()', 'unknown'],
];

/** Those of PostgreSQL's own package, in a migration without a transaction. */
const ofPostgres: readonly Row[] = [
  ['AddIndexConcurrently("order", f.Index(fields=["paid"], name="by_paid"))', ''],
  ['RemoveIndexConcurrently("order", "by_paid")', ''],
  [`AddConstraintNotValid("order", f.CheckConstraint(${check}, name="later"))`, 'breaks'],
  ['ValidateConstraint("order", "later")', ''],
  ['BtreeGinExtension()', ''],
  ['CreateExtension("hstore")', ''],
  ['CreateCollation("german", provider="icu", locale="de")', ''],
  ['RemoveCollation("german", provider="icu", locale="de")', ''],
];

const settings = `
import urllib.parse
INSTALLED_APPS += ["shop"]
url = urllib.parse.urlsplit(os.environ["DATABASE_URL"])
DATABASES = {"default": {"ENGINE": "django.db.backends." + {"postgres": "postgresql"}.get(url.scheme, url.scheme), "NAME": url.path[1:], "USER": url.username, "PASSWORD": urllib.parse.unquote(url.password), "HOST": url.hostname, "PORT": url.port}}
`;

beforeAll(async () => {
  servers = await Promise.all([startPostgres(), startMariaDb()]);
  venv = await venvOf(await usualDjango(), ['psycopg[binary]', 'mysqlclient']);
  root = await generate(venv, settings, {
    'shop/__init__.py': '',
    'shop/migrations/__init__.py': '',
    'shop/migrations/0001_initial.py': initial,
  });
  const [postgres, mariadb] = servers;
  await Promise.all([postgres.sql('postgres', 'CREATE DATABASE shop'), mariadb.sql('mysql', 'CREATE DATABASE shop')]);
  for (const server of servers) {
    const { error, log } = await askDatabaseOf(venv, root, server.url('shop'), { mode: 'run' });
    if (error) throw new Error(`${error.message}\n${log}`);
  }
  await writeFiles(root, {
    'shop/migrations/0002_all.py': file(
      '("shop", "0001_initial")',
      rows.map(([operation]) => operation),
    ),
    'shop/migrations/0003_postgres.py': file(
      '("shop", "0002_all")',
      ofPostgres.map(([operation]) => operation),
      '    atomic = False\n',
    ),
  });
  looks = [await askDatabaseOf(venv, root, postgres.url('shop')), await askDatabaseOf(venv, root, mariadb.url('shop'))];
}, 240_000);
afterAll(() => Promise.all(servers.map((server) => server.stop())));

/** Kinds of effects by the line of the operation, as the findings have them. */
function effectsIn({ findings }: Asked, path: string, first: number, count: number): string[] {
  const kinds = { 'loses-data': 'loses', locks: 'locks', 'breaks-live': 'breaks', unknown: 'unknown' } as const;
  return Array.from({ length: count }, (_, at) =>
    findings
      .filter((one) => one.at?.file === path && one.at.line === first + at)
      .map(({ id }) => kinds[id.replace('deploy.migration-', '') as keyof typeof kinds])
      .join(' '),
  );
}

/** The line of the first operation: four of imports, the class, its attributes, and the brackets. */
const firstLine = (attributes: number) => 8 + attributes;

test.each([
  ['PostgreSQL', 0],
  ['MariaDB', 1],
] as const)('what each operation does to a %s that somebody uses', (_server, at) => {
  const look = looks[at];
  expect(look.error).toBeUndefined();
  const found = effectsIn(look, 'shop/migrations/0002_all.py', firstLine(0), rows.length);
  const wanted = rows.map(([, postgres, mariadb = postgres]) => (at === 0 ? postgres : mariadb));
  expect(found.map((kinds, row) => [rows[row]?.[0], kinds])).toEqual(
    wanted.map((kinds, row) => [rows[row]?.[0], kinds]),
  );
});

test('what the operations of django.contrib.postgres do', () => {
  const found = effectsIn(looks[0], 'shop/migrations/0003_postgres.py', firstLine(1), ofPostgres.length);
  expect(found.map((kinds, row) => [ofPostgres[row]?.[0], kinds])).toEqual(
    ofPostgres.map(([operation, kinds]) => [operation, kinds]),
  );
});

test('every operation that this Django has is judged by what it does', async () => {
  const script = `import inspect
from django.db.migrations import operations as a
from django.contrib.postgres import operations as b
from django.db.migrations.operations.base import Operation
print(*sorted({n for m in (a, b) for n, c in vars(m).items() if inspect.isclass(c) and issubclass(c, Operation) and c is not Operation and not n.endswith("Extension")}))`;
  const { stdout } = await run(venv.python, ['-c', script], { env: { DJANGO_SETTINGS_MODULE: 'x' } });
  const names = stdout
    .trim()
    .split(' ')
    .filter((name) => !/^(NotInTransactionMixin|CollationOperation)$/.test(name));
  expect(names.filter((name) => !judgedOperations.includes(name))).toEqual([]);
});

test('a table that is small is a notice where it is locked, and the message has its size', () => {
  const locked = looks[0].findings.filter(({ id }) => id === 'deploy.migration-locks');
  expect(new Set(locked.map(({ level }) => level))).toEqual(new Set(['notice']));
  expect(locked[0]?.message).toMatch(/shop_order \(.*(B|KiB)\)/);
});
