import { existsSync } from 'node:fs';
import { lstat, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, parse, sep } from 'node:path';
import { DeployError } from '../core/errors.ts';

/**
 * The real path of a folder, which must not be the whole checkout, a home or the root of the disk.
 * @param within Folders in which it must lie, whatever links lead to it.
 */
export async function checkedRoot(folder: string, input: string, within: readonly string[]): Promise<string> {
  const root = await realpath(folder).catch(() => undefined);
  if (root === undefined || !(await lstat(root)).isDirectory()) {
    throw new DeployError('INVALID_INPUTS', `${input}: there is no folder "${folder}".`, {
      hint: 'Write the folder that holds the files, relative to working-directory.',
    });
  }
  const mark = ['.git', 'manage.py'].find((name) => existsSync(join(root, name)));
  const place =
    root === parse(root).root
      ? 'the root of the disk'
      : root === homedir()
        ? 'a home'
        : mark && `a folder with ${mark} in it`;
  if (place) {
    throw new DeployError('FILES_REFUSED', `${input}: "${folder}" is ${place}, and no folder of public files.`, {
      hint: 'Name the folder that holds nothing but files for the bucket.',
    });
  }
  await refuseOutside(root, folder, input, within);
  return root;
}

const isBelow = (folder: string, path: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

/**
 * Refuses a folder that is somewhere else than it seems: `static` can be a link to /etc.
 * @param root Its real path.
 */
export async function refuseOutside(
  root: string,
  folder: string,
  input: string,
  within: readonly string[],
): Promise<void> {
  const allowed = await Promise.all(within.map((one) => realpath(one).catch(() => one)));
  if (allowed.some((one) => isBelow(one, root))) return;
  throw new DeployError('FILES_REFUSED', `${input}: "${folder}" is ${root}, which is outside of the checkout.`, {
    hint: `Nothing was read. Write a folder of the repository for ${input}, or copy the files into one in a step before. A link out of the checkout is not followed.`,
  });
}
