import { DeployError } from '../../core/errors.ts';
import { inputOfAcl } from './acl-check.ts';
import type { StagePlan, SyncStageIO, SyncStageRequest } from './sync-stage.ts';

/**
 * An upload without an ACL makes a public object private. So before the first object is written over without one, an
 * old one of each folder is asked for without credentials.
 * @returns Keys that anybody can read now, and of which it is not known what makes them public.
 * @throws DeployError INVALID_INPUTS if their ACL does.
 */
export async function readableBefore(
  { folders, store }: SyncStageRequest,
  { sync }: StagePlan,
  { signal }: SyncStageIO,
): Promise<readonly string[]> {
  const unclear: string[] = [];
  for (const { prefix, kind } of folders) {
    const old = sync.puts.find(
      ({ file, reason }) => file.source.prefix === prefix && file.form.acl === undefined && reason !== 'new',
    )?.file.key;
    if (old === undefined || !(await store.isPublic(old, signal))) continue;
    const byAcl = await store.grantsPublic(old, signal);
    if (byAcl === undefined) unclear.push(old);
    if (!byAcl) continue;
    throw new DeployError(
      'INVALID_INPUTS',
      `Anybody can read ${old} by its ACL "public-read", and this upload has no ACL, so the file would become private.`,
      {
        hint: `Set ${inputOfAcl(kind)}: public-read, or default_acl of the storage (AWS_DEFAULT_ACL). If the files are to be private from now on, set ${inputOfAcl(kind)}: private.`,
      },
    );
  }
  return unclear;
}

/** @throws DeployError UPLOAD_FAILED if the upload made one of these private: the release would have no style sheets. */
export async function stillReadable(
  keys: readonly string[],
  { store }: SyncStageRequest,
  { signal }: SyncStageIO,
): Promise<void> {
  for (const key of keys) {
    if (await store.isPublic(key, signal)) continue;
    throw new DeployError('UPLOAD_FAILED', `Anybody could read ${key} before this upload, and nobody can now.`, {
      hint: 'Its ACL made it public, and the upload had none. Set acl: public-read (media-acl for media), and run the job again.',
    });
  }
}
