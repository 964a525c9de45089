import type { Secret } from '../lib/secret.ts';
import { run, type ShellIO, shell } from './checkout/shell.ts';
import { adviseHook } from './command-advice.ts';
import type { Python } from './install/python.ts';

export interface Seeding {
  readonly commandLine: string;
  /** Absolute path of the working directory. */
  readonly root: string;
  readonly python: Python;
  /** URL of the database that is filled. */
  readonly url: Secret;
  /** Its name. */
  readonly name: string;
}

/**
 * Runs the command line of the input `seed-command` in the project's environment, with the database's URL as DATABASE_URL.
 * @throws DeployError COMMAND_FAILED with the last lines of the command.
 */
export async function seed({ commandLine, root, python, url, name }: Seeding, io: ShellIO): Promise<void> {
  const command = shell(commandLine, root, { ...python.env, DATABASE_URL: url.reveal() });
  const advise = adviseHook('seed-command');
  await run(io, `seed-command (${commandLine})`, command, 'COMMAND_FAILED', (lines) => {
    const { hint, ...shown } = advise(lines);
    return {
      ...shown,
      hint: `${hint} The database ${name} stays as it is, and the next run seeds it again: the command has to work on what it left.`,
    };
  });
}
