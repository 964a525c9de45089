import { namedAssets, replacedAssets } from './judge.ts';

/** What is known of the releases before this one. */
export type Before =
  /** No release of ours was ever live here, or the one that is live is of the same commit. */
  | { readonly kind: 'first' | 'same-commit' }
  /**
   * `fresh`: hashed names of this release that none of those that may be serving had. `shown`: the page of the last live
   * release named its files, so that the page of the next one does too.
   */
  | { readonly kind: 'other'; readonly fresh: ReadonlySet<string>; readonly shown: boolean }
  /** There is no bucket and so no ledger: only the page as it was can tell. */
  | { readonly kind: 'unknown' };

export interface Expectation {
  /**
   * `required`: the new release's page has to show it, or the deploy has failed. `possible`: the page may show it and may
   * as well look as before. `none`: nothing tells the two apart.
   */
  readonly need: 'required' | 'possible' | 'none';
  /** Hashed names that count as evidence. */
  readonly assets: ReadonlySet<string>;
  /** All hashed names of the release: a page that has one of their files under another hash is of another release. */
  readonly names: ReadonlySet<string>;
  /** What a page of the new release shows, for people. */
  readonly expected: string;
  /** The page showed the same before the deploy, so that it proves less. */
  readonly weak: boolean;
}

const some = (names: Iterable<string>) => [...names].slice(0, 3).join(', ');
const without = (names: ReadonlySet<string>, others: ReadonlySet<string>) =>
  new Set([...names].filter((name) => !others.has(name)));

/**
 * What a page must show to prove the release by its static files.
 * @param names Hashed names in the new release's manifest.
 * @param pageBefore The page as it answered (2xx) before anything was changed; undefined where it did not.
 */
export function expectAssets(names: ReadonlySet<string>, before: Before, pageBefore: string | undefined): Expectation {
  const shown = namedAssets(pageBefore ?? '', names);
  const replaced = replacedAssets(pageBefore ?? '', names);
  const expect = (
    need: Expectation['need'],
    assets: ReadonlySet<string>,
    expected: string,
    weak = false,
  ): Expectation => ({
    need: assets.size === 0 ? 'none' : need,
    assets,
    names,
    expected:
      assets.size === 0 ? 'a page that answers (no static file tells this release from the previous one)' : expected,
    weak,
  });
  const known = before.kind === 'first' || before.kind === 'same-commit';
  if (known && replaced.length === 0) {
    const weak = before.kind === 'first' && shown.size > 0;
    return expect('required', names, 'a page with static files of this release', weak);
  }
  // What the page names already is no evidence, wherever it has it from.
  const assets = without(before.kind === 'other' ? before.fresh : names, shown);
  const successors = replaced.filter((name) => assets.has(name));
  if (successors.length > 0) return expect('required', assets, `a page with ${some(successors)}`);
  const namesFiles = before.kind === 'other' ? before.shown : pageBefore === undefined;
  if (namesFiles && shown.size === 0) return expect('required', assets, 'a page with static files of this release');
  // The page may look the same in both releases: it named files of ours that did not change, or it names none.
  if (before.kind === 'unknown' && shown.size > 0) return expect('none', new Set(), '');
  return expect(
    'possible',
    assets,
    `a page with one of ${assets.size} files that only this release has, such as ${some(assets)}`,
  );
}
