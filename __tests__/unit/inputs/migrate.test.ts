import { expect, test } from '@jest/globals';
import { databaseSchemes, parseDatabaseUrl } from '../../../src/databases/database-url.ts';
import { hosts } from '../../../src/hosts/index.ts';
import { buildDatabaseUrl, databaseUrlProblem } from '../../../src/inputs/database-url.ts';
import { parseInputs } from '../../../src/inputs/parse-inputs.ts';
import { secretsOf } from '../../../src/inputs/secrets.ts';

const parse = (given: Readonly<Record<string, string>>) =>
  parseInputs({ input: (name) => given[name] ?? '', env: {} }, hosts, () => undefined);
const mistakes = (given: Readonly<Record<string, string>>) =>
  parse(given).mistakes.map(({ input, message }) => `${input}: ${message}`);

const url = 'postgres://web:s3cr3t-pass@db.example.com:5432/shop';

test.each([
  url,
  'postgresql+psycopg://web:a@db/shop',
  'postgis://web:a@db/shop',
  'mysql://web:a@db:3306/shop?ssl-mode=REQUIRED',
  'mariadb://web:a@db/shop',
  'postgres://web:a@/shop?host=/cloudsql/a:b:c',
])('%s is a database on a server', (value) => {
  expect(databaseUrlProblem(value)).toBeUndefined();
});

test.each([
  ['sqlite:///db.sqlite3', 'is an SQLite file'],
  ['oracle://web:a@db/shop', 'begins with oracle://'],
  ['mysql-connector://web:a@db/shop', 'begins with mysql-connector://'],
  ['constructor://web:a@db/shop', 'begins with constructor://'],
  ['db.example.com/shop', 'is no URL'],
  ['postgres://web:pa/ss#word@db/shop', 'percent-encoded'],
  ['postgres://web:a@db', 'names no database'],
  ['postgres:///shop', 'names no server'],
])('%s is not, and the message shows no password', (value, says) => {
  expect(databaseUrlProblem(value)).toContain(says);
  expect(databaseUrlProblem(value)).not.toMatch(/pa\/ss|:a@/);
});

test.each([...databaseSchemes.keys()])('%s:// is a database for the input and for what works with it', (scheme) => {
  const one = `${scheme}://web:a@db/shop`;
  expect(databaseUrlProblem(one)).toBeUndefined();
  expect(parseDatabaseUrl(one)).toMatchObject({ name: 'shop' });
  expect(databaseUrlProblem(buildDatabaseUrl(one))).toBeUndefined();
});

test('the build gets a database of the same kind that nobody has', () => {
  expect(buildDatabaseUrl(url)).toBe('postgres://build@127.0.0.1:1/build');
  expect(databaseUrlProblem(buildDatabaseUrl('mysql2://a:b@c/d'))).toBeUndefined();
});

test.each([
  [{ migrate: 'run', artifact: 'dist' }, /^migrate: is run, .*beside artifact none runs here; write "migrate: host"/],
  [{ migrate: 'run', command: 'build' }, /^migrate: is run, and "command: build" releases nothing/],
  [
    { migrate: 'host', host: 'cloud-run' },
    /^migrate: is host, and Google Cloud Run has no phase .* write "migrate: run"/,
  ],
  [{ migrate: 'host', host: 'none' }, /^migrate: is host, and without a host nobody/],
  [
    { migrate: 'run', env: 'DATABASE_URL=sqlite:///db.sqlite3' },
    /^database-url: is empty, and DATABASE_URL of env is an SQLite file/,
  ],
  [{ 'database-url': 'sqlite:///db.sqlite3' }, /^database-url: is an SQLite file/],
])('%j is a mistake', (given, says) => {
  expect(mistakes(given as Record<string, string>)).toContainEqual(expect.stringMatching(says));
});

test.each([
  { migrate: 'run', 'database-url': url },
  { migrate: 'run', env: `DATABASE_URL=${url}` },
  { migrate: 'run', env: 'DB_HOST=db.example.com' },
  { migrate: 'host', host: 'heroku', service: 'shop' },
  { migrate: 'check', env: 'DATABASE_URL=sqlite:///db.sqlite3' },
  { migrate: 'host', artifact: 'dist', host: 'heroku', service: 'shop' },
])('%j is none', (given) => {
  expect(
    mistakes(given as unknown as Record<string, string>).filter((one) => /^(migrate|database-url):/.test(one)),
  ).toEqual([]);
});

test('the URL and its password are secrets, as written and decoded', () => {
  const { inputs } = parse({ 'database-url': 'postgres://web:s3cr3t%2Fpass@db.example.com/shop' });
  const values = secretsOf(inputs, hosts).map(({ value }) => value);
  expect(values).toEqual(
    expect.arrayContaining(['postgres://web:s3cr3t%2Fpass@db.example.com/shop', 's3cr3t%2Fpass', 's3cr3t/pass']),
  );
  expect(values).not.toContain('shop');
});
