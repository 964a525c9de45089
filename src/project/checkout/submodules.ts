import { listSome } from '../../lib/text.ts';
import type { Finding } from '../../report/finding.ts';
import type { TrackedFile } from './git.ts';

/** How git keeps a submodule: a commit in place of a folder. */
const modeOfSubmodule = '160000';

/**
 * Submodules that are not checked out: git lists the files of the others.
 * @param prefix The working directory relative to the checkout, '' or with a slash at its end.
 */
export function fromSubmodules(tracked: readonly TrackedFile[], prefix: string): Finding[] {
  const folders = tracked.filter(({ mode }) => mode === modeOfSubmodule).map(({ path }) => prefix + path);
  const [first] = folders;
  if (first === undefined) return [];
  const are = folders.length === 1 ? 'is a submodule' : 'are submodules';
  const their = folders.length === 1 ? 'its' : 'their';
  const message = `${listSome(folders, 3)} ${are} of git and not checked out, so that pages lack ${their} files. Set submodules: true of actions/checkout (or recursive, for submodules of submodules).`;
  return [{ level: 'warning', id: 'deploy.submodule', message, at: { file: first } }];
}
