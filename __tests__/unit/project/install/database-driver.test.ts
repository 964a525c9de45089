import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../../../src/core/ports.ts';
import type { DatabaseEngine } from '../../../../src/databases/database-url.ts';
import { findDriver } from '../../../../src/project/install/database-driver.ts';
import { type CommandResult, fakeExec, missing, shellIO, tempFolder } from '../../../support/project.ts';

const project = { program: '/venv/bin/python', env: { PATH: '/venv/bin', DJANGO: 'yes' } };

/** Looks for a driver on a machine where programs do what `results` says, by a part of their command line. */
async function find(engine: DatabaseEngine, results: Readonly<Record<string, CommandResult>>, own = project) {
  const scratch = tempFolder();
  const typed = ({ program, args }: Command) => [program, ...args].join(' ').replaceAll(scratch, 'SCRATCH');
  const exec = fakeExec((command) => {
    const line = typed(command);
    const found = Object.entries(results).find(([part]) => line.includes(part));
    return found?.[1] ?? {};
  });
  const found = findDriver({ engine, project: own, scratch, env: { PATH: '/bin' } }, shellIO(exec));
  const { program, env } = await found;
  const changes = exec.commands.filter(({ args }) => args.includes('venv') || args.includes('install')).map(typed);
  return { program: program.replaceAll(scratch, 'SCRATCH'), env, changes };
}

const noDriver: Readonly<Record<string, CommandResult>> = { '/venv/bin/python -c': { exit: 1 } };
const machine: Readonly<Record<string, CommandResult>> = {
  'sys.executable': { output: '/usr/bin/python3\n/usr\n3.12.1\n' },
};

describe('the Python that talks to a database', () => {
  test('is the project’s, with its own environment, where it has a driver', async () => {
    const found = await find('postgresql', {});
    expect(found).toEqual({ ...project, changes: [] });
  });

  test.each<[DatabaseEngine]>([['postgresql'], ['mysql']])(
    'is one of its own for %s where the project has none, filled by hashes and with nothing of the project',
    async (engine) => {
      const { program, env, changes } = await find(engine, { ...noDriver, ...machine, 'uv --version': missing });
      expect(program).toBe(`SCRATCH/driver-${engine}/bin/python`);
      expect(env).toEqual({ PATH: '/bin' });
      expect(changes).toEqual([
        `/usr/bin/python3 -m venv SCRATCH/driver-${engine}`,
        `SCRATCH/driver-${engine}/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --requirement SCRATCH/driver-${engine}.txt`,
      ]);
    },
  );

  test('is made by uv where the machine has it', async () => {
    const { changes } = await find('mysql', { ...noDriver, ...machine });
    expect(changes).toEqual([
      'uv venv --quiet --python /usr/bin/python3 SCRATCH/driver-mysql',
      'uv pip install --quiet --python SCRATCH/driver-mysql/bin/python --require-hashes --no-deps --requirement SCRATCH/driver-mysql.txt',
    ]);
  });

  test('is missing with a hint where nothing can be installed', async () => {
    const failing = { ...noDriver, ...machine, 'pip install': { exit: 1, output: 'no network\n' } };
    await expect(find('mysql', failing)).rejects.toMatchObject({
      code: 'INSTALL_FAILED',
      hint: expect.stringContaining('no project has brought a driver'),
    });
    const nothing = { ...noDriver, 'sys.executable': missing };
    await expect(find('mysql', nothing)).rejects.toMatchObject({ code: 'PYTHON_MISSING' });
  });
});
