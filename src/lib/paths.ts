import { isAbsolute, relative, sep } from 'node:path';

/** A path relative to a folder, with forward slashes; undefined where it is not below it. Both are real paths. */
export function below(folder: string, path: string): string | undefined {
  const found = relative(folder, path);
  if (found === '' || found === '..' || found.startsWith(`..${sep}`) || isAbsolute(found)) return undefined;
  return found.split(sep).join('/');
}
