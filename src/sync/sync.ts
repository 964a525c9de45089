import { readFile, realpath } from 'node:fs/promises';
import type { Acl } from '../inputs.ts';
import { below } from '../lib/paths.ts';
import { formatBytes, formatDuration, plural } from '../lib/text.ts';
import type { Clock } from '../ports.ts';
import type { Ledger } from '../store/ledger.ts';
import type { ListedObject, ObjectStore } from '../store/store.ts';
import type { Progress } from './apply.ts';
import type { FileKind } from './headers.ts';
import { type Manifest, parseManifest } from './immutable.ts';
import { planSync, type SyncPlan, type SyncSource } from './plan.ts';
import { scan } from './scan.ts';

/** One folder to be synced. */
export interface SyncFolder {
  readonly kind: FileKind;
  /** Absolute path. */
  readonly folder: string;
  readonly prefix: string;
  readonly acl: Acl | undefined;
}

export interface PlanRequest {
  readonly folders: readonly SyncFolder[];
  readonly allowFiles: readonly string[];
  /** Hashed names of the release's manifest, and where that file is. */
  readonly names: ReadonlySet<string>;
  readonly manifestPath: string | undefined;
  readonly ledger: Ledger;
}

/** Reads the manifest of hashed names; undefined where there is none, or it is no manifest of Django's. */
export async function loadManifest(path: string | undefined): Promise<Manifest | undefined> {
  if (path === undefined) return undefined;
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parseManifest(text);
}

async function listAll(
  store: ObjectStore,
  prefixes: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, ListedObject>> {
  const found = new Map<string, ListedObject>();
  const list = async (prefix: string) => {
    for await (const page of store.list(prefix, signal)) {
      for (const object of page) found.set(object.key, object);
    }
  };
  await Promise.all(prefixes.map(list));
  return found;
}

/** A file's path inside a folder, whatever links lead to either. */
async function pathInside(folder: string, path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const [realFolder, realFile] = await Promise.all([folder, path].map((one) => realpath(one).catch(() => undefined)));
  return realFolder === undefined || realFile === undefined ? undefined : below(realFolder, realFile);
}

/** Reads folders and bucket at the same time, and plans what has to be sent. Changes nothing. */
export async function prepareSync(
  request: PlanRequest,
  store: ObjectStore,
  signal: AbortSignal,
): Promise<{ plan: SyncPlan; left: string[]; files: Readonly<Record<FileKind, number>> }> {
  const listing = listAll(
    store,
    request.folders.map(({ prefix }) => prefix),
    signal,
  );
  // A refused file ends this function while the listing is still under way.
  listing.catch(() => undefined);
  const sources: SyncSource[] = [];
  const left: string[] = [];
  for (const { kind, folder, prefix, acl } of request.folders) {
    const found = await scan(folder, request.allowFiles, `${kind}-dir`, signal);
    left.push(...found.left);
    const manifest = await pathInside(folder, request.manifestPath);
    const hashedNames = kind === 'static' ? request.names : new Set<string>();
    sources.push({ kind, files: found.files, prefix, acl, hashedNames, manifest });
  }
  const count = (kind: FileKind) =>
    sources.filter((source) => source.kind === kind).flatMap((source) => source.files).length;
  const files = { static: count('static'), media: count('media') };
  return { plan: planSync(sources, await listing, request.ledger), left, files };
}

/** A progress report that prints a line now and then, and none for what is done in a moment. */
export function progressLines(
  clock: Clock,
  print: (line: string) => void,
  every = 10_000,
): (progress: Progress) => void {
  const began = clock.now();
  let printed = began;
  return ({ files, ofFiles, bytes, ofBytes }) => {
    const now = clock.now();
    if (now - printed < every || files === ofFiles) return;
    printed = now;
    const amount = `${formatBytes(bytes)} of ${formatBytes(ofBytes)}`;
    print(
      `${files.toLocaleString('en-US')} of ${plural(ofFiles, 'upload')}, ${amount} (${formatDuration(now - began)})`,
    );
  };
}
