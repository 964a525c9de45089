import { describe, expect, test } from '@jest/globals';
import { chooseInstaller, chooseManagePy } from '../../../src/build/detect.ts';
import type { DeployError } from '../../../src/errors.ts';
import { failure } from '../../support/project.ts';

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

describe('the installer', () => {
  test.each<[string, Record<string, string[]>, string, unknown, string[]]>([
    ['none without a lock file', { '.': ['manage.py', 'pyproject.toml'] }, '.', undefined, []],
    ['uv', { '.': ['uv.lock'] }, '.', { kind: 'uv', folder: '.' }, []],
    ['pip', { '.': ['requirements.txt'] }, '.', { kind: 'pip', requirements: 'requirements.txt' }, []],
    [
      'uv before pip, and the other file is told',
      { '.': ['requirements.txt', 'uv.lock'] },
      '.',
      { kind: 'uv', folder: '.' },
      ['requirements.txt'],
    ],
    [
      'that beside manage.py before that in the working directory',
      { '.': ['uv.lock', 'requirements.txt'], src: ['manage.py', 'requirements.txt'] },
      'src',
      { kind: 'pip', requirements: 'src/requirements.txt' },
      ['uv.lock', 'requirements.txt'],
    ],
    [
      'that of the working directory where there is none beside manage.py',
      { '.': ['uv.lock'], src: ['manage.py'] },
      'src',
      { kind: 'uv', folder: '.' },
      [],
    ],
    ['none for a name that only looks alike', { '.': ['dev-requirements.txt', 'uv.lock.bak'] }, '.', undefined, []],
  ])('is %s', (_what, files, folder, installer, ignored) => {
    expect(chooseInstaller(new Map(Object.entries(files)), folder)).toEqual({ installer, ignored });
  });
});
