import { type Destination, folderOf } from '../../plan/destination.ts';
import type { SyncFolder } from '../../sync/scan-folders.ts';
import type { Run } from '../run/run.ts';

/** Folders on disk, with what the inputs say of each. */
export function foldersOf({ inputs }: Run, target: Destination, root: string): SyncFolder[] {
  const folders: SyncFolder[] = [];
  const add = (kind: SyncFolder['kind'], acl: SyncFolder['acl']) => {
    const one = target[kind];
    if (!one) return;
    const { objects, gzip } = one.storage ?? {};
    // What the input asks for is more than what a storage says.
    const asked = inputs.compress === 'gzip' ? undefined : gzip;
    folders.push({ kind, folder: folderOf(one, root), prefix: one.prefix, acl, storageForms: objects, gzip: asked });
  };
  add('static', inputs.acl);
  add('media', inputs.mediaAcl ?? inputs.acl);
  return folders;
}
