import { describe, expect, test } from '@jest/globals';
import { backoff, type RetryPolicy, retry } from '../../../src/lib/retry.ts';
import { fakeClock, never } from '../../support/fakes.ts';

const policy: RetryPolicy = { attempts: 4, base: 1_000, cap: 3_000, again: () => true };
const failing = (times: number) => {
  const tries: number[] = [];
  const work = async (attempt: number) => {
    tries.push(attempt);
    if (tries.length <= times) throw new Error(`failure ${tries.length}`);
    return 'done';
  };
  return { tries, work };
};
const tools = (random = () => 1) => ({ clock: fakeClock(), random });

describe('waits', () => {
  test.each([
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [4, 5_000],
    [30, 5_000],
  ])('before try %i + 1 are at most %i ms', (attempt, most) => {
    expect(backoff(attempt, 1_000, 5_000, () => 1)).toBe(most);
  });

  test('differ between runners that fail at the same time', () => {
    const waits = [0, 0.25, 0.5, 0.999].map((random) => backoff(3, 1_000, 60_000, () => random));
    expect(new Set(waits).size).toBe(4);
    for (const wait of waits) expect(wait).toBeGreaterThanOrEqual(1_000);
  });
});

test('work is tried until it succeeds, with a doubled wait between', async () => {
  const { tries, work } = failing(3);
  const { clock, random } = tools();
  expect(await retry(work, policy, { clock, random }, never)).toBe('done');
  expect(tries).toEqual([1, 2, 3, 4]);
  expect(clock.slept).toEqual([1_000, 2_000, 3_000]);
});

test('the last failure is thrown once all tries are used, without a wait after it', async () => {
  const { work } = failing(9);
  const { clock, random } = tools();
  await expect(retry(work, policy, { clock, random }, never)).rejects.toThrow('failure 4');
  expect(clock.slept).toHaveLength(3);
});

test('a failure that cannot pass is thrown at once', async () => {
  const { tries, work } = failing(9);
  await expect(retry(work, { ...policy, again: () => false }, tools(), never)).rejects.toThrow('failure 1');
  expect(tries).toEqual([1]);
});

test('a failure that asks for a longer wait gets it, a shorter one does not cut ours', async () => {
  const asks = [10_000, 1];
  const { work } = failing(2);
  const { clock, random } = tools();
  await retry(work, { ...policy, again: () => asks.shift() ?? true }, { clock, random }, never);
  expect(clock.slept).toEqual([10_000, 2_000]);
});

test('a failure that asks for no wait at all is tried again too', async () => {
  const { tries, work } = failing(1);
  expect(await retry(work, { ...policy, again: () => 0 }, tools(), never)).toBe('done');
  expect(tries).toEqual([1, 2]);
});

test('no wait leads past the deadline: the failure is thrown before it', async () => {
  const { tries, work } = failing(9);
  const { clock, random } = tools();
  const until = clock.now() + 3_500;
  await expect(retry(work, { ...policy, until }, { clock, random }, never)).rejects.toThrow('failure 3');
  expect(tries).toEqual([1, 2, 3]);
  expect(clock.slept).toEqual([1_000, 2_000]);
  const { work: asking } = failing(1);
  const again = () => 3_600_000;
  await expect(retry(asking, { ...policy, again, until: clock.now() + 60_000 }, tools(), never)).rejects.toThrow();
});

test('each retry is told with its error, try and wait', async () => {
  const told: unknown[] = [];
  const onRetry = (error: unknown, attempt: number, wait: number) =>
    told.push([(error as Error).message, attempt, wait]);
  await retry(failing(2).work, policy, { ...tools(), onRetry }, never);
  expect(told).toEqual([
    ['failure 1', 1, 1_000],
    ['failure 2', 2, 2_000],
  ]);
});

test('an abort ends the tries, while working and while waiting', async () => {
  const working = new AbortController();
  const tries: number[] = [];
  const fail = async (attempt: number) => {
    tries.push(attempt);
    working.abort(new Error('cancelled'));
    throw new Error('broken off');
  };
  await expect(retry(fail, policy, tools(), working.signal)).rejects.toThrow('broken off');
  expect(tries).toEqual([1]);

  const waiting = new AbortController();
  const onRetry = () => waiting.abort(new Error('cancelled'));
  const { tries: more, work } = failing(9);
  await expect(retry(work, policy, { ...tools(), onRetry }, waiting.signal)).rejects.toThrow('cancelled');
  expect(more).toEqual([1]);
});
