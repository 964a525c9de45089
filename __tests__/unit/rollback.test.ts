import { describe, expect, test } from '@jest/globals';
import { expectEarlier } from '../../src/release/stage.ts';
import { findTarget } from '../../src/rollback.ts';
import type { Ledger, LedgerRelease } from '../../src/store/ledger.ts';
import { stored } from '../support/ledger.ts';

const at = '2026-03-01T12:00:00.000Z';

/** Releases of the commits a, b, c…, as they followed one another; an upper-case one was never live. */
const releases = (commits: string): LedgerRelease[] =>
  [...commits].map((name, index) => ({
    seq: index + 1,
    release: `${name.toLowerCase()}-${index + 1}.1`,
    sha: name.toLowerCase().repeat(40),
    at,
    run: { id: index + 1, attempt: 1 },
    ...(name === name.toLowerCase() ? { live: at, proof: 'asset' as const } : {}),
  }));

describe('the release to go back to', () => {
  test.each([
    ['is the one before the live one', 'abc', undefined, 2],
    ['is none where there was none before', 'a', undefined, undefined],
    ['was live', 'aBc', undefined, 1],
    ['is of another commit', 'abb', undefined, 1],
    ['is never what a way back has left', 'abcb', undefined, 1],
    ['is the newest of a commit that is named', 'abac', 'aaaaaaa', 3],
    ['is the one whose id is named', 'abac', 'a-1.1', 1],
    ['is none by so short a name that it may be any', 'abc', 'aaaa', undefined],
    ['is none that was never live', 'aBc', 'bbbbbbb', undefined],
  ])('%s (%s, asked for %s)', (_, commits, to, seq) => {
    expect(findTarget(releases(commits), to)?.seq).toBe(seq);
  });
});

test('a page shows that it is an earlier release by what only that one named', () => {
  const object = (first: number, last: number, media = false) => ({
    ...stored('x'),
    first,
    last,
    ...(media ? { media: true as const } : {}),
  });
  const ledger: Ledger = {
    releases: releases('ab'),
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
