import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { below } from '../../lib/paths.ts';
import type { ProjectFolder } from './choose-installer.ts';

/** Files by which a folder says that Python packages are built from it. */
const buildFiles = ['pyproject.toml', 'setup.cfg', 'setup.py'];

const namesIn = (path: string): Promise<string[]> => readdir(path).catch(() => []);

/** Whether a folder holds a Python package or module. */
async function holdsPackage(path: string): Promise<boolean> {
  for (const name of await namesIn(path)) {
    if (name.endsWith('.py')) return true;
    if (!name.startsWith('.') && (await namesIn(join(path, name))).some((inner) => inner.endsWith('.py'))) return true;
  }
  return false;
}

/**
 * Folders that packages of the project are imported from: `src`, and what the build configuration names. Installers that
 * leave the project itself out (`--no-root`, requirements, a uv project without a build system) do not put them on Python's path.
 * @param folders Of the project, in the order in which they count.
 * @param managePy Folder of manage.py, relative to the root, which Python has on its path.
 * @returns Absolute paths.
 */
export async function sourceFolders(
  root: string,
  folders: readonly ProjectFolder[],
  managePy: string,
): Promise<string[]> {
  const found = new Set<string>();
  for (const { path, names, pyproject } of folders) {
    if (!buildFiles.some((name) => names.includes(name))) continue;
    for (const inner of new Set(['src', ...(pyproject?.packageFolders ?? [])])) {
      const folder = join(root, path, inner);
      const started = join(root, managePy);
      if (folder === started || below(folder, started) !== undefined) continue;
      if (await holdsPackage(folder)) found.add(folder);
    }
  }
  return [...found];
}
