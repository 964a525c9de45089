import { expect, test } from '@jest/globals';
import { DeployError } from '../../../src/core/errors.ts';
import { parseDatabaseUrl } from '../../../src/databases/database-url.ts';
import { sqlDatabases } from '../../../src/databases/sql/sql-databases.ts';
import { never } from '../../support/fakes.ts';

/** Databases of a server whose Python program answers with this. */
function databasesOf(url: string, answer: object) {
  const parsed = parseDatabaseUrl(url);
  if (typeof parsed === 'string') throw new Error(parsed);
  return sqlDatabases(parsed, {
    async exec(_command, onOutput) {
      onOutput(Buffer.from(JSON.stringify(answer)), 'stdout');
      return 0;
    },
    signal: never,
    client: async () => ({ program: 'python', env: {}, script: 'x.py', cwd: '/' }),
    explain: () => new DeployError('DATABASE_FAILED', 'Something else.'),
  });
}

const found = { state: 'found', mark: null, marks: [] };

test.each([
  ['mysql', 'MariaDB', 'MySQL', 'MariaDB'],
  ['mysql', 'MySQL', 'MySQL', 'MySQL'],
  ['mariadb', 'MariaDB', 'MariaDB', 'MariaDB'],
  ['mariadb', 'MySQL', 'MariaDB', 'MySQL'],
  ['postgres', 'PostgreSQL', 'PostgreSQL', 'PostgreSQL'],
])(
  'a URL of %s that leads to a %s names %s before an answer, and %s after it',
  async (scheme, product, before, after) => {
    const databases = databasesOf(`${scheme}://u:p@db/shop`, { done: found, product });
    expect(databases.title).toBe(`${before} at db`);
    await databases.list();
    expect(databases.title).toBe(`${after} at db`);
  },
);

test.each([
  ['after its greeting by its own name', { product: 'MariaDB' }, 'MariaDB'],
  ['before it by the URL', {}, 'MySQL'],
])('a server that refuses is named: %s', async (_when, told, product) => {
  const failure = { code: '1044', message: 'Access denied' };
  await expect(databasesOf('mysql://u:p@db/shop', { failure, ...told }).list()).rejects.toThrow(
    `${product} at db does not let the user "u" make databases: Access denied.`,
  );
});
