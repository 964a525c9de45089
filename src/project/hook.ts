import { type Changes, changedBetween, noChanges, takeSnapshot } from './artifact/contents.ts';
import { run, type ShellIO, shell } from './checkout/shell.ts';
import { adviseHook } from './command-advice.ts';
import type { Python } from './install/python.ts';

interface HookIO extends ShellIO {
  readonly group: <T>(title: string, work: () => Promise<T>) => Promise<T>;
}

/**
 * Runs a build hook, and returns what it did to the tree.
 * @param around What is to be so while it runs, and no longer.
 * @throws DeployError COMMAND_FAILED.
 */
export async function hook(
  name: string,
  commandLine: string | undefined,
  io: HookIO,
  root: string,
  python: Python,
  around: (work: () => Promise<void>) => Promise<void> = (work) => work(),
): Promise<Changes> {
  if (commandLine === undefined) return noChanges;
  const before = await takeSnapshot(root);
  const work = () => run(io, name, shell(commandLine, root, python.env), 'COMMAND_FAILED', adviseHook(name));
  await io.group(name, () => around(work));
  return changedBetween(before, await takeSnapshot(root));
}
