import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ledger } from '../ledger/ledger.ts';
import { mapLimit } from '../lib/map-limit.ts';
import { below } from '../lib/paths.ts';
import { partsEtag } from '../store/s3/multipart.ts';
import type { Shard } from '../store/shard.ts';
import type { ListedObject, ObjectStore } from '../store/store.ts';
import { type Compressed, type CompressRequest, compressFiles } from './compress.ts';
import type { FileKind } from './content-type.ts';
import { compileRules, type HeaderRule } from './header-rules.ts';
import { lookalikes } from './lookalikes.ts';
import { createForms, isUntouched, provenForm, type SyncSource } from './planned-file.ts';
import { fileOf } from './readers.ts';
import { type BegunListings, lookAt } from './remote.ts';
import { findReused } from './reused.ts';
import type { Found } from './scan.ts';
import type { Scan, SyncFolder } from './scan-folders.ts';
import { compileForms, type GzipRule } from './storage-forms.ts';
import { planSync, type Remote, type SyncPlan } from './sync-plan.ts';

export interface PlanRequest {
  readonly folders: readonly SyncFolder[];
  readonly scan: Scan;
  /** Listings that were begun before the ledger was there, by prefix. */
  readonly begun?: BegunListings | undefined;
  readonly headers: readonly HeaderRule[];
  /** Folder for compressed files. */
  readonly compressInto: string;
  /** Of every folder without a rule of its own; undefined where those are not compressed. */
  readonly gzip: GzipRule | undefined;
  readonly shard: Shard | undefined;
  /** Hashed names of the release's manifest, and where that file is. */
  readonly names: ReadonlySet<string>;
  readonly manifestPath: string | undefined;
  /** Names that bundlers made from the content. */
  readonly bundled: ReadonlySet<string>;
  readonly ledger: Ledger;
  /** What the jobs of a sharded sync have noted; asked for only where the ledger does not explain the bucket. */
  readonly shardLedgers: () => Promise<readonly Ledger[]>;
}

/** The plan, and what else was found in the folders. */
export interface Prepared {
  readonly plan: SyncPlan;
  /** The ledger that it was made with. */
  readonly ledger: Ledger;
  /** What of the ledger's keys and the files is in the bucket. */
  readonly remote: ReadonlyMap<string, ListedObject>;
  /** All of the ledger's keys were looked for. */
  readonly whole: boolean;
  /** Left out of the folders, each with the reason. */
  readonly left: readonly string[];
  readonly lookalikes: readonly (readonly [string, string])[];
  readonly files: Readonly<Record<FileKind, number>>;
}

/** A file's path inside a folder, whatever links lead to either. */
async function pathInside(folder: string, path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const real = await realpath(path).catch(() => undefined);
  return real === undefined ? undefined : below(folder, real);
}

/** Reads folders and bucket at the same time, and plans what has to be sent. Changes nothing. */
export async function prepareSync(request: PlanRequest, store: ObjectStore, signal: AbortSignal): Promise<Prepared> {
  const { folders, ledger, scan } = request;
  const found = await scan.found;
  const looking = Promise.all(
    folders.map(({ prefix, kind }, at) => {
      const paths = new Set(found[at]?.entries.map(({ path }) => path));
      const shared = kind === 'media' || prefix === '';
      return lookAt(store, { prefix, paths, known: ledger.objects, shared, begun: request.begun?.get(prefix) }, signal);
    }),
  );
  // A refused file ends this function while the listing is still under way.
  looking.catch(() => undefined);
  const ruled = compileRules(request.headers);
  const sources: SyncSource[] = [];
  const [filesOf, looks] = await Promise.all([scan.files, looking]);
  for (const [at, { kind, prefix, acl, storageForms, gzip = request.gzip }] of folders.entries()) {
    const { root } = found[at] as Found;
    const hashedNames = kind === 'static' ? request.names : new Set<string>();
    const bundled = kind === 'static' ? request.bundled : new Set<string>();
    const manifest = await pathInside(root, request.manifestPath);
    // Only when all hashed files are there, from every job, may the un-hashed follow.
    const onlyHashed = request.shard !== undefined && hashedNames.size > 0;
    const files = filesOf[at] ?? [];
    const named = { hashedNames, bundled, manifest, onlyHashed };
    const asked = { acl, formOf: compileForms(storageForms), gzip, ruled };
    sources.push({ kind, root, files, prefix, ...asked, ...named, compressed: undefined });
  }
  const objects = looks[0]?.objects ?? new Map<string, ListedObject>();
  for (const look of looks.slice(1)) for (const [key, object] of look.objects) objects.set(key, object);
  const reused = await findReused(sources, objects, ledger, store, signal);
  const packed = await compressSources(sources, { objects, reused }, request, signal);
  const alike = await findAlike(sources, objects, ledger, store, signal);
  const count = (kind: FileKind) =>
    sources.filter((source) => source.kind === kind).reduce((sum, { files }) => sum + files.length, 0);
  const planned = await planWith(packed, { objects, alike, reused }, request);
  return {
    ...planned,
    remote: objects,
    whole: looks.every(({ whole }) => whole),
    left: found.flatMap(({ left }) => left),
    lookalikes: found.flatMap(({ entries }) => lookalikes(entries.map(({ path }) => path))),
    files: { static: count('static'), media: count('media') },
  };
}

/** The plan by the ledger, and by those of a sharded sync where objects are there that the ledger does not know. */
async function planWith(
  sources: readonly SyncSource[],
  remote: Remote,
  { ledger, shardLedgers }: PlanRequest,
): Promise<{ plan: SyncPlan; ledger: Ledger }> {
  const plan = planSync(sources, remote, ledger);
  const { verify, conflicts, contested, puts } = plan;
  const there = [...contested, ...puts.filter(({ reason }) => reason !== 'new')].map(({ file }) => file);
  const strange = [...verify, ...conflicts, ...there].some(({ key }) => !ledger.objects.has(key));
  const shards = strange ? await shardLedgers() : [];
  if (shards.length === 0) return { plan, ledger };
  const rows = shards.flatMap(({ objects }) => [...objects]).filter(([key]) => !ledger.objects.has(key));
  const together = { ...ledger, objects: new Map([...ledger.objects, ...rows]) };
  return { plan: planSync(sources, remote, together), ledger: together };
}

/** Compresses what the ledger does not prove to be in the bucket already. */
async function compressSources(
  sources: readonly SyncSource[],
  { objects, reused }: Pick<Remote, 'objects' | 'reused'>,
  { compressInto, ledger }: PlanRequest,
  signal: AbortSignal,
): Promise<readonly SyncSource[]> {
  const done: SyncSource[] = [];
  for (const [at, source] of sources.entries()) {
    if (!source.gzip) {
      done.push(source);
      continue;
    }
    const packing = { ...source, compressed: new Map<string, Compressed | null>() };
    const formsOf = createForms(packing, reused);
    const requests: CompressRequest[] = [];
    for (const file of source.files) {
      const key = source.prefix + file.path;
      const known = ledger.objects.get(key);
      const forms = formsOf(file, known);
      if (!forms.packed || provenForm(file, forms, known, objects.get(key))) continue;
      requests.push({ path: file.path, file: fileOf(source.root, file), md5: file.md5 });
    }
    const compressed = await compressFiles(requests, source.gzip.below, join(compressInto, String(at)), signal);
    done.push({ ...source, compressed });
  }
  return done;
}

/**
 * Large files that the bucket has, of which the ledger knows nothing: their ETag is made from the parts, or the MD5 of the
 * whole stands in their metadata.
 */
async function findAlike(
  sources: readonly SyncSource[],
  objects: ReadonlyMap<string, ListedObject>,
  ledger: Ledger,
  store: ObjectStore,
  signal: AbortSignal,
): Promise<Set<string>> {
  const alike = new Set<string>();
  for (const source of sources) {
    const asked = source.files.filter((file) => {
      const key = source.prefix + file.path;
      const there = objects.get(key);
      const partial = store.partSize(file.size) !== undefined || there?.etag.includes('-');
      return partial && there?.size === file.size && !isUntouched(ledger.objects.get(key), there);
    });
    await mapLimit(asked, 2, signal, async (file) => {
      const key = source.prefix + file.path;
      const size = store.partSize(file.size);
      const etag = objects.get(key)?.etag;
      const computed =
        store.partsEtag && size ? await partsEtag(fileOf(source.root, file), file.size, size) : undefined;
      if (computed === etag || (await store.head(key, signal))?.md5 === file.md5) alike.add(key);
    });
  }
  return alike;
}
