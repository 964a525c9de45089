import * as core from '@actions/core';
import type { Place } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import type { Redactor } from '../lib/secret.ts';
import { harmless } from '../workflow/step-output.ts';

const properties = (at: Place | undefined) => ({
  ...(at ? { file: at.file } : {}),
  ...(at?.line ? { startLine: at.line } : {}),
});

/** Colours of ANSI for the lines that tell how a stage ended; the runner's log shows them. */
const colours = { '✓': 32, '!': 33, '✗': 31 } as const;

/** The line in the colour of its mark, if it begins with one. */
function coloured(line: string): string {
  const colour = colours[line[0] as keyof typeof colours];
  return colour === undefined ? line : `\u001b[${colour}m${line}\u001b[0m`;
}

/**
 * The job's log as the runner shows it, without secrets.
 * @param colour Whether whoever shows it knows ANSI's colours.
 */
export const createRunnerLog = ({ whole }: Redactor, colour = false): Log => ({
  // Names of files and what hosts say are in these lines.
  info: (text) => {
    const lines = whole(text)
      .split(/\r\n|\r|\n/)
      .map(harmless);
    core.info((colour ? lines.map(coloured) : lines).join('\n'));
  },
  notice: (message, at) => core.notice(whole(message), properties(at)),
  warning: (message, at) => core.warning(whole(message), properties(at)),
  error: (message, at) => core.error(whole(message), properties(at)),
  group: (title, work) => core.group(whole(title), work),
});
