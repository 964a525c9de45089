import { describe, expect, test } from '@jest/globals';
import type { DeployError } from '../../../../src/core/errors.ts';
import { parsePyproject } from '../../../../src/project/install/pyproject.ts';
import { failure } from '../../../support/project.ts';

const parse = (text: string) => parsePyproject(text, 'web/pyproject.toml');

describe('a pyproject.toml says', () => {
  test('which Python it needs, and where it says so', () => {
    expect(parse('[project]\nname = "a"\n\nrequires-python = ">=3.12"\n').requiresPython).toEqual({
      text: '>=3.12',
      line: 4,
    });
  });

  test.each([
    ['a word', 'python = "^3.12"'],
    ['a table', 'python = { version = "^3.12" }'],
  ])('so in Poetry’s way, as %s', (_what, line) => {
    const found = parse(`[tool.poetry.dependencies]\n${line}\n`);
    expect(found).toMatchObject({ poetry: true, dependencies: false, poetryPython: { text: '^3.12', line: 2 } });
  });

  test.each<[string, string[]]>([
    ['dev = ["pytest"]\ndocs = ["sphinx"]', []],
    ['prod = ["gunicorn"]\ndev = ["pytest"]', ['prod']],
    ['Production = ["gunicorn"]', ['Production']],
  ])('which groups of %j are for production: %j', (groups, names) => {
    expect(parse(`[dependency-groups]\n${groups}\n`).productionGroups).toEqual(names);
  });

  test('nothing, where it says nothing', () => {
    expect(parse('')).toEqual({
      project: false,
      dependencies: false,
      poetry: false,
      requiresPython: undefined,
      poetryPython: undefined,
      productionGroups: [],
      productionExtras: [],
      optional: [],
      uvVersion: undefined,
      packageFolders: [],
    });
  });
});

test('a pyproject.toml that is no TOML is named with the line', async () => {
  const error = await failure<DeployError>(() => parse('[project]\nname = "a\n'));
  expect(error.code).toBe('INSTALL_FAILED');
  expect(error.message).toMatch(/^web\/pyproject\.toml cannot be read: .*\(line 2\)\.$/);
});
