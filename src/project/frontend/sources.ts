import { posix } from 'node:path';

/** What tools make each kind of file from, by their endings. */
const madeFrom: Readonly<Record<string, RegExp>> = {
  '.css': /\.(scss|sass|less|styl|pcss)$/,
  '.js': /\.(ts|tsx|jsx|mts|coffee|vue|svelte)$/,
};

const stemOf = (path: string): string => posix.basename(path).replace(/(\.min)?\.[^.]+$/, '');

/** A file of the project that a missing static file is made from by all appearance: the same name with the ending of a source. */
export function sourceOf(name: string, files: ReadonlySet<string>): string | undefined {
  const ending = madeFrom[posix.extname(name)];
  if (!ending) return undefined;
  const stem = stemOf(name);
  return [...files].filter((file) => ending.test(file) && stemOf(file) === stem).sort()[0];
}
