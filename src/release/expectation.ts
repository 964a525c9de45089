import { namedAssets, replacedAssets } from './hashed-words.ts';

/** What is known of the releases before this one. */
export type Before =
  /** No release of ours was ever live here, or the one that is live is of the same commit. */
  | { readonly kind: 'first' | 'same-commit' }
  /**
   * `fresh`: hashed names of this release that none of those that may be serving had. `shown`: the page of the last live
   * release named its files, so that the page of the next one does too. `again`: an earlier run of this commit was seen by its files,
   * and was not good, so that the page names them already.
   */
  | { readonly kind: 'other'; readonly fresh: ReadonlySet<string>; readonly shown: boolean; readonly again?: true }
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
  /** How long a page is watched that answers and shows nothing of it, in milliseconds; 0 where `need` is `required`. */
  readonly patience: number;
}

/** A page that looks as before may be of the old release while its host still builds. */
const longPatience = 180_000;
/** The page answers for the first time, or named files of this release before it: more is hardly to come. */
const shortPatience = 30_000;

/** Why an answer of the page is not told from one of the release before, as half a sentence. */
export const whyUntold = ({ assets }: Expectation): string =>
  assets.size === 0 ? 'it has no new static file' : 'the page names none of its new static files';

/** One name is enough to know what is meant; the others count too. */
function anyOf(names: Iterable<string>): string {
  const [first = '', ...others] = names;
  return others.length > 0 ? `${first} or another new file` : first;
}

const without = (names: ReadonlySet<string>, others: ReadonlySet<string>) =>
  new Set([...names].filter((name) => !others.has(name)));

const anyFile = 'a page with static files of this release';
const newFile = 'a page with a static file of this release that it did not name before';

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
    patience = longPatience,
  ): Expectation => ({
    need: assets.size === 0 ? 'none' : need,
    assets,
    names,
    expected: assets.size === 0 ? '' : expected,
    patience: assets.size === 0 || need !== 'possible' ? 0 : patience,
  });
  // The release is live already; its own files are all that its page can show.
  if (before.kind === 'same-commit' && replaced.length === 0) {
    const showsNone = pageBefore !== undefined && shown.size === 0;
    return expect(showsNone ? 'possible' : 'required', names, anyFile, shortPatience);
  }
  // What the page names already is no evidence, wherever it has it from; but it is where it has it from this very commit.
  const old = before.kind === 'other' && before.again ? new Set<string>() : shown;
  const assets = without(before.kind === 'other' ? before.fresh : names, old);
  const successors = replaced.filter((name) => assets.has(name));
  if (successors.length > 0) return expect('required', assets, `a page with ${anyOf(successors)}`);
  if (before.kind === 'other' && before.shown && shown.size === 0) return expect('required', assets, anyFile);
  const patience = pageBefore === undefined || shown.size > 0 ? shortPatience : longPatience;
  if (before.kind === 'first') return expect('possible', assets, shown.size > 0 ? newFile : anyFile, patience);
  // The page may look the same in both releases: it named files of ours that did not change, or it names none.
  if (before.kind === 'unknown' && shown.size > 0) return expect('none', new Set(), '');
  return expect(
    'possible',
    assets,
    `a page with ${anyOf(assets)}`,
    before.kind === 'unknown' ? patience : longPatience,
  );
}
