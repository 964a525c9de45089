import type { Place } from '../../core/errors.ts';
import { below } from '../../lib/paths.ts';

/** A place as a part of a finding or an error; nothing where the file is not in the checkout. */
export function placeIn(
  workspace: string,
  file: string | null | undefined,
  line?: number | null,
): { readonly at?: Place } {
  const path = file ? below(workspace, file) : undefined;
  return path === undefined ? {} : { at: { file: path, ...(line ? { line } : {}) } };
}
