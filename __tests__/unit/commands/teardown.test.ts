import { describe, expect, test } from '@jest/globals';
import { endPullRequest, teardown } from '../../../src/commands/teardown.ts';
import { HttpError } from '../../../src/core/http-error.ts';
import { HostAnswerError } from '../../../src/hosts/contract/host.ts';
import { ledgerKey } from '../../../src/ledger/keys.ts';
import { openLedgerSession } from '../../../src/ledger/session.ts';
import { createContext } from '../../support/context.ts';
import { type MemoryStore, memoryStore, never } from '../../support/fakes.ts';
import { memoryGitHub } from '../../support/github/memory.ts';
import { createHarbour } from '../../support/harbour.ts';
import { identityOf } from '../../support/identity.ts';
import { bookIO, ownOf, stored } from '../../support/ledger.ts';
import { createRun, type RunOptions } from '../../support/run.ts';

const plan = { kind: 'teardown', pullRequest: 7 } as const;
const ledger = ledgerKey(identityOf('preview/pr-7'));
const files = ['previews/1296269/pr-7/static/site.css', 'previews/1296269/pr-7/static/site.js'];

/** What a release put into the bucket, and the files themselves. */
async function put(store: MemoryStore, environment: string, keys: readonly string[]): Promise<void> {
  for (const key of keys) store.seed(key, 'x');
  const session = await openLedgerSession(
    store,
    { identity: identityOf(environment), shard: undefined, own: ownOf('abc', 1) },
    bookIO(),
  );
  await session.save({ objects: new Map(keys.map((key) => [key, stored('x')])) }, never);
}

/** A preview at the host and in the bucket, beside production's files. */
async function madePreview(store = memoryStore()) {
  const harbour = createHarbour();
  harbour.previews.set(7, 'abc').set(8, 'def');
  await put(store, 'production', ['static/site.css']);
  await put(store, 'preview/pr-7', files);
  return { store, harbour };
}

function runWith(options: RunOptions = {}) {
  return createRun({ plan, ...options, inputs: { bucket: 'site', ...options.inputs } });
}

const keysIn = ({ objects }: MemoryStore) => [...objects.keys()].sort();
const left = [ledgerKey(identityOf()), 'static/site.css'];

describe('the end of a preview', () => {
  test('takes away what it has at the host and in the bucket, and nothing else', async () => {
    const { store, harbour } = await madePreview();
    const run = runWith({ store, harbour });
    await teardown(run, 7);
    expect([...harbour.previews.keys()]).toEqual([8]);
    expect(keysIn(store)).toEqual(left);
    expect(run.recorder.report()).toMatchObject({
      status: 'removed',
      reason: 'The preview of pull request #7 is gone.',
      sync: { deleted: 2 },
      stages: [
        { name: 'Preview', failed: false, result: 'it is gone' },
        { name: 'Files', failed: false, result: '2 files deleted' },
      ],
    });
  });

  test('of one app leaves the other app of the pull request its files and its ledger', async () => {
    const { store, harbour } = await madePreview();
    const own = { identity: identityOf('preview/pr-7', 'blog'), shard: undefined, own: ownOf('abc', 1) };
    const blog = ['previews/1296269~blog/pr-7/a.css', 'previews/1296269/pr-7/static/site.js'];
    for (const key of blog) store.seed(key, 'x');
    const session = await openLedgerSession(store, own, bookIO());
    await session.save({ objects: new Map(blog.map((key) => [key, stored('x')])) }, never);
    await teardown(runWith({ store, harbour }), 7);
    expect(keysIn(store)).toEqual([ledgerKey(identityOf('preview/pr-7', 'blog')), ...left, ...blog].sort());
    await teardown(runWith({ store, harbour, inputs: { workingDirectory: 'blog' } }), 7);
    expect(keysIn(store)).toEqual([left[0], 'previews/1296269/pr-7/static/site.js', left[1]]);
  });

  test('can be asked for again', async () => {
    const { store, harbour } = await madePreview();
    await teardown(runWith({ store, harbour }), 7);
    const again = runWith({ store, harbour });
    await teardown(again, 7);
    expect(keysIn(store)).toEqual(left);
    expect(again.recorder.report()).toMatchObject({ status: 'removed', sync: { deleted: 0 } });
    expect(again.recorder.report().stages.map(({ result }) => result)).toEqual(['it was gone', '0 files deleted']);
  });

  test('asks no bucket and no host where there is none', async () => {
    const { store, harbour } = await madePreview();
    await teardown(createRun({ plan, store, harbour, inputs: { host: 'none' } }), 7);
    expect([...harbour.previews.keys()]).toEqual([7, 8]);
    expect(keysIn(store)).toContain(ledger);
  });

  test('is only told of in a dry run', async () => {
    const { store, harbour } = await madePreview();
    const run = runWith({ store, harbour, inputs: { dryRun: true } });
    await teardown(run, 7);
    expect(run.recorder.report().status).toBe('planned');
    expect([harbour.previews.has(7), keysIn(store).includes(ledger)]).toEqual([true, true]);
  });

  test('ends what a run that was cut off began to send in parts', async () => {
    const { store, harbour } = await madePreview();
    const session = await openLedgerSession(
      store,
      { identity: identityOf('preview/pr-7'), shard: undefined, own: ownOf('abc', 1) },
      bookIO(),
    );
    const begun = ['previews/1296269/pr-7/static/film.mp4', 'static/other.mp4'];
    await session.announce([], begun, never);
    store.uploads.push('previews/1296269/pr-7/static/film.mp4', 'static/other.mp4');
    await teardown(runWith({ store, harbour }), 7);
    expect(store.uploads).toEqual(['static/other.mp4']);
  });
});

describe('files stay', () => {
  test('that another environment names too', async () => {
    const { store, harbour } = await madePreview();
    await put(store, 'preview/pr-8', [files[0] ?? '']);
    const run = runWith({ store, harbour });
    await teardown(run, 7);
    expect(keysIn(store)).toEqual([ledgerKey(identityOf('preview/pr-8')), left[0], files[0], left[1]]);
    expect(run.recorder.report().sync?.deleted).toBe(1);
  });

  test.each([
    ['another environment', ledgerKey(identityOf('staging'))],
    ['the preview itself', ledger],
  ])('where the ledger of %s cannot be read, and the ledger with them', async (_, key) => {
    const { store, harbour } = await madePreview();
    store.seed(key, 'no ledger');
    const before = keysIn(store);
    const run = runWith({ store, harbour });
    await expect(teardown(run, 7)).rejects.toMatchObject({
      code: 'BUCKET_FAILED',
      message: `Ledgers in the bucket cannot be read: ${key}.`,
      hint: expect.stringContaining('those ledgers'),
    });
    expect(keysIn(store)).toEqual(before);
    expect(harbour.previews.has(7)).toBe(false);
  });
});

describe('one part that fails keeps no other', () => {
  test.each([
    ['does not know it', new HostAnswerError('no such service', 400), 1],
    ['is down', new HostAnswerError('oops', 503), 4],
    ['is not there', new HttpError('timeout', 'no answer'), 4],
  ])('the host %s, and the files go', async (_, error, times) => {
    const { store, harbour } = await madePreview();
    harbour.refuse.set('teardown', error);
    const run = runWith({ store, harbour });
    await expect(teardown(run, 7)).rejects.toMatchObject({
      code: 'HOST_REFUSED',
      message: expect.stringContaining('Harbour did not take the preview away'),
    });
    expect(keysIn(store)).toEqual(left);
    expect(harbour.asked.map(([what]) => what)).toEqual(Array.from({ length: times }, () => 'teardown'));
  });

  test('a file that cannot be deleted leaves the ledger, so that the next run goes on', async () => {
    const failOn = new Map([[files[1], new Error('AccessDenied')]]);
    const { store, harbour } = await madePreview(memoryStore({ failOn: (key) => failOn.get(key) }));
    const run = runWith({ store, harbour });
    await expect(teardown(run, 7)).rejects.toMatchObject({
      code: 'BUCKET_FAILED',
      message: '1 file could not be deleted, previews/1296269/pr-7/static/site.js among them: AccessDenied.',
    });
    expect(run.recorder.report().sync?.deleted).toBe(1);
    expect(keysIn(store)).toContain(ledger);
    failOn.clear();
    await teardown(runWith({ store, harbour }), 7);
    expect(keysIn(store)).toEqual(left);
  });

  test('a cancelled run ends at once', async () => {
    const { store, harbour } = await madePreview();
    const stop = new AbortController();
    harbour.refuse.set('teardown', new HostAnswerError('oops', 400));
    const run = runWith({ store, harbour, signal: stop.signal });
    stop.abort(new Error('cancelled'));
    await expect(teardown(run, 7)).rejects.toThrow('cancelled');
    expect(keysIn(store)).toContain(ledger);
  });
});

describe('a run of the event "closed"', () => {
  const context = createContext({ pullRequest: { number: 7, closed: true, fork: false, dependabot: false } });

  async function end(open: boolean | undefined, given: RunOptions = {}) {
    const { store, harbour } = await madePreview();
    const github = memoryGitHub(open === undefined ? [] : [{ number: 7, open, head: 'abc', from: 'octo/site' }]);
    const run = runWith({ store, harbour, context, github, ...given });
    if (open === undefined) run.hub.refuse('pullRequest', 'unavailable');
    await endPullRequest(run, 7);
    return { run, previews: [...harbour.previews.keys()], keys: keysIn(store) };
  }

  test('takes the preview away if it is closed', async () => {
    const { run, previews, keys } = await end(false);
    expect([run.recorder.report().status, previews, keys]).toEqual(['removed', [8], left]);
  });

  test('leaves it if the pull request is open again when the run comes, late or for the second time', async () => {
    const { run, previews, keys } = await end(true);
    expect(run.recorder.report()).toMatchObject({
      status: 'skipped',
      reason: 'Pull request #7 is open again, so its preview stays.',
      stages: [],
    });
    expect([previews, keys.filter((key) => files.includes(key))]).toEqual([[7, 8], files]);
  });

  test('takes it away where nobody can be asked, and with a warning where GitHub does not say', async () => {
    expect((await end(true, { github: null })).previews).toEqual([8]);
    const { run, previews } = await end(undefined);
    expect(previews).toEqual([8]);
    expect(run.recorder.report().warnings).toEqual([
      'Whether pull request #7 is open again is not known: GitHub does not take pullRequest.',
    ]);
  });

  test('and "command: teardown" on a pull request that is open takes it away', async () => {
    const opened = createContext({ pullRequest: { number: 7, closed: false, fork: false, dependabot: false } });
    expect((await end(true, { context: opened })).previews).toEqual([8]);
  });
});
