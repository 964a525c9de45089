import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface WalkEntry {
  /** Path relative to the root, with forward slashes. */
  readonly path: string;
  readonly kind: 'file' | 'link' | 'other';
}

/**
 * Everything below a folder but the folders themselves, in the order of the names; links are shown and not followed.
 * @param enter Whether to go into a folder, by its path relative to the root and its own name.
 */
export async function* walk(
  root: string,
  enter: (path: string, name: string) => boolean = () => true,
  below = '',
): AsyncGenerator<WalkEntry> {
  const entries = await readdir(join(root, below), { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      if (enter(path, entry.name)) yield* walk(root, enter, path);
      continue;
    }
    const kind = entry.isFile() ? 'file' : entry.isSymbolicLink() ? 'link' : 'other';
    yield { path, kind };
  }
}
