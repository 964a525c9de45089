import { type ExecFileOptions, execFile } from 'node:child_process';

/** What a program printed. */
export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program and resolves with what it prints. At an abort too it waits until the program has ended, which execFile does not: a
 * program that goes on would write into folders that are taken away.
 * @param input What it reads.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: ExecFileOptions = {},
  input?: string,
): Promise<Printed> {
  const { promise, resolve, reject } = Promise.withResolvers<Printed>();
  const child = execFile(program, args, { ...options, encoding: 'utf8' }, (error, stdout, stderr) => {
    if (error) reject(Object.assign(error, { stdout, stderr }));
    else resolve({ stdout, stderr });
  });
  const ended = new Promise<void>((end) => {
    child.once('close', () => end());
    // One that could not be started does not end.
    child.once('error', () => child.pid === undefined && end());
  });
  child.stdin?.end(input);
  try {
    return await promise;
  } finally {
    await ended;
  }
}
