import { readdirSync, readFileSync } from 'node:fs';
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

test('settings with made-up values are told of DEBUG where another variable turns it off: it is to be given with the others', () => {
  const at = { file: '/work/repo/config/settings.py', line: 3, literal: false };
  const debugOf = (variables: string[], debug_off: Record<string, string>) => {
    const project = projectSettings({ debug: true, debug_off, assigned: { DEBUG: { ...at, variables } } });
    const found = look({ project, needed: [{ name: 'DATABASE_URL', file: null, line: null }] });
    return found.find(({ id }) => id === 'deploy.debug')?.message;
  };
  expect(debugOf(['SITE_DEBUG'], { SITE_DEBUG: 'FALSE' })).toMatch(/by the input env: SITE_DEBUG=FALSE$/);
  expect(debugOf([], { DATABASE_URL: 'False' })).toBeUndefined();
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
    expect(countFindings(found)).toBe('1 error, 2 warnings, 1 notice');
  });
});

describe('docs/preflight.md', () => {
  const root = join(import.meta.dirname, '..', '..', '..', '..');
  const folder = join(root, 'src', 'project');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/preflight\/preflight|choose-installer/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  const page = readFileSync(join(root, 'docs/preflight.md'), 'utf8');
  const rows = new Map(
    [...page.matchAll(/^\| `(deploy\.[a-z-]+)` \| ([a-z, ]+) \|/gm)].map(([, id = '', levels = '']) => [
      id,
      levels.split(', '),
    ]),
  );

  test('has every finding of ours, and no other', () => {
    const made = new Set(sources.flatMap((text) => text.match(/(?<=')deploy\.[a-z-]+(?=')/g) ?? []));
    expect([...rows.keys()].sort()).toEqual([...made].sort());
  });

  test('has the level of each that the code writes down', () => {
    const written = sources.flatMap((text) => [
      ...text.matchAll(/level: '(error|warning|notice)',\s+id: '(deploy\.[a-z-]+)'/g),
    ]);
    expect(written.length).toBeGreaterThan(15);
    for (const [, level, id = ''] of written) expect([id, rows.get(id)]).toEqual([id, expect.arrayContaining([level])]);
  });

  test('says how each is silenced', () => {
    expect(page).toContain('SILENCED_SYSTEM_CHECKS = ["deploy.template", "security.W004"]');
  });
});

describe('a finding silenced by its id in SILENCED_SYSTEM_CHECKS', () => {
  const silenced = ['deploy.template', 'deploy.start'];
  const templates = [{ file: '/work/repo/shop/templates/a.html', line: 3, name: 'gone.css' }];

  test('is not there', () => {
    expect(look({ project: projectSettings(), templates })).toHaveLength(1);
    expect(look({ project: projectSettings({ silenced }), templates })).toEqual([]);
  });

  test('is there all the same where the build fails of it', () => {
    const failures = [stepFailure()];
    expect(look({ project: projectSettings({ silenced }), failures })).toMatchObject([{ id: 'deploy.start' }]);
  });
});
