import { describe, expect, test } from '@jest/globals';
import { createWeightedSemaphore } from '../../../src/lib/weighted-semaphore.ts';

/** Work that ends when it is told to, with what of it runs. */
function works() {
  const running: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const start = (name: string) => () =>
    new Promise<string>((done, fail) => {
      running.push(name);
      ends.set(name, (error) => {
        running.splice(running.indexOf(name), 1);
        if (error) fail(error);
        else done(name);
      });
    });
  /** Ends one, and lets what follows from it happen. */
  async function end(name: string, error?: Error): Promise<void> {
    ends.get(name)?.(error);
    await settled();
  }
  return { running, start, end };
}

const settled = () => new Promise((done) => setImmediate(done));

describe('a gate', () => {
  test('lets as many through at once as the limit says, in the order in which they came', async () => {
    const { running, start, end } = works();
    const gate = createWeightedSemaphore({ value: 2 }, 100);
    const all = Promise.all(['a', 'b', 'c', 'd'].map((name) => gate.run(1, start(name))));
    await settled();
    expect(running).toEqual(['a', 'b']);
    await end('b');
    expect(running).toEqual(['a', 'c']);
    await end('a');
    expect(running).toEqual(['c', 'd']);
    await end('c');
    await end('d');
    expect(await all).toEqual(['a', 'b', 'c', 'd']);
  });

  test('lets no more weight through than there is room for, and nobody overtakes', async () => {
    const { running, start, end } = works();
    const gate = createWeightedSemaphore({ value: 10 }, 10);
    const weights: [string, number][] = [
      ['a', 6],
      ['b', 4],
      ['c', 5],
      ['d', 1],
    ];
    for (const [name, weight] of weights) void gate.run(weight, start(name));
    await settled();
    expect(running).toEqual(['a', 'b']);
    await end('b');
    expect(running).toEqual(['a']);
    await end('a');
    expect(running).toEqual(['c', 'd']);
  });

  test('lets what is heavier than all the room through alone', async () => {
    const { running, start, end } = works();
    const gate = createWeightedSemaphore({ value: 10 }, 10);
    for (const [name, weight] of [
      ['a', 1],
      ['huge', 1_000],
      ['b', 0],
    ] as const)
      void gate.run(weight, start(name));
    await settled();
    expect(running).toEqual(['a']);
    await end('a');
    expect(running).toEqual(['huge']);
    await end('huge');
    expect(running).toEqual(['b']);
  });

  test('lets what weighs nothing through beside what fills the room', async () => {
    const { running, start } = works();
    const gate = createWeightedSemaphore({ value: 2 }, 10);
    void gate.run(10, start('full'));
    void gate.run(0, start('nothing'));
    await settled();
    expect(running).toEqual(['full', 'nothing']);
  });

  test('gives way after work that failed too, and hands its error on', async () => {
    const { running, start, end } = works();
    const done: number[] = [];
    const gate = createWeightedSemaphore({ value: 1 }, 10, (weight) => done.push(weight));
    const refused = new Error('refused');
    const first = gate.run(10, start('a'));
    const second = gate.run(10, start('b'));
    await settled();
    await Promise.all([expect(first).rejects.toBe(refused), end('a', refused)]);
    expect(running).toEqual(['b']);
    await end('b');
    expect(await second).toBe('b');
    // Of the one that failed nothing is told.
    expect(done).toEqual([10]);
  });

  test('follows a limit that changes', async () => {
    const { running, start, end } = works();
    const limit = { value: 3 };
    const gate = createWeightedSemaphore(limit, 10);
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) void gate.run(1, start(name));
    await settled();
    expect(running).toEqual(['a', 'b', 'c']);
    limit.value = 1;
    await end('a');
    await end('b');
    expect(running).toEqual(['c']);
    limit.value = 2;
    await end('c');
    expect(running).toEqual(['d', 'e']);
  });

  test('keeps the order of very many', async () => {
    const gate = createWeightedSemaphore({ value: 1 }, 1);
    const order: number[] = [];
    const numbers = Array.from({ length: 5_000 }, (_, index) => index);
    await Promise.all(numbers.map((number) => gate.run(1, async () => void order.push(number))));
    expect(order).toEqual(numbers);
  });
});
