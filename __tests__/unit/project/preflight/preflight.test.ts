import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { countFindings, stopping } from '../../../../src/project/preflight/preflight.ts';
import { bucket, lookAtOutcome as look, checkMessage as message, storages } from '../../../support/preflight.ts';
import { projectSettings, stepFailure } from '../../../support/project.ts';

test('a project in order has nothing to find', () => {
  const project = projectSettings({ static_url: 'https://cdn.example/static/' });
  const outcome = { project, checks: [], migrations: { changes: [], conflicts: {} }, templates: [], duplicates: [] };
  expect(look(outcome, { bucket, staticPrefix: 'static/', url: 'https://shop.example' })).toEqual([]);
});

test('settings with made-up values are told only of what no value is likely to change', () => {
  const project = projectSettings({
    overridden: ['STATICFILES_STORAGE'],
    static_root: null,
    allowed_hosts: ['MADE_UP'],
    static_storage: storages.plain,
  });
  const needed = [{ name: 'SITE_HOST', file: null, line: null }];
  expect(look({ project, needed }, { url: 'https://shop.example' }).map(({ id }) => id)).toEqual([
    'deploy.variable',
    'deploy.dead-setting',
    'deploy.static-root',
  ]);
});

describe('what to fix first comes first', () => {
  const checks = [
    message({ id: 'security.W018', text: 'b' }),
    message({ id: 'security.W004', text: 'c' }),
    message({ id: 'security.E023', level: 40 }),
    message({ id: 'shop.E001', level: 40 }),
    message({ id: 'api.W001' }),
    message({ id: 'staticfiles.W004' }),
    message({ id: 'security.W004', text: 'a' }),
  ];
  const project = projectSettings({
    settings_module: 'config.settings.local',
    siblings: ['config.settings.production'],
    chosen_by_manage_py: true,
    overridden: ['STATICFILES_STORAGE', 'USE_L10N'],
    static_storage: storages.plain,
    allowed_hosts: [],
  });
  const outcome = {
    project,
    checks,
    templates: [{ file: '/work/repo/a.html', line: 2, name: 'b.css' }],
    migrations: { changes: [{ app: 'shop', own: true, file: null, operations: [] }], conflicts: {} },
    failures: [stepFailure({ step: 'collect' })],
    throw_away: ['SECRET_KEY'],
  };
  const options = { bucket, url: 'https://shop.example' };
  const found = look(outcome, options);

  test('of what keeps Django from starting, what breaks the release, and what is unsafe; errors before warnings', () => {
    expect(found.map(({ id }) => id)).toEqual([
      'deploy.settings-module',
      'deploy.collect',
      'deploy.dead-setting',
      'deploy.migrations',
      'shop.E001',
      'staticfiles.W004',
      'deploy.template',
      'deploy.static-url',
      'deploy.no-hashes',
      'deploy.allowed-hosts',
      'security.E023',
      'deploy.debug',
      'deploy.old-setting',
      'security.W004',
      'security.W004',
      'api.W001',
      'deploy.throw-away',
    ]);
  });

  test('and the order does not depend on Django’s', () => {
    expect(look({ ...outcome, checks: checks.toReversed() }, options)).toEqual(found);
  });
});

describe('what stops a deploy', () => {
  const found = look({
    checks: [message({ level: 40, id: 'shop.E001' }), message({}), message({ text: 'Another.' })],
    throw_away: ['SECRET_KEY'],
  });

  test.each([
    ['error', 1],
    ['warning', 3],
    ['off', 0],
  ] as const)('at checks: %s is %i of the findings', (lowest, count) => {
    expect(stopping(found, lowest)).toHaveLength(count);
  });

  test('is counted in words', () => {
    expect(countFindings(found)).toBe('1 error, 2 warnings');
  });
});

test('docs/preflight.md has every finding of ours, and no other', () => {
  const root = join(import.meta.dirname, '..', '..', '..', '..');
  const sources = [
    'start-failures',
    'static-files',
    'storage',
    'dead-settings',
    'migrations',
    'allowed-hosts',
    'checks',
  ].map((name) => readFileSync(join(root, 'src/project/preflight', `${name}.ts`), 'utf8'));
  const made = new Set(sources.flatMap((text) => text.match(/(?<=')deploy\.[a-z-]+(?=')/g) ?? []));
  const page = readFileSync(join(root, 'docs/preflight.md'), 'utf8');
  const told = [...page.matchAll(/^\| `(deploy\.[a-z-]+)` \|/gm)].map((match) => match[1]);
  expect(told.toSorted()).toEqual([...made].sort());
});
