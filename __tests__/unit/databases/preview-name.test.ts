import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Identity, makeIdentity, sameIdentity } from '../../../src/core/identity.ts';
import { markOf, preparedEnd, readMark } from '../../../src/databases/preview-mark.ts';
import { previewDatabaseName, pullRequestOf } from '../../../src/databases/preview-name.ts';

const identity = (given: Partial<Parameters<typeof makeIdentity>[0]> = {}): Identity =>
  makeIdentity({ repository: '1296269', workingDirectory: '.', environment: 'preview', pullRequest: 7, ...given });

describe('the name of a preview’s database', () => {
  test('tells the repository, the app and the pull request', () => {
    expect(previewDatabaseName(identity())).toMatch(/^preview_1296269_[0-9a-f]{12}_pr_7$/);
    expect(previewDatabaseName(identity({ workingDirectory: './apps/Web/' }))).toMatch(
      /^preview_1296269_apps_web_[0-9a-f]{12}_pr_7$/,
    );
  });

  test('is the same in every run', () => {
    expect(previewDatabaseName(identity({ workingDirectory: 'apps//web' }))).toBe(
      previewDatabaseName(identity({ workingDirectory: 'apps/web/' })),
    );
  });

  const any = fc.record({
    repository: fc.oneof(fc.nat().map(String), fc.string({ minLength: 1, unit: 'grapheme' })),
    workingDirectory: fc.string({ unit: 'grapheme' }),
    environment: fc.string({ minLength: 1, unit: 'grapheme' }),
    pullRequest: fc.integer({ min: 1, max: 2 ** 31 }),
  });

  test('fits every server, needs no quotes, and ends in the number', () => {
    fc.assert(
      fc.property(any, (given) => {
        const name = previewDatabaseName(makeIdentity(given));
        expect(name).toMatch(/^preview_[a-z0-9_]*_pr_\d+$/);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63);
        expect(pullRequestOf(name)).toBe(given.pullRequest);
      }),
    );
  });

  test('is another one for every other repository, app, environment and pull request', () => {
    fc.assert(
      fc.property(any, any, (one, other) => {
        const [first, second] = [makeIdentity(one), makeIdentity(other)];
        expect(previewDatabaseName(first) === previewDatabaseName(second)).toBe(sameIdentity(first, second));
      }),
    );
    const long = 'apps/'.repeat(40);
    const names = [
      identity({ workingDirectory: `${long}one` }),
      identity({ workingDirectory: `${long}two` }),
      identity({ workingDirectory: 'apps_web' }),
      identity({ workingDirectory: 'apps/web' }),
      identity({ workingDirectory: 'Apps/web' }),
      identity({ environment: 'staging' }),
      identity({ pullRequest: 70 }),
    ].map(previewDatabaseName);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(['shop', 'pr_7', 'preview_1_a_pr_0', 'preview_1_a_pr_7_old'])('%s is none', (name) => {
    expect(pullRequestOf(name)).toBeUndefined();
  });
});

describe('the mark', () => {
  test('says whose database it is, prepared or not', () => {
    const mark = markOf(identity({ workingDirectory: "it's/ünder" }));
    for (const text of [mark, mark + preparedEnd])
      expect(readMark(text)).toEqual(identity({ workingDirectory: "it's/ünder" }));
  });

  test.each(['', 'Production', 'Preview database of deploy-django: ', 'Preview database of deploy-django: no path'])(
    '"%s" is none of ours',
    (text) => {
      expect(readMark(text)).toBeUndefined();
    },
  );
});
