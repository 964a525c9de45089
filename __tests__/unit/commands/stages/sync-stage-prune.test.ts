import { describe, expect, test } from '@jest/globals';
import type { Inputs } from '../../../../src/inputs/inputs.ts';
import { openLedgerSession } from '../../../../src/ledger/session.ts';
import type { Shard } from '../../../../src/store/shard.ts';
import { memoryStore, never } from '../../../support/fakes.ts';
import { bookIO, ownOf, production, stored } from '../../../support/ledger.ts';
import { hashedName, tempFolders } from '../../../support/sync.ts';
import { prepareStage } from '../../../support/sync-stage.ts';

const folder = tempFolders();
const month = 30 * 86_400_000;
const name = hashedName('a.css', 'x');

/** Six releases that were live one after the other, the first of which alone had the file `old.css`. */
async function history(shard: Shard | undefined) {
  const store = memoryStore();
  for (const path of ['static/old.css', 'static/a.css', 'static/of-others.css']) store.seed(path, 'x');
  for (let run = 1; run <= 6; run++) {
    const own = ownOf(`c${run}`, run);
    const session = await openLedgerSession(store, { identity: production, shard, own }, bookIO());
    const files = ['static/a.css', ...(run === 1 ? ['static/old.css'] : [])];
    const objects = new Map(files.map((file) => [file, stored('x')]));
    const gone = { prefix: 'static/', since: 1 };
    await session.save({ objects, marks: { live: '2026-02-01T00:00:00Z' }, gone }, never);
  }
  return store;
}

async function plan(inputs: Partial<Inputs>, files: Readonly<Record<string, string>> = { 'static/a.css': 'x' }) {
  const store = await history(inputs.shard);
  const own = { run: { id: 7, attempt: 1 }, sha: 'c7' };
  const { plan, log } = await prepareStage(await folder(files), store, { inputs, own, names: [name] });
  const { prune } = (await plan()).value;
  return { store, prune, lines: log.lines.filter((line) => line.startsWith('  delete')) };
}

describe('the plan', () => {
  test('names what will be deleted, and deletes nothing', async () => {
    const { store, prune, lines } = await plan({ prune: month });
    expect(prune).toEqual(['static/old.css']);
    expect(lines).toEqual(['  delete  static/old.css  when the release is live']);
    expect([store.deletes, store.puts.filter((key) => key.startsWith('static/'))]).toEqual([[], []]);
  });

  test.each<[string, Partial<Inputs>, Record<string, string>]>([
    ['where prune is off', { prune: undefined }, { 'static/a.css': 'x' }],
    ['of a part of a sync', { prune: month, shard: { index: 1, of: 1 } }, { [`static/${name}`]: 'x' }],
    ['of a file that this release sends', { prune: month }, { 'static/old.css': 'changed' }],
    ['of a file that this release has as it is', { prune: month }, { 'static/old.css': 'x' }],
  ])('names nothing %s', async (_where, inputs, files) => {
    const { prune, lines } = await plan(inputs, files);
    expect([prune, lines]).toEqual([[], []]);
  });
});
