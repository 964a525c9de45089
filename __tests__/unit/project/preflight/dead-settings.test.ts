import { describe, expect, test } from '@jest/globals';
import { deadSettings } from '../../../../src/project/preflight/dead-settings.ts';
import { lookAtSettings } from '../../../support/preflight.ts';
import { projectSettings } from '../../../support/project.ts';

describe('a setting that Django no longer reads', () => {
  test.each([
    ['STATICFILES_STORAGE', '5.1', 'error'],
    ['STATICFILES_STORAGE', '6.0a1', 'error'],
    ['STATICFILES_STORAGE', '5.0.9', undefined],
    ['DEFAULT_FILE_STORAGE', '5.2.19', 'error'],
    ['DEFAULT_FILE_STORAGE', '4.2.30', undefined],
    ['USE_L10N', '5.0', 'warning'],
    ['USE_L10N', '4.2', undefined],
    ['PASSWORD_RESET_TIMEOUT_DAYS', '4.0', 'warning'],
    ['PASSWORD_RESET_TIMEOUT_DAYS', '3.2', undefined],
    ['MIDDLEWARE_CLASSES', '5.2', 'error'],
    ['TEMPLATE_DIRS', '5.2', 'warning'],
    ['STORAGES', '5.2', undefined],
  ])('%s on Django %s is %s', (name, django, level) => {
    expect(lookAtSettings({ django, overridden: [name] })[0]?.level).toBe(level);
  });

  test('stands at its line, with what to write instead', () => {
    const assigned = {
      STATICFILES_STORAGE: { file: '/work/repo/config/base.py', line: 40, literal: true, variables: [] },
    };
    const old_storages = { STATICFILES_STORAGE: 'shop.storage.Manifest' };
    const [finding] = lookAtSettings({ overridden: ['STATICFILES_STORAGE'], old_storages, assigned });
    expect(finding).toMatchObject({ id: 'deploy.dead-setting', at: { file: 'config/base.py', line: 40 } });
    expect(finding?.message).toBe(
      'Django 5.2 ignores STATICFILES_STORAGE without a word, so names get no hashes. Write in its place: STORAGES = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}, "staticfiles": {"BACKEND": "shop.storage.Manifest"}}',
    );
  });

  test('breaks nothing where what takes its place is there', () => {
    const [finding] = lookAtSettings({ overridden: ['STATICFILES_STORAGE', 'STORAGES'] });
    expect(finding).toMatchObject({ level: 'warning', id: 'deploy.old-setting' });
    expect(finding?.message).toContain('Take it out; STORAGES has its place.');
  });

  test.each(Object.entries(deadSettings))('%s has advice of what to type', (_name, { instead }) => {
    const text = typeof instead === 'string' ? instead : instead(projectSettings());
    expect(text).toMatch(/^[A-Z].*[.}]$/);
  });
});
