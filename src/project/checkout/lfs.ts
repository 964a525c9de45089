import { listSome } from '../../lib/text.ts';
import type { Finding } from '../../report/finding.ts';

/** The first line of what git keeps in place of a file of Git LFS: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
export const pointerStart = 'version https://git-lfs.github.com/spec/v1';

/** The error of a checkout that has pointers in place of files. `files` are relative to the checkout. */
export function fromPointers(files: readonly string[]): Finding[] {
  const [first] = files;
  if (first === undefined) return [];
  const verb = files.length === 1 ? 'is a pointer' : 'are pointers';
  const message = `${listSome(files, 3)} ${verb} of Git LFS and not the ${files.length === 1 ? 'file' : 'files'}, so that visitors would get a few lines of text. Set lfs: true of actions/checkout.`;
  return [{ level: 'error', id: 'deploy.lfs', message, at: { file: first } }];
}
