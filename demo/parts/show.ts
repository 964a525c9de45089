import { stripVTControlCharacters } from 'node:util';

/** Whether this terminal shows colours; NO_COLOR and a pipe say no. */
const hasColours = process.stdout.isTTY && process.stdout.hasColors();

/** Prints a line, without its colours where they are not wanted. */
export const show = (line: string): void => console.log(hasColours ? line : stripVTControlCharacters(line));
