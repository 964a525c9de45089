import * as core from '@actions/core';
import type { Place } from '../errors.ts';
import type { Log } from '../ports.ts';

const properties = (at: Place | undefined) => ({
  ...(at ? { file: at.file } : {}),
  ...(at?.line ? { startLine: at.line } : {}),
});

/** The job's log as the runner shows it. */
export const runnerLog: Log = {
  info: (line) => core.info(line),
  notice: (message, at) => core.notice(message, properties(at)),
  warning: (message, at) => core.warning(message, properties(at)),
  error: (message, at) => core.error(message, properties(at)),
  group: (title, work) => core.group(title, work),
};
