import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from '@jest/globals';
import { emptyLedger, type Ledger, type LedgerObject, type LedgerRelease } from '../../src/ledger/ledger.ts';
import type { ListedObject } from '../../src/store/store.ts';
import type { SyncLedger, SyncOptions } from '../../src/sync/apply-sync.ts';
import { createForms, type SyncSource } from '../../src/sync/planned-file.ts';
import type { PlanRequest } from '../../src/sync/prepare-sync.ts';
import { readFiles, type ScannedFile } from '../../src/sync/read-files.ts';
import { findFiles } from '../../src/sync/scan.ts';
import { type SyncFolder, startScan } from '../../src/sync/scan-folders.ts';
import type { Remote } from '../../src/sync/sync-plan.ts';
import { never, noReaders } from './fakes.ts';
import { md5 } from './md5.ts';

/** `base.css` with the hash of its content in the name, as Django writes it. */
export function hashedName(path: string, content: string): string {
  const dot = path.lastIndexOf('.');
  const [stem, end] = dot < 0 ? [path, ''] : [path.slice(0, dot), path.slice(dot)];
  return `${stem}.${md5(content).slice(0, 12)}${end}`;
}

/** A file as a scan finds it, without one on the disk. */
export function scanned(path: string, content = '', overrides: Partial<ScannedFile> = {}): ScannedFile {
  const size = Buffer.byteLength(content);
  return { path, target: undefined, size, modified: 0, md5: md5(content), sniffed: undefined, ...overrides };
}

/** Makes folders with these files in them, which are taken away after the last test of the file. */
export function tempFolders(): (files?: Readonly<Record<string, string | Uint8Array>>) => Promise<string> {
  const made: string[] = [];
  afterAll(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))));
  return async (files = {}) => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'deploy-django-test-')));
    made.push(folder);
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    return folder;
  };
}

/** The files of a folder as the guard lets them through, and what it left out. */
export async function scan(folder: string, allow: readonly string[] = [], signal = never, readers = noReaders) {
  const found = await findFiles(folder, allow, 'static-dir', [dirname(await realpath(folder).catch(() => folder))]);
  return { files: await readFiles(found, readers, signal), left: found.left, root: found.root };
}

/** A folder and where it goes: static files under `static/`, unless told otherwise. */
export function syncSource(files: readonly ScannedFile[], overrides: Partial<SyncSource> = {}): SyncSource {
  return {
    kind: 'static',
    root: '/nowhere',
    files,
    prefix: 'static/',
    acl: undefined,
    hashedNames: new Set<string>(),
    bundled: new Set<string>(),
    manifest: undefined,
    onlyHashed: false,
    formOf: () => ({ headers: {}, acl: undefined }),
    gzip: undefined,
    ruled: () => ({}),
    compressed: undefined,
    ...overrides,
  };
}

/** The forms of one file, of which the ledger knows nothing unless told otherwise. */
export const formsOf = (source: SyncSource, file: ScannedFile, known?: LedgerObject, reused: readonly string[] = []) =>
  createForms(source, new Set(reused))(file, known);

/** What the bucket has. */
export const remoteOf = (
  objects: Iterable<[string, ListedObject]> = [],
  alike: readonly string[] = [],
  reused: readonly string[] = [],
): Remote => ({
  objects: new Map(objects),
  alike: new Set(alike),
  reused: new Set(reused),
});

/** An object as a listing shows it, under its key. */
export function listedObject(
  key: string,
  content: string,
  overrides: Partial<ListedObject> = {},
): [string, ListedObject] {
  const size = Buffer.byteLength(content);
  return [key, { key, size, etag: md5(content), lastModified: 0, ...overrides }];
}

/** What the ledger knows of an object that the last release put there with these headers. */
export function ledgerObject(content: string, headers: string, overrides: Partial<LedgerObject> = {}): LedgerObject {
  const sum = md5(content);
  return { md5: sum, size: Buffer.byteLength(content), etag: sum, headers, first: 1, last: 1, ...overrides };
}

export const ledgerOf = (
  objects: Readonly<Record<string, LedgerObject>>,
  releases: readonly LedgerRelease[] = [],
): Ledger => ({ prefixes: [], releases, objects: new Map(Object.entries(objects)), uploads: [] });

/** A release of the commit `c<seq>` by the run of the same number, unless told otherwise. */
export const releaseOf = (seq: number, more: Partial<LedgerRelease> = {}): LedgerRelease => ({
  seq,
  release: `r${seq}`,
  sha: `c${seq}`,
  at: '2026-03-01T12:00:00Z',
  run: { id: seq, attempt: 1 },
  ...more,
});

/** What preparing a sync of these folders is asked for, by a run that knows of no release before. */
export const planRequest = (folders: readonly SyncFolder[], more: Partial<PlanRequest> = {}): PlanRequest => ({
  folders,
  scan: startScan(
    { folders, within: folders.map(({ folder }) => dirname(folder)), allowFiles: [], shard: more.shard },
    noReaders,
    never,
  ),
  headers: [],
  compressInto: '/nowhere',
  gzip: undefined,
  shard: undefined,
  names: new Set(),
  manifestPath: undefined,
  bundled: new Set(),
  ledger: emptyLedger,
  shardLedgers: async () => [],
  ...more,
});

/** A ledger that nobody else writes: as it is given, or without any release. */
export function quietLedger(planned: Ledger = emptyLedger, more: Partial<SyncLedger> = {}): SyncLedger {
  return {
    planned,
    before: planned,
    now: () => planned,
    enter: async () => true,
    ...more,
  };
}

/** What sending a plan needs, with some of it given. */
export const applyOptions = (more: Partial<SyncOptions> = {}): SyncOptions => ({
  ledger: quietLedger(),
  signal: never,
  changedAt: async () => undefined,
  onProgress: () => undefined,
  ...more,
});
