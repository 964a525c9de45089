import { expect, test } from '@jest/globals';
import { databaseEndpoint } from '../../../src/databases/database-endpoint.ts';

test.each([
  ['postgres://site:secret@db.example.com:25060/site?sslmode=require', { host: 'db.example.com', port: 25_060 }],
  ['postgresql+psycopg://site@db.example.com/site', { host: 'db.example.com', port: 5432 }],
  ['mysql://site:p%40ss@db.example.com/site', { host: 'db.example.com', port: 3306 }],
  ['mariadb://site@db.example.com/site', { host: 'db.example.com', port: 3306 }],
  ['postgis://site@[2001:db8::7]:5433/site', { host: '2001:db8::7', port: 5433 }],
  ['postgres:///site?host=db.example.com', { host: 'db.example.com', port: 5432 }],
  ['postgres:///site?host=/var/run/postgresql', undefined],
  ['postgres://%2Fvar%2Frun/site', undefined],
  ['sqlite:///db.sqlite3', undefined],
  ['not a URL', undefined],
])('%s is reached at %j', (url, endpoint) => {
  expect(databaseEndpoint(url)).toEqual(endpoint);
});
