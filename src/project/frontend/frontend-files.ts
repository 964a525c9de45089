import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { isOwnFolder } from '../../lib/own-folder.ts';
import { walk } from '../../lib/walk.ts';
import { searchDepth } from '../checkout/manage-py.ts';
import type { FrontEndPackage, FrontEnds } from './front-ends.ts';
import { isTaskFile } from './task-runners.ts';

/** Names of the folders in which front-ends of Django projects are, apart from the project's own. */
const usualFolders =
  /^(front-?end|front|client|assets|static|static_src|src|ui|web|webapp|spa|theme|js|javascript|vite|webpack)$/;
const settingsName = /(^|\/)(settings|config|conf)[^/]*(\/.*)?\.py$/;
const makefileName = /^(GNUm|[Mm])akefile$/;
const configName = /^(vite|webpack|rspack|rsbuild|rollup|vue|esbuild)\b.*\.[cm]?[jt]s$/;

/** The scripts of a package.json; none where it is not one. */
function scriptsIn(text: string): Record<string, string> {
  try {
    const { scripts } = JSON.parse(text) as { scripts?: unknown };
    if (typeof scripts !== 'object' || scripts === null) return {};
    return Object.fromEntries(Object.entries(scripts).filter(([, script]) => typeof script === 'string'));
  } catch {
    return {};
  }
}

/**
 * Looks for front-ends in the working directory, the folder of manage.py and the usual folders.
 * @param root The working directory.
 * @param projectFolder Folder of manage.py, relative to it.
 * @param prefix The working directory relative to the checkout.
 */
export async function readFrontEnds(root: string, projectFolder: string, prefix: string): Promise<FrontEnds> {
  const files = new Set<string>();
  for await (const { path } of walk(root, (folder, name) => isOwnFolder(join(root, folder), name))) files.add(path);
  const read = (path: string) => readFile(join(root, path), 'utf8').catch(() => '');
  const isUsual = (folder: string) =>
    folder === '.' || folder === projectFolder || usualFolders.test(posix.basename(folder));
  const isNear = (folder: string) => folder.split('/').length <= searchDepth;
  const folders = [...files].filter((path) => posix.basename(path) === 'package.json').map(posix.dirname);
  const isBelow = (file: string, folder: string) => folder === '.' || file.startsWith(`${folder}/`);
  const packages: FrontEndPackage[] = [];
  for (const folder of folders.filter(isNear)) {
    const path = posix.join(folder, 'package.json');
    const inner = folders.filter((other) => other !== folder && isBelow(`${other}/`, folder));
    const below = [...files].filter((file) => isBelow(file, folder) && !inner.some((other) => isBelow(file, other)));
    const configs = below.filter((file) => configName.test(posix.basename(file)));
    const beside = below.filter((file) => posix.dirname(file) === folder).map((file) => posix.basename(file));
    const taskFiles = beside.filter(isTaskFile);
    packages.push({
      folder,
      usual: isUsual(folder),
      scripts: scriptsIn(await read(path)),
      files: beside,
      taskFiles: await Promise.all(
        taskFiles.map(async (name) => ({ name, text: await read(posix.join(folder, name)) })),
      ),
      configs: await Promise.all(configs.map(async (config) => ({ path: config, text: await read(config) }))),
    });
  }
  const settings = packages.length > 0 ? [...files].filter((path) => settingsName.test(path)) : [];
  const makefiles = await Promise.all(
    [...files]
      .filter((path) => makefileName.test(posix.basename(path)) && isUsual(posix.dirname(path)))
      .map(async (path) => ({ folder: posix.dirname(path), text: await read(path) })),
  );
  return { packages, makefiles, files, settings: (await Promise.all(settings.map(read))).join('\n'), prefix };
}
