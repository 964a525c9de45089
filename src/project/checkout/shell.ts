import { DeployError, type ErrorCode } from '../../core/errors.ts';
import type { Command, Exec } from '../../core/ports.ts';
import type { Redactor } from '../../lib/secret.ts';
import { Tail } from '../../lib/tail.ts';
import { shorten } from '../../lib/text.ts';

/** What a command runs with whose output nobody is shown. */
export interface SilentIO {
  readonly exec: Exec;
  readonly signal: AbortSignal;
}

/** What the build's commands run with. */
export interface ShellIO extends SilentIO {
  /** Shows a chunk of a command's output, made harmless. */
  readonly show: (chunk: Uint8Array) => void;
  /** For the last lines of a command that failed, which go into reports. */
  readonly redactor: Redactor;
}

/** A command line as a command, in the shell and with the options that a `run:` step has. */
export function shell(commandLine: string, cwd: string, env: Readonly<Record<string, string>>): Command {
  return { program: 'bash', args: ['--noprofile', '--norc', '-eo', 'pipefail', '-c', commandLine], cwd, env };
}

/** What an error shows of a command that failed, and what to type next. */
export interface Advice {
  readonly lines: readonly string[];
  readonly hint: string;
}

/** So much of the output is kept for whoever explains it: pip names every version of a package in one line. */
const kept = { lines: 200, characters: 20_000 };
/** So much of it an error shows. */
const mostLines = 15;
const longestLine = 300;

/**
 * Runs a command of the build and shows its output.
 * @param what Names it in the error, for example "build-command".
 * @param advise The hint, or what finds one in the last lines and leaves out of them what is noise.
 * @throws DeployError with `code`, the exit code and the last lines, where it fails.
 */
export async function run(
  io: ShellIO,
  what: string,
  command: Command,
  code: ErrorCode,
  advise: string | ((lines: readonly string[]) => Advice),
): Promise<void> {
  const tail = new Tail(kept.lines, io.redactor, kept.characters);
  const exit = await io.exec(
    command,
    (chunk) => {
      tail.push(chunk);
      io.show(chunk);
    },
    io.signal,
  );
  if (exit === 0) return;
  const all = tail.lines();
  const { lines, hint } = typeof advise === 'string' ? { lines: all, hint: advise } : advise(all);
  const shown = lines.slice(-mostLines).map((line) => `  ${shorten(line, longestLine)}`);
  throw new DeployError(code, [`${what} failed with exit code ${exit}. Its last lines:`, ...shown].join('\n'), {
    hint,
  });
}

/** Runs a command in silence and returns its standard output; undefined where it fails or is not there. */
export async function capture(io: SilentIO, command: Command): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  const keep = (chunk: Uint8Array, stream: string) => {
    if (stream === 'stdout') chunks.push(chunk);
  };
  try {
    const exit = await io.exec(command, keep, io.signal);
    return exit === 0 ? Buffer.concat(chunks) : undefined;
  } catch (error) {
    if (io.signal.aborted) throw error;
    return undefined;
  }
}
