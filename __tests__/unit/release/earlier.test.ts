import { expect, test } from '@jest/globals';
import type { Ledger, LedgerRelease } from '../../../src/ledger/ledger.ts';
import { expectEarlier } from '../../../src/release/earlier.ts';
import { stored } from '../../support/ledger.ts';

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
