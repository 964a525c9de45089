import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { databaseSchemes, parseDatabaseUrl, serverName, withDatabase } from '../../../src/databases/database-url.ts';

const parsed = (url: string) => {
  const found = parseDatabaseUrl(url);
  if (typeof found === 'string') throw new Error(found);
  return found;
};

test.each([
  [
    'postgres://u:p@db.example.com:5432/shop',
    { engine: 'postgresql', user: 'u', password: 'p', port: 5432, name: 'shop' },
  ],
  [
    'postgresql://u@db/shop?sslmode=require',
    { user: 'u', password: '', port: undefined, options: { sslmode: 'require' } },
  ],
  ['postgis://u:p%40ss%2Fw0rd@db/shop', { engine: 'postgresql', password: 'p@ss/w0rd' }],
  ['postgres://u:p@ss@db/shop', { password: 'p@ss', host: 'db' }],
  ['postgres://u:a:b@[2001:db8::1]:6432/shop', { password: 'a:b', host: '2001:db8::1', port: 6432 }],
  ['postgres://u:p@%2Fvar%2Frun%2Fpostgresql/shop', { host: '/var/run/postgresql' }],
  ['postgres:///shop?host=/run/postgresql&port=5433', { host: '/run/postgresql', port: 5433, name: 'shop' }],
  ['mysql://u:p@db/shop%20one', { engine: 'mysql', name: 'shop one' }],
  ['postgresql+psycopg://u:p@db/shop', { engine: 'postgresql', product: 'PostgreSQL' }],
  ['MYSQL2://u:p@db', { engine: 'mysql', name: '' }],
  ['postgres://u:100%@db/shop', { password: '100%' }],
])('reads %s', (url, expected) => {
  expect(parsed(url)).toMatchObject(expected);
});

describe('says what is wrong, and shows nothing of the URL but its scheme', () => {
  test.each([
    ['db.example.com/shop', 'is not a URL'],
    ['constructor://u:secret@db/shop', 'is of "constructor"'],
    ['sqlite:///secret.sqlite3', 'is of "sqlite"'],
    ['postgres+a+b://u:secret@db/shop', 'is of "postgres+a+b"'],
    ['postgres+://u:secret@db/shop', 'is of "postgres+"'],
    ['postgres://u:sec/ret@db/shop', 'has no valid host and port'],
    ['postgres://u:secret@db:99999/shop', 'has no valid host and port'],
  ])('%s', (url, message) => {
    const wrong = parseDatabaseUrl(url);
    expect(wrong).toContain(message);
    expect(wrong).not.toMatch(/sec/);
  });
});

test.each([
  ['postgres://u:p%40@db:5432/shop?sslmode=require', 'postgres://u:p%40@db:5432/other?sslmode=require'],
  ['mysql://u:p@db', 'mysql://u:p@db/other'],
  ['postgres:///shop?host=/run/postgresql', 'postgres:///other?host=/run/postgresql'],
  [' postgres://u:p@db/shop#part ', 'postgres://u:p@db/other'],
])('changes nothing of %s but the database', (url, expected) => {
  expect(withDatabase(url, 'other')).toBe(expected);
});

test('names the server without user and password', () => {
  expect(serverName(parsed('postgres://u:p@db.example.com:5432/shop'))).toBe('PostgreSQL at db.example.com:5432');
  expect(serverName(parsed('mysql://u:p@/shop'))).toBe('MySQL at localhost');
  expect(serverName(parsed('MariaDB://u:p@db/shop'))).toBe('MariaDB at db');
});

test('the Python files that migrate know the same schemes', () => {
  const path = ['..', '..', '..', 'src', 'project', 'python', 'deploy_django_migrate', 'target.py'];
  const [, table = ''] =
    /^BACKENDS = \{\n([\s\S]*?)^\}/m.exec(readFileSync(join(import.meta.dirname, ...path), 'utf8')) ?? [];
  const schemes = [...table.matchAll(/^ {4}"([^"]+)":/gm)].map(([, scheme]) => scheme);
  expect(schemes.sort()).toEqual([...databaseSchemes.keys()].sort());
});
