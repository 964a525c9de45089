import { describe, expect, test } from '@jest/globals';
import { lookAtOutcome as look, checkMessage as message } from '../../../support/preflight.ts';
import { projectSettings } from '../../../support/project.ts';

describe('a message of check --deploy', () => {
  test.each([
    [10, undefined],
    [20, undefined],
    [30, 'warning'],
    [40, 'error'],
    [50, 'error'],
  ])('of level %i is shown as %s', (level, shown) => {
    expect(look({ checks: [message({ level })] })[0]?.level).toBe(shown);
  });

  test('has its object before it and its hint after it', () => {
    const given = message({ object: 'shop.Order', text: 'No index.', hint: 'Add one.' });
    expect(look({ checks: [given] })[0]).toMatchObject({ id: 'shop.W001', message: 'shop.Order: No index. Add one.' });
  });

  test('has an id though Django gave none', () => {
    expect(look({ checks: [message({ id: null })] })[0]?.id).toBe('check');
  });

  test('stands at its model', () => {
    const given = message({ file: '/work/repo/site/shop/models.py', line: 12 });
    expect(look({ checks: [given] })[0]?.at).toEqual({ file: 'site/shop/models.py', line: 12 });
  });

  test('about a setting stands at its line, in whatever file that is', () => {
    const assigned = { SECURE_HSTS_SECONDS: { file: '/work/repo/config/base.py', line: 31, literal: true } };
    const [found] = look({ project: projectSettings({ assigned }), checks: [message({ id: 'security.W004' })] });
    expect(found?.at).toEqual({ file: 'config/base.py', line: 31 });
  });

  test.each(['security.W004', 'security.W099', 'staticfiles.E002'])(
    '%s stands at the settings module where no line is known',
    (id) => {
      expect(look({ project: projectSettings(), checks: [message({ id })] })[0]?.at).toEqual({
        file: 'config/settings.py',
      });
    },
  );

  test('without a file and about no setting stands nowhere', () => {
    expect(look({ project: projectSettings(), checks: [message({})] })[0]).not.toHaveProperty('at');
  });

  test.each(['/work/repo-other/models.py', '/usr/lib/python3/site-packages/x/models.py'])(
    'about %s, outside the checkout, stands nowhere',
    (file) => {
      expect(look({ checks: [message({ file, line: 3 })] })[0]).not.toHaveProperty('at');
    },
  );
});

test('DEBUG is told in our words, with the variable that the host may have, at its line', () => {
  const assigned = { DEBUG: { file: '/work/repo/config/settings.py', line: 26, literal: false } };
  const project = projectSettings({ debug: true, assigned });
  const found = look({ project, checks: [message({ id: 'security.W018', text: 'You should not …' })] });
  expect(found).toMatchObject([{ level: 'warning', id: 'deploy.debug', at: { file: 'config/settings.py', line: 26 } }]);
  expect(found[0]?.message).toContain('by the input env, for example DEBUG=False');
});

test('empty ALLOWED_HOSTS are told once', () => {
  const checks = [message({ id: 'security.W020' })];
  const project = projectSettings({ allowed_hosts: [] });
  expect(look({ project, checks }).map(({ id }) => id)).toEqual(['security.W020']);
  expect(look({ project, checks }, { url: 'https://shop.example' }).map(({ id }) => id)).toEqual([
    'deploy.allowed-hosts',
  ]);
});
