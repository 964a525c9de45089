import { expect, test } from '@jest/globals';
import type { HostDefinition } from '../../../../src/hosts/contract/host.ts';
import { hosts } from '../../../../src/hosts/index.ts';
import { hostMigrationFindings } from '../../../../src/project/migrate/host-migrations.ts';
import { tempFolder, writeFiles } from '../../../support/project.ts';

async function findings(host: keyof typeof hosts, files: Record<string, string>, options = {}) {
  const definition: HostDefinition = hosts[host];
  const root = tempFolder();
  await writeFiles(root, files);
  return hostMigrationFindings({ workspace: root, root }, definition.migrations, options);
}

test.each([
  ['heroku', { Procfile: 'web: gunicorn shop.wsgi\nrelease: python manage.py migrate --noinput\n' }],
  ['heroku', { 'heroku.yml': 'release:\n  command:\n    - python manage.py migrate\n' }],
  ['render', { 'render.yaml': 'services:\n  - preDeployCommand: python manage.py migrate\n' }],
  ['railway', { 'railway.json': '{"deploy": {"preDeployCommand": ["python manage.py migrate"]}}' }],
  ['railway', { 'railway.toml': '[deploy]\npreDeployCommand = "python manage.py migrate"\n' }],
  [
    'digitalocean',
    { '.do/app.yaml': 'jobs:\n- name: migrate\n  kind: PRE_DEPLOY\n  run_command: python manage.py migrate\n' },
  ],
  ['upsun', { '.upsun/config.yaml': 'applications:\n  app:\n    hooks:\n      deploy: python manage.py migrate\n' }],
] as const)('%s is told by %j', async (host, files) => {
  expect(await findings(host, files)).toEqual([]);
});

test('a file that does not tell the host to migrate is a warning at that file', async () => {
  expect(await findings('heroku', { Procfile: 'web: gunicorn shop.wsgi\n' })).toEqual([
    {
      level: 'warning',
      id: 'deploy.host-migrations',
      message: expect.stringContaining(
        'Procfile does not tell the host to migrate. Add the line "release: python manage.py migrate"',
      ),
      at: { file: 'Procfile' },
    },
  ]);
});

test('where only the host itself can say it, a notice tells how', async () => {
  const [finding] = await findings('coolify', {});
  expect(finding).toMatchObject({ level: 'notice', message: expect.stringContaining('pre-deployment command') });
});

test('an option of the host tells it, too', async () => {
  expect(await findings('ssh', {}, { migrate: ['python manage.py migrate'] })).toEqual([]);
  expect(await findings('ssh', {})).toMatchObject([{ level: 'notice' }]);
});
