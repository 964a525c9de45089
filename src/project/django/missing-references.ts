import type { MissingReference } from './outcome.ts';

/** What to do about a reference to a file that is not there. */
export function adviseReference({ target, similar, comment }: MissingReference, own: boolean): string {
  if (!own)
    return `It is in an installed package: take a version of it that has the file, or put an empty one into static files of your own${target ? ` (static/${target})` : ''}.`;
  if (comment) return 'It is commented out, which Django does not notice: take the line out.';
  if (similar) return `There is ${similar}: name it by a path relative to this file.`;
  return 'Fix the url(), import or sourceMappingURL, or add the file that it names.';
}
