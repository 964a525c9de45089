import { describe, expect, test } from '@jest/globals';
import type { DeployError } from '../../../../src/core/errors.ts';
import { type Given, installing, type Machine } from '../../../support/installing.ts';
import { failure } from '../../../support/project.ts';

const requirements = { 'requirements.txt': '' };
const needs = (python: string) => ({ ...requirements, 'pyproject.toml': `[project]\nrequires-python = "${python}"\n` });

/** The Python that the environment is made for, and what is said. */
async function chosen(
  machine: Machine,
  given: Given,
): Promise<{ python: string | undefined; said: readonly string[] }> {
  const work = await installing(machine, given);
  await work.work();
  const python = /--python \/opt\/bin\/(\S+)/.exec(work.changes().join('\n'))?.[1];
  return { python, said: work.said };
}

describe('the Python of an install', () => {
  const both = { python3: '3.13.1', 'python3.12': '3.12.4' };

  test.each<[string, Record<string, string>, Record<string, string>, string]>([
    ['the usual one', both, requirements, 'python3'],
    ['the one that is called python, where there is no other', { python: '3.13.1' }, requirements, 'python'],
    ['the one that a file asks for', both, { ...requirements, '.python-version': '3.12' }, 'python3.12'],
    ['the usual one, where it is asked for', both, { ...requirements, '.python-version': '3.13.0' }, 'python3'],
    ['any that the project takes, where it refuses the usual one', both, needs('<3.13'), 'python3.12'],
    [
      'one that the project takes before one that a file asks for',
      both,
      { ...needs('>=3.13'), '.python-version': '3.12' },
      'python3',
    ],
  ])('is %s', async (_what, pythons, files, expected) => {
    expect((await chosen({ pythons }, { files })).python).toBe(expected);
  });

  test('is said, and nothing else where it is the asked one', async () => {
    const { said } = await chosen({ pythons: both }, { files: { ...requirements, '.python-version': '3.12' } });
    expect(said).toEqual(['Python 3.12.4 (/opt/bin/python3.12)']);
  });

  test('is another than the asked one with a warning that has the lines to add', async () => {
    const { python, said } = await chosen({}, { files: { ...requirements, '.python-version': '# live\n3.11.4\n' } });
    expect(python).toBe('python3');
    expect(
      said.at(-1),
    ).toBe(`warning: .python-version (line 2) asks for Python 3.11.4, and this job has 3.13.1 (/opt/bin/python3). To build with the same one, add before this step:
  - uses: actions/setup-python
    with:
      python-version: "3.11"`);
  });

  test('is said to be impossible where two files exclude each other', async () => {
    const { said } = await chosen({}, { files: { ...needs('>=3.13'), '.python-version': '3.12' } });
    expect(said.at(-1)).toMatch(
      /\.python-version \(line 1\) asks for Python 3\.12, and pyproject\.toml \(line \d\) takes >=3\.13 alone.*both take, for example 3\.13\./,
    );
  });

  test('is found where pyenv’s shims fail in the project', async () => {
    const work = await installing({}, { files: { ...requirements, '.python-version': '3.99' } });
    const { commands, root, scratch } = work;
    await work.work();
    const asked = commands.filter(({ program, args }) => program === 'python3.99' && args[0] === '-c');
    expect(asked.map(({ cwd }) => cwd)).toEqual([root, scratch]);
  });

  test('is the one that uv keeps, where an earlier step asked for it', async () => {
    const results = { 'uv python find 3.12': { output: '/opt/bin/python3.12\n' } };
    const machine = { pythons: both, results, env: { UV_PYTHON: '3.12' } };
    expect((await chosen(machine, { files: requirements })).python).toBe('python3.12');
  });
});

describe('there is an error', () => {
  test('that names the line, and the version to write, where the project takes no Python of the job', async () => {
    const { work } = await installing({ pythons: { python3: '3.11.7' } }, { files: needs('>=3.12,<3.14') });
    const error = await failure<DeployError>(work);
    expect(error).toMatchObject({ code: 'PYTHON_MISSING', at: { file: 'site/pyproject.toml', line: 2 } });
    expect(error.message).toBe(
      'pyproject.toml (line 2) asks for Python >=3.12,<3.14, and this job has 3.11.7 (/opt/bin/python3).',
    );
    expect(error.hint).toContain('Set python-version: "3.12" of actions/setup-python');
  });

  test.each(['auto', 'make', 'none'])('that names setup-python where there is no Python, with %s', async (input) => {
    const { work } = await installing({ pythons: {}, programs: [] }, { files: requirements, input });
    const error = await failure<DeployError>(work);
    expect(error).toMatchObject({ code: 'PYTHON_MISSING', hint: expect.stringContaining('actions/setup-python') });
  });
});

test('a misspelled name is a warning', async () => {
  const { said } = await chosen({}, { files: { ...requirements, '.python_version': '3.12' } });
  expect(said).toContain('warning: .python_version is read by no tool. Rename it to .python-version.');
});
