import { describe, expect, test } from '@jest/globals';
import type { Ledger, LedgerRelease } from '../../../src/ledger/ledger.ts';
import { expectEarlier, readBefore } from '../../../src/release/earlier.ts';
import { expectAssets } from '../../../src/release/expectation.ts';
import { memoryStore, never } from '../../support/fakes.ts';
import { openAt, past, stored } from '../../support/ledger.ts';

const at = '2026-03-01T12:00:00.000Z';

/** Two releases, one after the other, which their own files proved. */
const releases: readonly LedgerRelease[] = ['a', 'b'].map((name, index) => ({
  seq: index + 1,
  release: `${name}-${index + 1}.1`,
  sha: name.repeat(40),
  at,
  run: { id: index + 1, attempt: 1 },
  live: at,
  proof: 'asset',
}));

test('a page shows that it is an earlier release by what only that one named', () => {
  const object = (first: number, last: number, media = false) => ({
    ...stored('x'),
    first,
    last,
    ...(media ? { media: true as const } : {}),
  });
  const ledger: Ledger = {
    releases,
    prefixes: [],
    uploads: [],
    objects: new Map([
      ['static/app/base.000000000001.css', object(1, 1)],
      ['static/app/base.000000000002.css', object(2, 2)],
      ['static/lib/same.000000000003.js', object(1, 2)],
      ['static/app/base.css', object(1, 2)],
      ['media/cat.000000000004.png', object(1, 2, true)],
    ]),
  };
  const [earlier] = ledger.releases;
  if (!earlier) throw new Error('There is no release.');
  const found = expectEarlier(ledger, earlier, '<link href="/static/app/base.000000000002.css">');
  expect(found).toMatchObject({ need: 'required', expected: 'a page with app/base.000000000001.css' });
  expect(found.names).toEqual(new Set(['app/base.000000000001.css', 'lib/same.000000000003.js']));
});

describe('a run of a commit whose page was seen, and whose files did not load,', () => {
  const sha = 'c'.repeat(40);
  const name = 'app.5af66c1b1797.css';
  const names = new Set([name]);

  async function broken(others: readonly string[] = []) {
    const store = memoryStore();
    for (const [at, other] of others.entries()) await past(store, { sha: other, files: [], live: true, run: at + 1 });
    const first = await openAt(store, sha, 8);
    await first.save({ marks: { proof: 'asset' }, objects: new Map([[`static/${name}`, stored('x')]]) }, never);
    return readBefore(await openAt(store, sha, 9), sha, names, 'static/');
  }

  test('is one of the same commit where no other was before', async () => {
    expect(await broken()).toEqual({ kind: 'same-commit' });
  });

  test('may be proven by the files that the page names already where another was before', async () => {
    const before = await broken(['b'.repeat(40)]);
    expect(before).toEqual({ kind: 'other', fresh: names, shown: false, again: true });
    expect(expectAssets(names, before, `<link href="/static/${name}">`).assets).toEqual(names);
  });

  test('proves nothing by them for another commit', async () => {
    const store = memoryStore();
    const first = await openAt(store, sha, 8);
    await first.save({ marks: { proof: 'asset' }, objects: new Map([[`static/${name}`, stored('x')]]) }, never);
    const other = 'd'.repeat(40);
    const before = readBefore(await openAt(store, other, 9), other, names, 'static/');
    expect(before).toEqual({ kind: 'other', fresh: new Set(), shown: false });
  });
});
