import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { DeployError } from '../../../../src/core/errors.ts';
import { isOwnFolder } from '../../../../src/lib/own-folder.ts';
import { chooseManagePy } from '../../../../src/project/checkout/manage-py.ts';
import { failure, tempFolder, writeFiles } from '../../../support/project.ts';

describe('the project', () => {
  test.each<[string[], string]>([
    [['manage.py'], 'manage.py'],
    [['src/manage.py'], 'src/manage.py'],
    [['manage.py', 'examples/shop/manage.py', 'tests/manage.py'], 'manage.py'],
    [['docs/tutorial/manage.py', 'backend/manage.py'], 'backend/manage.py'],
  ])('of %j is the one nearest to the top: %s', (found, chosen) => {
    expect(chooseManagePy(found, '.')).toBe(chosen);
  });

  test('that is not there is named with the folder that was looked into', async () => {
    const error = await failure<DeployError>(() => chooseManagePy([], 'backend'));
    expect(error.code).toBe('PROJECT_NOT_FOUND');
    expect(error.message).toContain('There is no manage.py in "backend" or 3 folders below');
    expect(error.hint).toMatch(/actions\/checkout.*working-directory/);
  });

  test('is not guessed among several: each is named, and what to type for one', async () => {
    const error = await failure<DeployError>(() => chooseManagePy(['web/manage.py', 'api/manage.py'], 'services'));
    expect(error.code).toBe('PROJECT_NOT_FOUND');
    expect(error.message).toContain('There are 2 Django projects');
    expect(error.message.split('\n').slice(1)).toEqual([
      '  working-directory: "services/api"',
      '  working-directory: "services/web"',
    ]);
  });

  test('is named without a leading dot where the working directory is the top', async () => {
    const error = await failure(() => chooseManagePy(['b/manage.py', 'a/manage.py'], '.'));
    expect(error.message).toContain('  working-directory: "a"\n  working-directory: "b"');
  });
});

describe('a folder of the project’s own', () => {
  test.each<[string, Record<string, string>, boolean]>([
    ['shop', { 'shop/models.py': '' }, true],
    ['node_modules', { 'node_modules/x/index.js': '' }, false],
    ['python', { 'python/pyvenv.cfg': '' }, false],
    ['gone', {}, false],
  ])('is %s with %j: %j', async (name, files, own) => {
    const root = tempFolder();
    await writeFiles(root, files);
    expect(isOwnFolder(join(root, name), name)).toBe(own);
  });
});
