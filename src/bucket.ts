import { buildEnvironment } from './build/environment.ts';
import { type Git, gitIn } from './build/git.ts';
import { below } from './lib/paths.ts';
import type { Ports, Run } from './run.ts';
import { type LedgerBook, openBook } from './store/book.ts';
import type { ObjectStore } from './store/store.ts';
import type { PlannedFile } from './sync/planned.ts';
import { fileOf } from './sync/scan.ts';
import type { SyncFolder } from './sync/sync.ts';
import { type BucketAddress, type DeploymentTarget, folderOf } from './target.ts';

/** The bucket of a run, and what its ledger says. */
export interface Bucket {
  readonly store: ObjectStore;
  readonly book: LedgerBook;
}

/** Opens the bucket and reads its ledger, so that wrong keys come out at once. */
export async function openBucket(
  { ports, journal, inputs, context, plan }: Run,
  { name: bucket, endpoint, region }: BucketAddress,
): Promise<Bucket> {
  const { accessKeyId, secretAccessKey, vendor, concurrency, shard } = inputs;
  const credentials = accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined;
  const place = { bucket, endpoint, vendor, region };
  const store = await ports.openStore({ ...place, credentials, concurrency, onWarning: journal.warn });
  const sync = plan.kind === 'sync' ? ({ sync: true } as const) : {};
  const at = new Date(ports.clock.now()).toISOString();
  const own = { release: plan.release, sha: context.sha, at, run: context.order, ...sync };
  const request = { environment: plan.environment, app: inputs.workingDirectory, shard, own };
  return { store, book: await openBook(store, request, { ...ports, warn: journal.warn, onWait: ports.log.info }) };
}

/** Folders on disk, with what the inputs say of each. */
export function foldersOf({ inputs }: Run, target: DeploymentTarget, root: string): SyncFolder[] {
  const folders: SyncFolder[] = [];
  const add = (kind: SyncFolder['kind'], acl: SyncFolder['acl']) => {
    const one = target[kind];
    if (one) folders.push({ kind, folder: folderOf(one, root), prefix: one.prefix, acl });
  };
  add('static', inputs.acl);
  add('media', inputs.mediaAcl ?? inputs.acl);
  return folders;
}

/** Git for questions about the checkout, whose answers nobody is shown. */
export const checkoutGit = ({ exec, env, signal }: Ports, folder: string): Git =>
  gitIn({ exec, signal }, folder, buildEnvironment(env, {}));

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

/**
 * Ends a run whose work a newer one has done already. It is no failure: what is live is newer than what was to be.
 * @param by The newer release, as the ledger or the host calls it.
 */
export function endSuperseded({ ports, journal }: Run, by: string | undefined): void {
  const newer = by ? ` (${by})` : '';
  const said = `A newer deploy took the place of this one${newer}.`;
  ports.log.notice(said);
  journal.end('superseded', said);
}
