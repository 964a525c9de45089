import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from '@jest/globals';
import type { LedgerObject, LedgerRelease } from '../../src/store/ledger.ts';
import type { ListedObject } from '../../src/store/store.ts';
import type { SyncSource } from '../../src/sync/plan.ts';
import type { ScannedFile } from '../../src/sync/scan.ts';

export const md5 = (content: string | Uint8Array): string => createHash('md5').update(content).digest('hex');

/** `base.css` with the hash of its content in the name, as Django writes it. */
export function hashedName(path: string, content: string): string {
  const dot = path.lastIndexOf('.');
  const [stem, end] = dot < 0 ? [path, ''] : [path.slice(0, dot), path.slice(dot)];
  return `${stem}.${md5(content).slice(0, 12)}${end}`;
}

/** A file as a scan finds it, without one on the disk. */
export function scanned(path: string, content = '', overrides: Partial<ScannedFile> = {}): ScannedFile {
  const size = Buffer.byteLength(content);
  return { path, absolute: `/nowhere/${path}`, size, modified: 0, md5: md5(content), sniffed: undefined, ...overrides };
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

/** A folder and where it goes: static files under `static/`, unless told otherwise. */
export function syncSource(files: readonly ScannedFile[], overrides: Partial<SyncSource> = {}): SyncSource {
  const base = { kind: 'static', prefix: 'static/', acl: undefined, manifest: undefined } as const;
  return { ...base, files, hashedNames: new Set<string>(), ...overrides };
}

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

export const ledgerOf = (objects: Readonly<Record<string, LedgerObject>>, releases: readonly LedgerRelease[] = []) => ({
  releases,
  objects: new Map(Object.entries(objects)),
});
