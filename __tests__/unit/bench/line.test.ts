import { expect, test } from '@jest/globals';
import { openLine } from '../../../bench/server/line.ts';

/** A clock that goes on only when it is told to. */
function manualTime() {
  let now = 0;
  const due: { at: number; work: () => void }[] = [];
  return {
    time: {
      now: () => now,
      after: (milliseconds: number, work: () => void) => void due.push({ at: now + milliseconds, work }),
    },
    run(until: number) {
      for (;;) {
        due.sort((a, b) => a.at - b.at);
        const next = due[0];
        if (!next || next.at > until) break;
        due.shift();
        now = next.at;
        next.work();
      }
      now = until;
    },
  };
}

test('two connections share the line, and neither waits for the end of the other', () => {
  const { time, run } = manualTime();
  const line = openLine(time);
  line.setRate(400_000);
  const got = { a: 0, b: 0 };
  const ended: string[] = [];
  for (const [name, size] of [
    ['a', 400_000],
    ['b', 40_000],
  ] as const) {
    line.read(
      Buffer.alloc(size),
      (bytes) => {
        got[name] += bytes.length;
      },
      () => ended.push(name),
    );
  }
  run(500);
  expect(got.b).toBe(40_000);
  expect(got.a + got.b).toBeGreaterThan(180_000);
  expect(got.a + got.b).toBeLessThan(220_000);
  run(1_200);
  expect(ended).toEqual(['b', 'a']);
  expect(got.a).toBe(400_000);
});

test('without a limit the line is none', () => {
  const line = openLine(manualTime().time);
  expect(line.isLimited()).toBe(false);
  let got = 0;
  line.read(
    Buffer.alloc(100_000),
    (bytes) => {
      got += bytes.length;
    },
    () => undefined,
  );
  expect(got).toBe(100_000);
});
