import { hash } from 'node:crypto';
import type { FileKind } from '../../sync/content-type.ts';
import type { PlannedFile } from '../../sync/planned-file.ts';
import type { SyncPlan } from '../../sync/sync-plan.ts';

/** Files up to this size are read whole, so that their bytes tell whose they are. */
const wholeSize = 1024 * 1024;

/** Fonts, which browsers ask for with CORS in any case. */
const isFont = (path: string) => /\.(woff2?|ttf|otf)$/i.test(path);

/** The files of one kind that the bucket has when the plan is done, at the end those of which a cache may have an older copy. */
export function filesOf({ puts, unchanged, verify }: SyncPlan, kind: FileKind): PlannedFile[] {
  const isNew = puts.filter(({ reason }) => reason === 'new').map(({ file }) => file);
  const replaced = puts.filter(({ reason }) => reason !== 'new').map(({ file }) => file);
  const all = [...isNew, ...unchanged, ...verify, ...replaced];
  return all.filter(({ source, file }) => source.kind === kind && file.size > 0);
}

/**
 * A small file to ask for as a visitor does; of static files one with a hash in its name if there is one.
 * @param prefersFont Browsers ask for a font as they ask for nothing else.
 */
export function sampleOf(files: readonly PlannedFile[], prefersFont = false): PlannedFile | undefined {
  const small = files.filter(({ file }) => file.size < wholeSize);
  const font = prefersFont ? small.find(({ file }) => isFont(file.path)) : undefined;
  return font ?? small.find(({ immutable }) => immutable) ?? small[0];
}

/** Whether an answer has other bytes than the file; one that is stored compressed may come as it is stored or as it was. */
export function isOtherFile({ file, stored }: PlannedFile, body: Uint8Array): boolean {
  const { size, md5 } = stored ?? file;
  return body.length === size ? hash('md5', body) !== md5 : stored === undefined;
}

/** The address of a file below STATIC_URL or MEDIA_URL. */
export const addressOf = (base: string, { file }: PlannedFile): string =>
  `${base.replace(/\/*$/, '/')}${file.path.split('/').map(encodeURIComponent).join('/')}`;
