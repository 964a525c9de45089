import { existsSync } from 'node:fs';
import { lstat, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, parse } from 'node:path';
import { DeployError } from '../core/errors.ts';

/** The real path of a folder, which must not be the whole checkout, a home or the root of the disk. */
export async function checkedRoot(folder: string, input: string): Promise<string> {
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
  return root;
}
