import { below } from '../../lib/paths.ts';
import type { PlannedFile } from '../../sync/planned-file.ts';
import { fileOf } from '../../sync/readers.ts';
import { buildEnvironment } from './build-environment.ts';
import { type Git, gitIn } from './git.ts';
import type { SilentIO } from './shell.ts';

/** Git for questions about the checkout, whose answers nobody is shown. */
export const checkoutGit = (
  { exec, env, signal }: SilentIO & { readonly env: Readonly<Record<string, string | undefined>> },
  folder: string,
): Git => gitIn({ exec, signal }, folder, buildEnvironment(env, {}));

/**
 * Milliseconds since the epoch when a file's content last changed: its last commit where git holds it, its own time where
 * git does not.
 */
export async function changedAt(planned: PlannedFile, workspace: string, git: Git): Promise<number | undefined> {
  const file = fileOf(planned.source.root, planned.file);
  if (below(workspace, file) === undefined || !(await git.holds(file))) return planned.file.modified;
  const seconds = await git.lastChange(file);
  return seconds === undefined ? undefined : seconds * 1000;
}
