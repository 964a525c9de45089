import { stripVTControlCharacters } from 'node:util';

/** Whether this terminal shows colours; NO_COLOR and a pipe say no. */
const hasColours = process.stdout.isTTY && process.stdout.hasColors();

/** Prints a line, without its colours where they are not wanted. */
export const show = (line: string): void => console.log(hasColours ? line : stripVTControlCharacters(line));

/** The log without the lines of its groups and without the runner's own commands, which GitHub does not show either. */
export function showLog(text: string): void {
  for (const line of text.split('\n')) {
    if (/^::(group|error|warning|notice)/.test(line)) show(`  ${line.replaceAll('%0A', '\n    ')}`);
    else if (/^(✓|✗|!|–|Live|Failed|Triggered|Waiting)/.test(stripVTControlCharacters(line))) show(`  ${line}`);
  }
}
