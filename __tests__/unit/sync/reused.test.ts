import { describe, expect, test } from '@jest/globals';
import { emptyLedger, type Ledger } from '../../../src/ledger/ledger.ts';
import type { ListedObject, ObjectStore } from '../../../src/store/store.ts';
import { findReused } from '../../../src/sync/reused.ts';
import { planSync } from '../../../src/sync/sync-plan.ts';
import { memoryStore, never } from '../../support/fakes.ts';
import {
  formsOf,
  hashedName,
  ledgerObject,
  ledgerOf,
  listedObject,
  remoteOf,
  scanned,
  syncSource,
} from '../../support/sync.ts';

const name = 'assets/main-Bvn7sEtP.js';
const key = `static/${name}`;
const file = scanned(name, 'new');
const source = syncSource([file], { bundled: new Set([name]) });

/** What the ledger says of a file with a bundler's name. */
const row = (content: string, reused = false) => {
  const one = scanned(name, content);
  const { plain } = formsOf(source, one, undefined, reused ? [key] : []);
  return ledgerOf({ [key]: ledgerObject(content, plain.fingerprint) });
};

describe('a file with a name that a bundler made', () => {
  const planned = (ledger: Ledger, there?: [string, ListedObject], reused: readonly string[] = []) => {
    const {
      puts,
      unchanged,
      conflicts,
      reused: named,
    } = planSync([source], remoteOf(there ? [there] : [], [], reused), ledger);
    const [one] = [...puts.map(({ file }) => file), ...unchanged, ...conflicts];
    const kept = one?.form.headers.cacheControl.includes('immutable');
    return { kept, phase: one?.phase, puts: puts.map(({ reason }) => reason), conflicts: conflicts.length, named };
  };

  test('is kept by browsers for a year', () => {
    expect(planned(emptyLedger)).toEqual({ kept: true, phase: 'hashed', puts: ['new'], conflicts: 0, named: [] });
  });

  test('stays so as long as the bytes stay', () => {
    const same = listedObject(key, 'new');
    expect(planned(row('new'), same)).toEqual({ kept: true, phase: 'hashed', puts: [], conflicts: 0, named: [] });
  });

  test.each([
    ['that is in the bucket', listedObject(key, 'old')] as const,
    ['that is gone by now', undefined] as const,
  ])('is asked for again and again where a release of ours had other bytes under the name, %s', (_where, there) => {
    expect(planned(row('old'), there)).toMatchObject({ kept: false, phase: 'plain', conflicts: 0, named: [name] });
  });

  test('is never trusted again after that', () => {
    const same = listedObject(key, 'new');
    expect(planned(row('new', true), same)).toEqual({
      kept: false,
      phase: 'plain',
      puts: [],
      conflicts: 0,
      named: [name],
    });
  });

  test('is asked for again and again where somebody else had other bytes under the name', () => {
    expect(planned(emptyLedger, listedObject(key, 'old'), [key])).toEqual({
      kept: false,
      phase: 'plain',
      puts: ['changed'],
      conflicts: 0,
      named: [name],
    });
  });

  test('of ours that somebody else changed in the bucket is fixed', () => {
    expect(planned(row('new'), listedObject(key, 'old'))).toMatchObject({ kept: true, puts: ['changed'], named: [] });
  });

  test('is no other than before as media', () => {
    const media = syncSource([file], { kind: 'media', bundled: new Set([name]) });
    expect(planSync([media], remoteOf(), emptyLedger).puts).toMatchObject([
      { file: { phase: 'media', immutable: false } },
    ]);
  });

  test('and Django’s hash on top is proven by that', () => {
    const hashed = hashedName(name, 'new');
    const both = { hashedNames: new Set([hashed]), bundled: new Set([name]) };
    const phaseOf = (content: string) =>
      planSync([syncSource([scanned(hashed, content)], both)], remoteOf(), emptyLedger).puts[0]?.file.phase;
    expect([phaseOf('new'), phaseOf('other')]).toEqual(['hashed', 'plain']);
  });
});

describe('other bytes under the name of a bundler are looked at', () => {
  const find = async (
    content: string,
    head: Partial<Awaited<ReturnType<ObjectStore['head']>>> = {},
    ledger = emptyLedger,
  ) => {
    const store = memoryStore();
    store.seed(key, content);
    const asked: ObjectStore = {
      ...store,
      head: async (one, signal) => {
        const found = await store.head(one, signal);
        return found && { ...found, ...head };
      },
    };
    const reused = await findReused([source], new Map([listedObject(key, content)]), ledger, asked, never);
    return { reused: [...reused], heads: store.heads.length };
  };

  test('and are another file', async () => {
    expect(await find('old')).toEqual({ reused: [key], heads: 1 });
  });

  test.each([
    ['compressed', { headers: { contentEncoding: 'gzip' } }],
    ['encrypted', { encrypted: true }],
    ['sent in parts', { etag: 'b54357faf0632cce46e942fa68356b38-2' }],
    ['told by their metadata', { md5: file.md5 }],
  ])('and are the same where they may be, because they are %s', async (_why, head) => {
    expect(await find('old', head)).toEqual({ reused: [], heads: 1 });
  });

  test('and not asked for where they are the same, or the ledger tells', async () => {
    expect(await find('new')).toEqual({ reused: [], heads: 0 });
    expect(await find('old', {}, row('new'))).toEqual({ reused: [], heads: 0 });
  });
});
