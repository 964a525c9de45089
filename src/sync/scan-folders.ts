import type { Acl } from '../store/acl.ts';
import { inShard, type Shard } from '../store/shard.ts';
import type { FileKind } from './content-type.ts';
import { readFiles, type ScannedFile } from './read-files.ts';
import type { Readers } from './readers.ts';
import { type Found, findFiles } from './scan.ts';
import type { GzipRule, StorageForms } from './storage-forms.ts';
import { refuseInvalidKeys } from './sync-plan.ts';

/** One folder to be synced. */
export interface SyncFolder {
  readonly kind: FileKind;
  /** Absolute path. */
  readonly folder: string;
  readonly prefix: string;
  readonly acl: Acl | undefined;
  /** What the project's own storage says of its objects. */
  readonly storageForms?: StorageForms | undefined;
  /** Files that are stored compressed whatever the request says. */
  readonly gzip?: GzipRule | undefined;
}

export interface ScanRequest {
  readonly folders: readonly SyncFolder[];
  /** Where the folders must lie, whatever links lead to them: the checkout and the folder of the run. */
  readonly within: readonly string[];
  readonly allowFiles: readonly string[];
  readonly shard: Shard | undefined;
}

/** Folders on their way: their names are known before their files are read. In the order of the request. */
export interface Scan {
  readonly found: Promise<readonly Found[]>;
  readonly files: Promise<readonly (readonly ScannedFile[])[]>;
}

function* keysOf({ entries }: Found, prefix: string): Generator<string> {
  for (const { path } of entries) yield prefix + path;
}

/** A folder's names, less those that another job of a sharded sync sends. */
async function findPart(
  { folder, kind, prefix }: SyncFolder,
  { allowFiles, shard, within }: ScanRequest,
): Promise<Found> {
  const found = await findFiles(folder, allowFiles, `${kind}-dir`, within);
  refuseInvalidKeys(keysOf(found, prefix));
  return shard ? { ...found, entries: found.entries.filter(({ path }) => inShard(prefix + path, shard)) } : found;
}

async function readEach(found: Promise<readonly Found[]>, readers: Readers, signal: AbortSignal) {
  const files: ScannedFile[][] = [];
  for (const part of await found) files.push(await readFiles(part, readers, signal));
  return files;
}

/** Begins to find and to read the files of folders; who waits for them gets what goes wrong. */
export function startScan(request: ScanRequest, readers: Readers, signal: AbortSignal): Scan {
  const found = Promise.all(request.folders.map((folder) => findPart(folder, request)));
  const files = readEach(found, readers, signal);
  for (const promise of [found, files]) promise.catch(() => undefined);
  return { found, files };
}
