import { describe, expect, test } from '@jest/globals';
import type { HostIntent } from '../../../src/hosts/contract/host.ts';
import { hosts } from '../../../src/hosts/index.ts';
import { parseInputs } from '../../../src/inputs/parse-inputs.ts';

/** What is wrong with inputs that have everything a preview's own database needs, and these. */
const mistakes = (given: Record<string, string>, intent: HostIntent | null = 'preview'): string[] => {
  const all: Record<string, string> = {
    host: 'hook',
    'host-options': 'preview-hook: https://deploy.example.com/preview/{pr}\nbody: {"database": "{database-url}"}',
    'preview-database': 'create',
    'database-url': 'postgres://previews:secret-of-previews@db.example.com:5432/shop',
    ...given,
  };
  const source = { input: (name: string) => all[name] ?? '', env: {} };
  return parseInputs(source, hosts, () => intent ?? undefined).mistakes.map(
    ({ input, message }) => `${input}: ${message}`,
  );
};

describe('a preview’s own database', () => {
  test.each<[string, Record<string, string>]>([
    ['by the body of a hook', {}],
    ['by the URL of a hook', { 'host-options': 'preview-hook: https://deploy.example.com/{pr}?db={database-url}' }],
    ['of DATABASE_URL in env', { 'database-url': '', env: 'DATABASE_URL=mysql://u:p@db.example.com/shop' }],
    ['filled by a command', { 'seed-command': 'python manage.py loaddata demo', migrate: 'run' }],
    [
      'by a variable of the host',
      {
        host: 'digitalocean',
        service: '4f6c71e2-1e90-4762-9fee-6cc4a0a9f2cf',
        'host-token': 'dop_v1_x',
        'host-options': 'database-cluster: 9cc10173-e9ea-4176-9dbc-a4cee4c4ff30',
        'host-env': 'DATABASE_URL={database-url}',
      },
    ],
  ])('is fine %s', (_, given) => {
    expect(mistakes(given)).toEqual([]);
  });

  test.each<[Record<string, string>, string]>([
    [{ 'database-url': '' }, 'database-url: is empty, and "preview-database: create" makes databases on its server'],
    [
      { 'database-url': '', env: 'DATABASE_URL=sqlite:///db.sqlite3' },
      'database-url: is empty, and DATABASE_URL of env is an SQLite file',
    ],
    [
      { 'host-options': 'preview-hook: https://deploy.example.com/{pr}' },
      'preview-database: is create, and nothing tells the preview where its database is; write DATABASE_URL={database-url} into host-env',
    ],
    [
      { 'seed-command': 'x', artifact: 'built' },
      'seed-command: runs code of the project, and beside artifact none runs here',
    ],
    [{ 'seed-command': 'x', migrate: 'host' }, 'seed-command: comes after the migration'],
    [{ 'preview-database': 'off', 'seed-command': 'x' }, 'write "preview-database: create"'],
    [{ 'preview-database': 'off' }, 'host-options: {database-url} is the database of a preview'],
    [{ 'preview-database': 'on' }, 'preview-database: "on" is not one of off, create'],
  ])('%j is told with what to write', (given, message) => {
    expect(mistakes(given).join('\n')).toContain(message);
  });

  test('needs its server only in runs of pull requests that have secrets', () => {
    expect(
      mistakes({ 'database-url': '', 'deploy-hook': 'https://deploy.example.com/hook?key=abc' }, 'deploy'),
    ).toEqual([]);
    expect(mistakes({ 'database-url': '' }, null)).toEqual([]);
  });

  test('says of a cluster that is none', () => {
    const given = {
      host: 'digitalocean',
      service: 'a',
      'host-token': 'x',
      'host-options': 'database-cluster: harbour',
    };
    expect(mistakes(given).join('\n')).toContain('database-cluster "harbour" is not the id of a cluster');
  });
});
