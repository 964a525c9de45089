import { expect, test } from '@jest/globals';
import { createCoalescer } from '../../../src/lib/coalescer.ts';

test('work is done for the first and the newest value, never for two at once, and what is between is left out', async () => {
  const seen: number[] = [];
  let running = 0;
  const latest = createCoalescer(async (value: number) => {
    running += 1;
    expect(running).toBe(1);
    seen.push(value);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
  });
  for (let value = 1; value <= 9; value++) latest.offer(value);
  await latest.settled();
  expect(seen).toEqual([1, 9]);
});

test('it goes on after it had nothing to do', async () => {
  const seen: string[] = [];
  const latest = createCoalescer(async (value: string) => void seen.push(value));
  await latest.settled();
  latest.offer('a');
  await latest.settled();
  latest.offer('b');
  await latest.settled();
  expect(seen).toEqual(['a', 'b']);
});
