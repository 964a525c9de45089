import { describe, expect, test } from '@jest/globals';
import { sweep } from '../../../src/commands/sweep.ts';
import { commentMarker } from '../../../src/github/comment.ts';
import { HostAnswerError } from '../../../src/hosts/contract/host.ts';
import { openLedgerSession } from '../../../src/ledger/session.ts';
import { type MemoryStore, memoryStore, never } from '../../support/fakes.ts';
import { type MemoryGitHub, memoryGitHub } from '../../support/github/memory.ts';
import { createHarbour } from '../../support/harbour.ts';
import { identityOf } from '../../support/identity.ts';
import { bookIO, ownOf, stored } from '../../support/ledger.ts';
import { createRun, type RunOptions } from '../../support/run.ts';

const head = 'a'.repeat(40);
const plan = { kind: 'sweep', environment: 'production' } as const;

/** Pull request 7 is open; 4 and 9 are closed, and have left something at GitHub. */
function world(): { github: MemoryGitHub; harbour: ReturnType<typeof createHarbour> } {
  const harbour = createHarbour();
  for (const number of [4, 7, 9]) harbour.previews.set(number, head);
  const github = memoryGitHub(
    [4, 7, 9, 11, 12].map((number) => ({ number, open: number === 7, head, from: 'octo/site' })),
  );
  for (const number of [4, 7, 9]) {
    github.deployed({ environment: `preview/pr-${number}`, sha: head, payload: { release: 'x' } }, 'success');
  }
  github.deployed({ environment: 'production', sha: head }, 'success');
  return { github, harbour };
}

/** A bucket in which these environments have a ledger that names one file of each. */
async function bucketOf(environments: readonly string[]): Promise<MemoryStore> {
  const store = memoryStore();
  for (const environment of environments) {
    store.seed(`files/${environment}`, 'x');
    const session = await openLedgerSession(
      store,
      { identity: identityOf(environment), shard: undefined, own: ownOf('abc', 1) },
      bookIO(),
    );
    await session.save(
      { prefixes: [`files/${environment}`], objects: new Map([[`files/${environment}`, stored('x')]]) },
      never,
    );
  }
  return store;
}

const runWith = (options: RunOptions) => createRun({ plan, ...options, context: { event: 'schedule' } });
const environments = ({ made }: MemoryGitHub) => made.map(({ environment }) => environment);

describe('a sweep', () => {
  test('takes away the previews whose pull request is closed, at the host and at GitHub', async () => {
    const { github, harbour } = world();
    const run = runWith({ github, harbour });
    await sweep(run);
    expect([...harbour.previews.keys()]).toEqual([7]);
    expect(environments(github)).toEqual(['production', 'preview/pr-7']);
    expect(run.recorder.report()).toMatchObject({ status: 'removed', reason: '3 previews found, 2 taken away.' });
    expect(run.saved).toEqual([]);
  });

  test('says so in the comments that there are, and makes none', async () => {
    const { github, harbour } = world();
    const marker = `${commentMarker({ identity: identityOf('preview/pr-9') })}\n<!-- run: 3.1 -->\n`;
    await github.createComment(9, `${marker}Live`);
    await sweep(runWith({ github, harbour }));
    expect(github.written.map(({ issue }) => issue)).toEqual([9]);
    expect(github.written[0]?.body).toMatch(/Removed/);
    expect(github.written[0]?.body).not.toContain('#4');
  });

  test('finds those that only the bucket knows, and counts all that it deletes', async () => {
    const { github, harbour } = world();
    const store = await bucketOf(['production', 'preview/pr-7', 'preview/pr-11', 'preview/pr-12', 'feature/preview']);
    const run = runWith({ github, harbour, store, inputs: { bucket: 'site' } });
    await sweep(run);
    expect(run.recorder.report()).toMatchObject({ reason: '5 previews found, 4 taken away.', sync: { deleted: 2 } });
    const files = [...store.objects.keys()].filter((key) => key.startsWith('files/'));
    expect(files).toEqual(['files/production', 'files/preview/pr-7', 'files/feature/preview']);
  });

  test('looks for the environments that the input names', async () => {
    const { github, harbour } = world();
    github.deployed({ environment: 'shop/pr-9', sha: head, payload: { release: 'x' } }, 'success');
    await sweep(runWith({ github, harbour, inputs: { environment: 'shop' } }));
    expect(environments(github)).not.toContain('shop/pr-9');
    expect(environments(github)).toContain('preview/pr-9');
    expect([...harbour.previews.keys()]).toEqual([4, 7]);
  });

  test('is nothing where every preview is open', async () => {
    const run = runWith({ github: memoryGitHub() });
    await sweep(run);
    expect(run.recorder.report()).toMatchObject({ status: 'skipped', reason: '0 previews found, 0 taken away.' });
  });

  test('only names them in a dry run', async () => {
    const { github, harbour } = world();
    const run = runWith({ github, harbour, inputs: { dryRun: true } });
    await sweep(run);
    expect(run.recorder.report()).toMatchObject({
      status: 'planned',
      reason: 'Nothing was changed; 2 previews would go (#4, #9).',
    });
    expect([harbour.previews.size, github.made.length]).toEqual([3, 4]);
  });
});

describe('what a sweep cannot take away', () => {
  test('is warned of and stays at GitHub, and the others go', async () => {
    const { github, harbour } = world();
    let first = true;
    const definition = {
      ...harbour.definition,
      create: (...given: Parameters<typeof harbour.definition.create>) => {
        if (first) harbour.refuse.set('teardown', new HostAnswerError('not now', 400));
        else harbour.refuse.clear();
        first = false;
        return harbour.definition.create(...given);
      },
    };
    const run = runWith({ github, harbour: { ...harbour, definition } });
    await sweep(run);
    expect([...harbour.previews.keys()]).toEqual([4, 7]);
    expect(environments(github)).toEqual(['production', 'preview/pr-7', 'preview/pr-4']);
    expect(run.recorder.report()).toMatchObject({
      status: 'removed',
      reason: '3 previews found, 1 taken away.',
      warnings: [expect.stringMatching(/^The preview of pull request #4 stays: .*not now/)],
    });
  });

  test('fails the run where it is all of them', async () => {
    const { github, harbour } = world();
    harbour.refuse.set('teardown', new HostAnswerError('not now', 400));
    await expect(sweep(runWith({ github, harbour }))).rejects.toMatchObject({
      code: 'HOST_REFUSED',
      message: 'No preview could be taken away: 4, 9.',
    });
    expect(harbour.previews.size).toBe(3);
  });
});

describe('nobody is guessed to be closed where', () => {
  test('there is no token', async () => {
    await expect(sweep(runWith({ github: null }))).rejects.toMatchObject({ code: 'INVALID_INPUTS' });
  });

  test('GitHub does not say who is open', async () => {
    const { github, harbour } = world();
    github.refuse('openPullRequests', 'unavailable');
    await expect(sweep(runWith({ github, harbour }))).rejects.toMatchObject({ code: 'GITHUB_FAILED' });
    expect(harbour.previews.size).toBe(3);
  });
});
