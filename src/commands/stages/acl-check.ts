import type { Stored } from '../../ledger/change.ts';
import type { FileKind } from '../../sync/content-type.ts';
import type { SyncPlan } from '../../sync/sync-plan.ts';
import type { SyncStageIO, SyncStageRequest } from './sync-stage.ts';

const publicAcls = new Set(['public-read', 'public-read-write']);

/** The input that sets the ACL of a folder. */
export const inputOfAcl = (kind: FileKind): 'acl' | 'media-acl' => (kind === 'media' ? 'media-acl' : 'acl');

/** Vendors ignore ACLs without a word (MinIO, versitygw), so one object of each folder is asked for without credentials. */
export async function checkAcls(
  { folders, store }: SyncStageRequest,
  { puts }: SyncPlan,
  stored: ReadonlyMap<string, Stored>,
  io: SyncStageIO,
): Promise<void> {
  for (const { prefix, kind } of folders) {
    const ofFolder = puts.filter(({ file }) => file.source.prefix === prefix && stored.has(file.key));
    const sent = ofFolder.find(({ file }) => file.form.acl !== undefined)?.file;
    const acl = sent?.form.acl;
    const tells = acl === 'private' || (acl !== undefined && publicAcls.has(acl));
    if (!tells || !sent || (await store.isPublic(sent.key, io.signal)) === publicAcls.has(acl)) continue;
    // Private media that anybody can read ends the run; private-check.ts looks at it.
    if (acl === 'private' && kind === 'media') continue;
    const input = inputOfAcl(kind);
    io.recorder.warn(
      acl === 'private'
        ? `${input} is "private", and anybody can read ${sent.key}: a policy of the bucket makes its objects public.`
        : `${input} is "${acl}", and nobody but you can read ${sent.key}: the bucket does not do what ACLs say. Make its objects public by a bucket policy, or serve them through a CDN.`,
    );
  }
}
