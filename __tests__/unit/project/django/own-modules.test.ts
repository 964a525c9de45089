import { describe, expect, test } from '@jest/globals';
import { fatalFailure } from '../../../../src/project/django/fatal-failure.ts';
import type { StepFailure } from '../../../../src/project/django/outcome.ts';
import { stepFailure } from '../../../support/project.ts';

type Own = NonNullable<StepFailure['own_module']>;

function hint(module: string, more: Partial<Own>, message = `No module named '${module}'`): string | undefined {
  const own_module: Own = { kind: 'top', name: module, path: 'shop/money.py', places: [], similar: null, ...more };
  const failure = stepFailure({ type: 'ImportError', message, import_error: { module, message }, own_module });
  const optional = [{ kind: 'group', name: 'web', packages: ['shop'] }] as const;
  return fatalFailure({ failures: [failure] }, '/work/repo', { optional })?.hint;
}

describe('an import of the project’s own', () => {
  test('that is not in the checkout is to be committed, and no package is added for it', () => {
    const text = hint('shop.money', { kind: 'module' });
    expect(text).toMatch(/^shop\/money\.py is not in the checkout\. Commit it, or fix the name\. .*build-command/);
    expect(text).not.toMatch(/dependencies|group/);
  });

  test('that may have secrets is to be committed only without them, and its folder says nothing of that', () => {
    expect(hint('site1.local', { kind: 'module' })).toContain('Commit it if it has no secrets, or fix the name');
    expect(hint('config.money', { kind: 'module', name: 'config.money' })).toContain('Commit it, or fix the name');
  });

  test('names the line of .gitignore that keeps it out, and what may have been meant', () => {
    const text = hint('shop.money', {
      kind: 'module',
      ignored: '.gitignore, line 3: money.py',
      similar: 'shop.monies',
    });
    expect(text).toContain('git ignores it (.gitignore, line 3: money.py): take that line out');
    expect(text).toContain('Did you mean shop.monies?');
  });

  test.each<[Partial<Own>, RegExp]>([
    [{ kind: 'name', name: 'Coin', similar: 'Coins' }, /does not have the name "Coin".*Did you mean Coins\?/],
    [{ kind: 'circular', name: 'Coin' }, /import each other.*"Coin" is not there yet/],
    [{ kind: 'file', name: 'shop.money' }, /is a file, and the name asks for a folder/],
  ])('that is there and does not have what is asked for: %j', (own, text) => {
    const told = hint('shop.money', own, "cannot import name 'Coin' from 'shop.money' (/work/repo/shop/money.py)");
    expect(told).toMatch(text);
    expect(told).not.toContain('Pin the version');
  });
});

describe('a module of which nothing says whose it is', () => {
  test.each([
    ['rest_framework', 'djangorestframework'],
    ['debug_toolbar.middleware', 'django-debug-toolbar'],
    ['decouple', 'python-decouple'],
    ['django_htmx', 'django-htmx'],
    ['celery', 'celery'],
  ])('is a package’s where that is well known: %s is of %s', (module, name) => {
    const text = hint(module, {});
    expect(text).toContain(`Add its package, ${name}, to the dependencies`);
    expect(text).not.toContain('commit');
  });

  test.each([
    ['apps.cms', true],
    ['cmds', false],
  ])('and a well-known package’s may be a folder of the project (%s), and no other name', (similar, told) => {
    const text = hint('cms', { similar }) ?? '';
    expect(text).toContain('Add its package, django-cms');
    expect(text.includes('Did you mean')).toBe(told);
  });

  test('may be either else, or another name', () => {
    expect(hint('blog', { similar: 'apps.blog' })).toMatch(
      /^The module "blog" is missing\. Did you mean apps\.blog\? Add its package .* If it is an app or a module of the project, commit it\.$/,
    );
  });

  test('is the project’s where git ignores it, and nobody is told to commit what may have secrets', () => {
    expect(
      hint('local_settings', { path: 'local_settings.py', ignored: '.gitignore, line 1: local_settings.py' }),
    ).toMatch(/^local_settings\.py is not in the checkout\. git ignores it (?!.*commit).*except ImportError/);
  });
});
