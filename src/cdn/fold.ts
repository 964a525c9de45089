/** Paths without a slash at their beginning: files alone, and folders (with a slash at their end) for all below them. */
export interface Folded {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

const foldersOf = (path: string): string[] => path.split('/').slice(0, -1);

/** The folder that all paths have in common: '' or with a slash at its end. */
export function commonFolder(paths: readonly string[]): string {
  const [first = [], ...rest] = paths.map(foldersOf);
  const same = first.findIndex((name, at) => rest.some((folders) => folders[at] !== name));
  return first
    .slice(0, same === -1 ? first.length : same)
    .map((name) => `${name}/`)
    .join('');
}

/** Files in folders of this depth or below become their folder, where it has more than one of them. */
function foldAt(paths: readonly string[], depth: number): Folded {
  const files: string[] = [];
  const folders: string[] = [];
  const groups = Map.groupBy(paths, (path) => {
    const names = foldersOf(path);
    return names.length < depth ? path : `${names.slice(0, depth).join('/')}/`;
  });
  for (const [name, members] of groups) {
    if (name.endsWith('/') && members.length > 1) folders.push(name);
    else files.push(...members);
  }
  return { files, folders };
}

/**
 * At most so many entries that stand for all of these paths, with as few others as can be: the deepest folders are folded
 * first, and what is left in the end is the one folder that all have in common.
 */
export function fold(paths: readonly string[], most: number): Folded {
  if (paths.length <= most) return { files: paths, folders: [] };
  const common = commonFolder(paths);
  const least = common.split('/').length - 1;
  for (let depth = Math.max(...paths.map((path) => foldersOf(path).length)); depth > least; depth--) {
    const folded = foldAt(paths, depth);
    if (folded.files.length + folded.folders.length <= most) return folded;
  }
  return { files: [], folders: [common] };
}
