import type { Report } from '../../src/report/report.ts';

/**
 * What a report says there is to do and the log does not: the table of `command: check` is in the job's summary, which repeats the rest
 * of the log. Errors are in the log, and GitHub is not there.
 */
export function todoLines({ checkups }: Pick<Report, 'checkups'>): string[] {
  const open = checkups.filter(({ name, level, todo }) => todo && level !== 'error' && name !== 'GitHub');
  const lines = open.map(({ name, todo = '' }) => `  ${name}: ${todo.replace(/\bbelow\b/, 'above')}`);
  return lines.length > 0 ? ['', 'What to do:', ...lines] : [];
}
