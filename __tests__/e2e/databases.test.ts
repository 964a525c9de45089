import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type DatabaseServer, databaseTls, startMariaDb, startPostgres } from '../support/databases.ts';

let servers: readonly DatabaseServer[] = [];
beforeAll(async () => {
  servers = await Promise.all([startPostgres({ tls: databaseTls }), startMariaDb({ tls: databaseTls })]);
}, 120_000);
afterAll(() => Promise.all(servers.map((server) => server.stop())));

test('a real PostgreSQL and a real MariaDB let in by password over TCP, keep tables, and offer TLS', async () => {
  const [postgres, mariadb] = servers as [DatabaseServer, DatabaseServer];
  await postgres.sql('postgres', 'CREATE DATABASE shop');
  await mariadb.sql('mysql', 'CREATE DATABASE shop');
  for (const server of servers) {
    await server.sql('shop', 'CREATE TABLE a (n integer); INSERT INTO a VALUES (1), (2)');
    expect(await server.sql('shop', 'SELECT n, n + 1 FROM a ORDER BY n')).toBe('1\t2\n2\t3');
  }
  expect(await postgres.sql('shop', 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()')).toBe('t');
  expect(await mariadb.sql('shop', "SHOW VARIABLES LIKE 'have_ssl'")).toBe('have_ssl\tYES');
  expect(postgres.url('shop', { query: 'sslmode=require' })).toBe(
    `postgres://admin:p%40ss%2Fw0rd%3Apostgres@127.0.0.1:${postgres.port}/shop?sslmode=require`,
  );
});
