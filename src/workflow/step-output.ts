import { randomBytes } from 'node:crypto';
import type { Redactor } from '../lib/secret.ts';

/** Longer lines are cut: a log viewer shows no more, and a build can print without end. */
const longestLine = 4_096;
const mostLines = 20_000;

/**
 * A line that the runner cannot take for a command. The runner reads both streams of a step and obeys `::name::` at the
 * start of a line, after any white space, and `##[name]` anywhere in it (runner: ActionCommand.cs, TryParseV2 and TryParse).
 */
export function harmless(line: string): string {
  return line.replaceAll('##[', '##\\[').replace(/^([\s\u0085\u180e\u200b\u2060\ufeff]*)::/, '$1\\::');
}

/**
 * Shows what a command of the build prints, line by line, without secrets and made harmless. The runner ends lines at CR
 * too, so they are ended here first; bytes that are no UTF-8 become U+FFFD.
 */
export function createOutput(
  write: (text: string) => void,
  redactor: Redactor,
): { show(chunk: Uint8Array): void; end(): void } {
  let decoder = new TextDecoder();
  let open = '';
  let cut = false;
  let lines = 0;
  const print = (line: string) => {
    lines += 1;
    if (lines <= mostLines) {
      const whole = line.length <= longestLine && !cut;
      const shown = whole ? redactor.whole(line) : redactor.start(line.slice(0, longestLine));
      write(`${harmless(shown)}${whole ? '' : ' …'}\n`);
    }
    if (lines === mostLines) write(`… more than ${mostLines} lines; the rest is not shown.\n`);
    cut = false;
  };
  return {
    show(chunk) {
      const parts = (open + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/);
      open = parts.pop() ?? '';
      for (const part of parts) print(part);
      if (open.length > longestLine) {
        cut = true;
        open = open.slice(0, longestLine) + (open.endsWith('\r') ? '\r' : '');
      }
    },
    end() {
      open += decoder.decode();
      decoder = new TextDecoder();
      if (open !== '') print(open.replace(/\r$/, ''));
      open = '';
    },
  };
}

/**
 * While `work` runs, the runner obeys no command of this step at all: the second lock beside `harmless`. It always
 * opens again, whatever `work` does.
 */
export async function withCommandsStopped<T>(write: (text: string) => void, work: () => Promise<T>): Promise<T> {
  const token = `deploy-django-${randomBytes(16).toString('hex')}`;
  write(`::stop-commands::${token}\n`);
  try {
    return await work();
  } finally {
    write(`::${token}::\n`);
  }
}
