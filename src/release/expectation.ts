import { namedAssets, replacedAssets } from './evidence.ts';

/** What is known of the releases before this one. */
export type Before =
  /** No release of ours was ever live here, or the one that is live is of the same commit. */
  | { readonly kind: 'first' | 'same-commit' }
  /** `fresh`: hashed names of this release that none of those that may be serving had. */
  | { readonly kind: 'other'; readonly fresh: ReadonlySet<string> }
  /** There is no bucket and so no ledger: only the page as it was can tell. */
  | { readonly kind: 'unknown' };

export interface Expectation {
  /**
   * `required`: the new release's page has to show it, or the deploy has failed. `possible`: the page looked the same in
   * both releases so far, and may show it. `none`: nothing tells the two apart.
   */
  readonly need: 'required' | 'possible' | 'none';
  /** Hashed names that count as evidence. */
  readonly assets: ReadonlySet<string>;
  /** What a page of the new release shows, for people. */
  readonly expected: string;
  /** The page showed the same before the deploy, so that it proves less. */
  readonly weak: boolean;
}

const some = (names: Iterable<string>) => [...names].slice(0, 3).join(', ');

/**
 * What a page must show to prove the release by its static files.
 * @param names Hashed names in the new release's manifest.
 * @param pageBefore The page as it answered (2xx) before the host was asked; undefined where it did not.
 */
export function expectAssets(names: ReadonlySet<string>, before: Before, pageBefore: string | undefined): Expectation {
  const base = { weak: false };
  const none: Expectation = {
    ...base,
    need: 'none',
    assets: new Set(),
    expected: 'nothing that the release before had not',
  };
  if (names.size === 0) return none;
  const shown = pageBefore === undefined ? new Set<string>() : namedAssets(pageBefore, names);
  const replaced = pageBefore === undefined ? [] : replacedAssets(pageBefore, names);
  if (replaced.length > 0) {
    const assets = before.kind === 'other' ? before.fresh : new Set([...names].filter((name) => !shown.has(name)));
    return { ...base, need: 'required', assets, expected: `a page with ${some(replaced)}` };
  }
  if (before.kind === 'first' || before.kind === 'same-commit') {
    return {
      need: 'required',
      assets: names,
      expected: 'a page with static files of this release',
      weak: before.kind === 'first' && shown.size > 0,
    };
  }
  const assets = before.kind === 'other' ? before.fresh : new Set([...names].filter((name) => !shown.has(name)));
  if (assets.size === 0) return none;
  // The page did name files of ours, and all of them are the same in the new release: it may well look the same then.
  if (shown.size > 0)
    return before.kind === 'other'
      ? { ...base, need: 'possible', assets, expected: `a page with one of ${assets.size} new files` }
      : none;
  return {
    ...base,
    need: 'required',
    assets,
    expected: `a page with a static file that only this release has, such as ${some(assets)}`,
  };
}
