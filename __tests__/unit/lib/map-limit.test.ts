import { expect, test } from '@jest/globals';
import { mapLimit } from '../../../src/lib/map-limit.ts';
import { never } from '../../support/fakes.ts';

/** Work that ends only when it is told to, and counts how much of it runs at once. */
function gates() {
  const open: (() => void)[] = [];
  const started: number[] = [];
  let running = 0;
  let most = 0;
  return {
    started,
    most: () => most,
    pass: (index: number) => open[index]?.(),
    work: async (item: number) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      open[item] = resolve;
      started.push(item);
      most = Math.max(most, ++running);
      await promise;
      running--;
      return `r${item}`;
    },
  };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test('results come in the order of the items, whichever ends first', async () => {
  const { work, pass } = gates();
  const result = mapLimit([0, 1, 2], 3, never, work);
  for (const index of [2, 0, 1]) pass(index);
  expect(await result).toEqual(['r0', 'r1', 'r2']);
});

test('no more than the limit run at once, and each free place is filled', async () => {
  const { work, pass, most, started } = gates();
  const result = mapLimit([0, 1, 2, 3], 2, never, work);
  expect(started).toEqual([0, 1]);
  pass(1);
  await settle();
  expect(started).toEqual([0, 1, 2]);
  for (const index of [0, 2]) pass(index);
  await settle();
  pass(3);
  expect(await result).toHaveLength(4);
  expect(most()).toBe(2);
});

test('a failure starts nothing more, waits for what runs, and is thrown', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const ended: number[] = [];
  const begun: number[] = [];
  let settled = false;
  const result = mapLimit([0, 1, 2, 3], 2, never, async (item) => {
    begun.push(item);
    if (item === 0) throw new Error('first');
    await promise;
    ended.push(item);
  }).finally(() => {
    settled = true;
  });
  result.catch(() => undefined);
  await settle();
  expect(settled).toBe(false);
  resolve();
  await expect(result).rejects.toThrow('first');
  expect(begun).toEqual([0, 1]);
  expect(ended).toEqual([1]);
});

test('an abort starts nothing more and is thrown with its reason', async () => {
  const controller = new AbortController();
  const begun: number[] = [];
  const result = mapLimit([0, 1, 2], 1, controller.signal, async (item) => {
    begun.push(item);
    controller.abort(new Error('cancelled'));
  });
  await expect(result).rejects.toThrow('cancelled');
  expect(begun).toEqual([0]);
});

test('nothing to do is done at once', async () => {
  expect(await mapLimit([], 8, never, async () => 1)).toEqual([]);
});
