import { describe, expect, test } from '@jest/globals';
import { type Before, type Expectation, expectAssets } from '../../../src/release/expectation.ts';

const app = 'css/app.5af66c1b1797.css';
const extra = 'js/extra.0123456789ab.js';
const names = new Set([app, extra]);
const first: Before = { kind: 'first' };
const same: Before = { kind: 'same-commit' };
const unknown: Before = { kind: 'unknown' };
const other = (...fresh: string[]): Before => ({ kind: 'other', fresh: new Set(fresh), shown: false });
const shows = (...fresh: string[]): Before => ({ kind: 'other', fresh: new Set(fresh), shown: true });
const again = (...fresh: string[]): Before => ({ kind: 'other', fresh: new Set(fresh), shown: true, again: true });
const links = (...files: string[]) => files.map((file) => `<link href="/static/${file}">`).join('');
const oldApp = links('css/app.111111111111.css');

type Row = [string, Before, string | undefined, Expectation['need'], string[]];

describe('the page of the new release', () => {
  test.each<Row>([
    ['first deploy, nothing answers', first, undefined, 'possible', [app, extra]],
    ['first deploy, a page without files of ours', first, '<p>coming soon', 'possible', [app, extra]],
    ['first deploy, the page names one of its files already', first, links(app), 'possible', [extra]],
    ['first deploy, the page names all of its files already', first, links(app, extra), 'none', []],
    ['same commit, the page names no files', same, '{"api": 1}', 'possible', [app, extra]],
    ['first deploy, the page is of an older build', first, oldApp, 'required', [app, extra]],
    ['same commit, the page is as it will be', same, links(app), 'required', [app, extra]],
    ['same commit, nothing answers', same, undefined, 'required', [app, extra]],
    ['other commit, the page has a file that is replaced', other(app), oldApp, 'required', [app]],
    ['other commit, nothing answers, one file is new', other(extra), undefined, 'possible', [extra]],
    ['other commit, a page without files of ours, one file is new', other(app), '<p>hello', 'possible', [app]],
    ['other commit, nothing answers where pages named files before', shows(app), undefined, 'required', [app]],
    ['other commit, a page without files where pages named them before', shows(app), '<p>hello', 'required', [app]],
    ['other commit, the files of the page stay, another is new', other(extra), links(app), 'possible', [extra]],
    ['other commit, the page names its files from a run that was broken', again(app), links(app), 'possible', [app]],
    ['other commit, all files stay', other(), links(app), 'none', []],
    ['other commit, all files stay, nothing answers', other(), undefined, 'none', []],
    ['no bucket, the page has a file that is replaced', unknown, oldApp, 'required', [app, extra]],
    [
      'no bucket, one file of the page stays and one is replaced',
      unknown,
      links(extra, 'css/app.111111111111.css'),
      'required',
      [app],
    ],
    ['no bucket, the files of the page stay', unknown, links(app), 'none', []],
    ['no bucket, the page has all files', unknown, links(app, extra), 'none', []],
  ])('%s', (_, before, pageBefore, need, assets) => {
    const found = expectAssets(names, before, pageBefore);
    expect({ need: found.need, assets: [...found.assets] }).toEqual({ need, assets });
  });

  test.each<[string, Before]>([
    ['first', first],
    ['same commit', same],
    ['other commit', other()],
    ['no bucket', unknown],
  ])('shows nothing where no name has a hash: %s', (_, before) => {
    expect(expectAssets(new Set(), before, oldApp)).toMatchObject({ need: 'none', assets: new Set() });
  });
});

test.each<[string, Before, string | undefined, number]>([
  ['may be of the old release while the host builds', first, '<p>coming soon', 180_000],
  ['answers for the first time', first, undefined, 30_000],
  ['named files of this release before', first, links(app), 30_000],
  ['has nothing new to show', first, links(app, extra), 0],
  ['has to show it', other(app), oldApp, 0],
])('a page that %s is watched for its time', (_, before, pageBefore, patience) => {
  expect(expectAssets(names, before, pageBefore).patience).toBe(patience);
});

test('the file that is to come is named for people', () => {
  expect(expectAssets(names, other(app), oldApp).expected).toBe(`a page with ${app}`);
  expect(expectAssets(names, other(extra), undefined).expected).toContain(extra);
});

describe('whatever is known of the releases before', () => {
  test('what is required can be shown', () => {
    // The release before had this file too and never went live, so that the page is of the one before that.
    const found = expectAssets(names, other(), oldApp);
    expect(found.need === 'required' && found.assets.size === 0).toBe(false);
  });

  test('a file that is named as expected counts as evidence', () => {
    const found = expectAssets(names, other(extra), oldApp);
    const named = [...names].filter((name) => found.expected.includes(name));
    expect(named.filter((name) => !found.assets.has(name))).toEqual([]);
  });

  test('what is waited for is named by one file, of however many', () => {
    const many = new Set(Array.from({ length: 129 }, (_, at) => `js/part-${at}.${String(at).padStart(12, 'a')}.js`));
    const { expected } = expectAssets(many, { kind: 'other', fresh: many, shown: false }, undefined);
    expect(expected).toBe('a page with js/part-0.aaaaaaaaaaa0.js or another new file');
  });

  test('what the page showed before the deploy is no evidence for it', () => {
    // An old instance can come to show new names: it reads the manifest in the bucket anew when it is restarted.
    const found = expectAssets(names, other(app, extra), links(app));
    expect([...found.assets]).not.toContain(app);
  });
});
