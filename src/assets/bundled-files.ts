import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isOwnFolder } from '../lib/own-folder.ts';
import { walk } from '../lib/walk.ts';
import { bundledNames, bundlerManifests } from './bundlers.ts';

const fileName = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/**
 * Collected files whose names a bundler made from their content, as its own manifest says. collectstatic drops folders
 * with a dot, `.vite` among them, so manifests are looked for in the project as well.
 * @param project Folder of the project's own files; undefined where there is no project.
 * @param collected Folder of static files.
 * @returns Paths relative to that folder.
 */
export async function findBundled(
  project: string | undefined,
  collected: string | undefined,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const there = collected === undefined ? undefined : await stat(collected).catch(() => undefined);
  // A folder that is none is somebody else's to complain about.
  if (collected === undefined || !there?.isDirectory()) return found;
  const names = new Set<string>();
  for (const root of new Set([project ?? collected, collected])) {
    const enter = (folder: string, name: string) =>
      join(root, folder) !== collected && isOwnFolder(join(root, folder), name);
    for await (const { path, kind } of walk(root, enter)) {
      if (kind !== 'file' || !bundlerManifests.has(fileName(path))) continue;
      const text = await readFile(join(root, path), 'utf8').catch(() => '');
      for (const name of bundledNames(text)) names.add(name);
    }
  }
  if (names.size === 0) return found;
  for await (const { path } of walk(collected)) if (names.has(fileName(path))) found.add(path);
  return found;
}
