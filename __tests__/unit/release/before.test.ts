import { describe, expect, test } from '@jest/globals';
import { releaseStage } from '../../../src/commands/stages/release-stage.ts';
import { readBefore } from '../../../src/release/earlier.ts';
import { type Before, expectAssets } from '../../../src/release/expectation.ts';
import { memoryStore } from '../../support/fakes.ts';
import { openAt, past, stageIO } from '../../support/ledger.ts';
import { minutes, otherSha, refused, request, sha } from '../../support/release.ts';

const third = 'c0ffee00112233445566778899aabbccddeeff00';
const app = 'app.5af66c1b1797.css';
const logo = 'logo.0123456789ab.svg';
const names = new Set([app, logo]);
const keys = [`static/${app}`, `static/${logo}`];

type Past = Parameters<typeof past>[1];

/** What a run of `sha` knows of these releases, the oldest first. */
async function before(...releases: Past[]): Promise<Before> {
  const store = memoryStore();
  for (const release of releases) await past(store, release);
  return readBefore(await openAt(store, sha), sha, names, 'static/');
}
const fresh = (...files: string[]): Before => ({ kind: 'other', fresh: new Set(files), shown: false });

describe('what a run knows of the releases before it', () => {
  test('is nothing without a bucket', () => {
    expect(readBefore(undefined, sha, names, 'static/')).toEqual({ kind: 'unknown' });
  });

  test.each<[string, Past[], Before]>([
    ['no release before', [], { kind: 'first' }],
    ['this commit is live', [{ sha, files: keys, live: true }], { kind: 'same-commit' }],
    ['this commit was put there and never went live', [{ sha, files: keys }], { kind: 'first' }],
    ['another commit is live without these files', [{ sha: otherSha, files: [], live: true }], fresh(app, logo)],
    ['another commit is live with one of them', [{ sha: otherSha, files: keys.slice(1), live: true }], fresh(app)],
    ['another commit is live with all of them', [{ sha: otherSha, files: keys, live: true }], fresh()],
    [
      'a later one was never proven live and may be',
      [
        { sha: otherSha, files: keys.slice(1), live: true },
        { sha: third, files: keys },
      ],
      fresh(),
    ],
    [
      'a later one failed at the host',
      [
        { sha: otherSha, files: keys.slice(1), live: true },
        { sha: third, files: keys, failed: true },
      ],
      fresh(app),
    ],
    [
      'one before the live one had them',
      [
        { sha: third, files: keys, live: true },
        { sha: otherSha, files: [], live: true },
      ],
      fresh(app, logo),
    ],
    [
      'this commit was live before the one that is',
      [
        { sha, files: keys, live: true },
        { sha: otherSha, files: keys.slice(1), live: true },
      ],
      fresh(app),
    ],
  ])('%s', async (_, releases, known) => {
    expect(await before(...releases)).toEqual(known);
  });

  test('looks for the files below the prefix of this environment', async () => {
    const store = memoryStore();
    await past(store, { sha: otherSha, files: keys, live: true });
    const session = await openAt(store, sha);
    expect(readBefore(session, sha, names, 'static/')).toEqual(fresh());
    expect(readBefore(session, sha, names, 'assets/')).toEqual(fresh(app, logo));
  });
});

describe('a release that is serving proves nothing about the next one', () => {
  /** The host refuses a run of a commit, as releaseStage writes it down. */
  const refusedRun = async (store: ReturnType<typeof memoryStore>, commit: string) => {
    const io = stageIO();
    const trigger = async () => {
      throw refused(401);
    };
    const session = await openAt(store, commit);
    const asked = { ...request, sha: commit };
    await releaseStage({ host: { trigger }, title: 'Testhost' }, asked, io.clock.now() + minutes, session, io).catch(
      () => undefined,
    );
  };
  const evidenceOf = async (store: ReturnType<typeof memoryStore>) => {
    const known = readBefore(await openAt(store, sha), sha, names, 'static/');
    return [...expectAssets(names, known, undefined).assets];
  };

  test('also after the host refused a second run of it', async () => {
    const store = memoryStore();
    await past(store, { sha: otherSha, files: keys.slice(1), live: true });
    await refusedRun(store, otherSha);
    expect(await evidenceOf(store)).toEqual([app]);
  });

  test('also where the host refused its first run, and the second went live', async () => {
    const store = memoryStore();
    await refusedRun(store, otherSha);
    await past(store, { sha: otherSha, files: keys.slice(1), live: true });
    expect(await evidenceOf(store)).toEqual([app]);
  });
});
