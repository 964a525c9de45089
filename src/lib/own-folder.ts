import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';

const skippedFolders: ReadonlySet<string> = new Set(['.git', 'node_modules', '__pycache__', 'site-packages', '.pixi']);

/**
 * Whether a folder holds the project's own files: no packages, no caches, no virtual environment by whatever name, and
 * nothing that only somebody else can list, as the data of a container's database.
 */
export const isOwnFolder = (folder: string, name: string): boolean =>
  !skippedFolders.has(name) && isListable(folder) && !existsSync(join(folder, 'pyvenv.cfg'));

function isListable(folder: string): boolean {
  try {
    accessSync(folder, constants.R_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
