import { describe, expect, test } from '@jest/globals';
import { commitAll, git } from '../../../demo/parts/git.ts';
import { findUncommitted, missingLines, namesUncommitted } from '../../../demo/parts/uncommitted.ts';
import { tempFolder, writeFiles } from '../../support/project.ts';

describe('what a clone of the last commit does not have', () => {
  test('is what git has not, and of what it ignores what settings read', async () => {
    const folder = tempFolder();
    await git(folder, 'init', '--quiet');
    await writeFiles(folder, {
      '.gitignore': '.env\nlocal.py\n*.sqlite3\nvenv/\n',
      'shop/urls.py': '',
      'shop/old.py': '',
    });
    await commitAll(folder, 'First');
    const later = { 'shop/urls.py': 'a', 'shop/new page.py': '', 'shop/local.py': '', '.env': '', 'db.sqlite3': '' };
    await writeFiles(folder, { ...later, 'venv/lib/site.py': '' });
    expect(await findUncommitted(folder)).toEqual({
      changed: ['shop/urls.py', 'shop/new page.py'],
      ignored: ['.env', 'shop/local.py'],
    });
  });

  test('is nothing that is known without a repository', async () => {
    expect(await findUncommitted(tempFolder())).toEqual({ changed: [], ignored: [] });
  });
});

describe('after a failure', () => {
  const many = ['a.txt', 'b.txt', 'c.txt', 'd.txt', 'e.txt', 'shop/local.py'];
  const failure = { text: "No module named 'shop.local'", folder: '../my shop', hasEnv: false };

  test('the files that the reason names are told first', () => {
    const [line, ...others] = missingLines({ changed: many, ignored: [] }, failure);
    expect(line).toMatch(/so not in this run: shop\/local\.py, a\.txt, .* and 1 more\./);
    expect(others).toEqual([]);
  });

  test('a file of variables is given by what can be pasted, and nobody is told to commit it', () => {
    const ignored = ['web/.env', '.env.production'];
    const lines = missingLines({ changed: [], ignored }, failure, 'linux');
    expect(lines).toEqual([expect.stringContaining(`env="$(cat '../my shop/web/.env')"`)]);
    expect(missingLines({ changed: [], ignored }, failure, 'win32')).toEqual([
      expect.stringMatching(/variables, add env=NAME=value, once for each$/),
    ]);
    expect(missingLines({ changed: ['.env'], ignored: [] }, { ...failure, hasEnv: true })).toEqual([]);
  });

  test.each([
    ['Add it to requirements.txt (or pyproject.toml)', true],
    ['KeyError: SHOP_NAME', false],
  ])('whether the reason names one of the files: %s', (text, names) => {
    expect(namesUncommitted({ changed: ['requirements.txt'], ignored: ['shop_name.py'] }, text)).toBe(names);
  });

  test('nothing is said where nothing is missing', () => {
    expect(missingLines({ changed: [], ignored: [] }, failure)).toEqual([]);
  });
});
