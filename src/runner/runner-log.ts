import * as core from '@actions/core';
import type { Place } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import type { Redactor } from '../lib/secret.ts';
import { harmless } from '../workflow/step-output.ts';

const properties = (at: Place | undefined) => ({
  ...(at ? { file: at.file } : {}),
  ...(at?.line ? { startLine: at.line } : {}),
});

/** The job's log as the runner shows it, without secrets. */
export const createRunnerLog = ({ whole }: Redactor): Log => ({
  // Names of files and what hosts say are in these lines.
  info: (line) =>
    core.info(
      whole(line)
        .split(/\r\n|\r|\n/)
        .map(harmless)
        .join('\n'),
    ),
  notice: (message, at) => core.notice(whole(message), properties(at)),
  warning: (message, at) => core.warning(whole(message), properties(at)),
  error: (message, at) => core.error(whole(message), properties(at)),
  group: (title, work) => core.group(whole(title), work),
});
