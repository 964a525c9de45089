import { describe, expect, test } from '@jest/globals';
import { lookAtOutcome, lookAtSettings } from '../../../support/preflight.ts';
import { projectSettings, stepFailure } from '../../../support/project.ts';

describe('a Django that does not start', () => {
  test('is one finding with what to type, at the line of the project', () => {
    const frames = [{ file: '/work/repo/config/settings.py', line: 9 }];
    const imported = { module: 'rest_framework', message: "No module named 'rest_framework'" };
    const failures = [stepFailure({ type: 'ModuleNotFoundError', import_error: imported, frames })];
    expect(lookAtOutcome({ failures })).toEqual([
      {
        level: 'error',
        id: 'deploy.start',
        message: expect.stringMatching(/did not start .*ModuleNotFoundError: It broke .*"rest_framework" is missing/),
        at: { file: 'config/settings.py', line: 9 },
      },
    ]);
  });

  test('for want of variables has a finding for each, at its own line', () => {
    const needed = [
      { name: 'BUCKET', file: '/work/repo/config/settings.py', line: 3 },
      { name: 'REDIS_URL', file: '/work/repo/config/settings.py', line: 8 },
    ];
    const found = lookAtOutcome({ failures: [stepFailure({ variables: ['BUCKET'] })], needed });
    expect(found.map(({ id, at }) => [id, at?.line])).toEqual([
      ['deploy.variable', 3],
      ['deploy.variable', 8],
    ]);
    expect(found[1]?.message).toContain('Add a line to the input env: REDIS_URL=…');
  });
});

describe('settings that manage.py chose', () => {
  const beside = ['config.settings.base', 'config.settings.production', 'config.settings.test'];

  test.each([
    ['config.settings.local', beside, 'config.settings.production'],
    ['config.settings.dev', ['config.settings.prod'], 'config.settings.prod'],
    ['site1.settings_dev', ['site1.settings_live', 'site1.urls'], 'site1.settings_live'],
    ['site1.dev_settings', ['site1.production_settings'], 'site1.production_settings'],
    ['tests.settings', ['tests.production'], undefined],
    ['config.settings', ['config.production'], undefined],
    ['config.settings.production', beside, undefined],
    ['config.settings.development_tools', beside, 'config.settings.production'],
    ['config.settings.latest', beside, undefined],
  ])('are %s, with %j beside them: %s is named', (settings_module, siblings, better) => {
    const [finding] = lookAtSettings({ chosen_by_manage_py: true, settings_module, siblings });
    expect(finding?.id).toBe(better && 'deploy.settings-module');
    if (better) {
      expect(finding).toMatchObject({ level: 'warning', at: { file: 'config/settings.py' } });
      expect(finding?.message).toContain(`Set settings-module: ${better}`);
    }
  });

  test.each([
    ['config.settings', ['config.production'], 'config.production'],
    ['config.settings', ['config.deploy', 'config.live'], undefined],
    ['config.settings_production', ['config.production'], undefined],
  ])('are %s with DEBUG on, and %j beside them: %s is named', (settings_module, siblings, better) => {
    const [finding] = lookAtSettings({ chosen_by_manage_py: true, debug: true, settings_module, siblings });
    expect(finding?.id).toBe(better && 'deploy.settings-module');
    if (better) expect(finding?.message).toContain(`in which DEBUG is on. Set settings-module: ${better}`);
  });

  test.each([
    [
      'config.settings',
      ['config.settings.base', 'config.settings.dev', 'config.settings.prod'],
      'Set settings-module: config.settings.prod',
    ],
    ['config.settings', ['config.settings.base', 'config.settings.heroku'], 'In it there is config.settings.heroku'],
    [
      'shop.local',
      ['shop.acme', 'shop.base', 'shop.urls'],
      'Beside it there is shop.acme. If one of them is for production, name it: settings-module: shop.acme',
    ],
  ])('are %s, with settings of an unusual place or name (%j): %s', (settings_module, siblings, text) => {
    const [finding] = lookAtSettings({ chosen_by_manage_py: true, debug: true, settings_module, siblings });
    expect(finding?.message).toContain(text);
  });

  test.each([
    ['with nothing beside them', undefined, 'If the host runs other settings, name them by settings-module.'],
    [
      'and wsgi.py names others',
      { module: 'shop_conf', file: 'wsgi.py', found: true },
      'wsgi.py names shop_conf: set settings-module: shop_conf',
    ],
    [
      'and wsgi.py names others, which only the host has',
      { module: 'shop_conf', file: 'wsgi.py', found: false },
      'wsgi.py names shop_conf: set settings-module: shop_conf; the checkout does not have it, so make it in build-command',
    ],
    [
      'and wsgi.py names the same',
      { module: 'shop.settings.development', file: 'wsgi.py', found: true },
      'If the host runs other settings, name them by settings-module.',
    ],
  ])('are for development by their name, %s', (_what, server_settings, text) => {
    const settings = { settings_module: 'shop.settings.development', siblings: ['shop.settings.default'] };
    const server = server_settings ? { server_settings } : {};
    const [finding] = lookAtSettings({ chosen_by_manage_py: true, ...settings, ...server });
    expect(finding).toMatchObject({ level: 'warning', id: 'deploy.settings-module' });
    expect(finding?.message).toBe(
      `manage.py chose shop.settings.development, which looks like settings for development. ${text}`,
    );
  });

  test('with DEBUG on are told where wsgi.py names others', () => {
    const server_settings = { module: 'shop.live_settings', file: 'asgi.py', found: true };
    const [finding] = lookAtSettings({
      chosen_by_manage_py: true,
      debug: true,
      siblings: ['shop.urls'],
      server_settings,
    });
    expect(finding?.message).toMatch(/in which DEBUG is on\. asgi\.py names shop\.live_settings: set settings-module/);
  });

  test('are told in the same run as variables that are missing', () => {
    const project = projectSettings({
      chosen_by_manage_py: true,
      settings_module: 'config.settings.local',
      siblings: beside,
    });
    const needed = [{ name: 'BUCKET', file: null, line: null }];
    const found = lookAtOutcome({ project, needed, failures: [stepFailure({ variables: ['BUCKET'] })] });
    expect(found.map(({ id }) => id)).toEqual(['deploy.variable', 'deploy.settings-module']);
  });

  test('are nobody’s business where an input or the environment named them', () => {
    expect(lookAtSettings({ settings_module: 'config.settings.local', siblings: beside })).toEqual([]);
  });
});

test('throw-away values are named in a notice', () => {
  const found = lookAtOutcome({ throw_away: ['SECRET_KEY', 'API_TOKEN'] });
  expect(found).toMatchObject([{ level: 'notice', id: 'deploy.throw-away' }]);
  expect(found[0]?.message).toMatch(/^SECRET_KEY, API_TOKEN are not set: the build ran with throw-away values/);
});
