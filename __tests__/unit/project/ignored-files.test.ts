import { expect, test } from '@jest/globals';
import type { Git } from '../../../src/project/checkout/git.ts';
import { withIgnored } from '../../../src/project/ignored-files.ts';
import { stepFailure } from '../../support/project.ts';

const own = {
  kind: 'module',
  name: 'shop.money',
  path: 'shop/money.py',
  places: ['/work/repo/shop/money.py', '/work/repo/shop/money/__init__.py'],
  similar: null,
} as const;

test('a module that is not in the checkout has the line of .gitignore by which it is not, at whichever place', async () => {
  const git = { ignoredBy: async () => new Map([[own.places[1], '.gitignore, line 2: money/']]) } as unknown as Git;
  const failures = [stepFailure(), stepFailure({ own_module: { ...own, places: [...own.places] } })];
  const found = await withIgnored({ failures }, git);
  expect(found.failures.map((one) => one.own_module?.ignored)).toEqual([undefined, '.gitignore, line 2: money/']);
});

test('git is not asked where nothing is missing', async () => {
  const outcome = { failures: [stepFailure()] };
  expect(await withIgnored(outcome, {} as unknown as Git)).toBe(outcome);
});
