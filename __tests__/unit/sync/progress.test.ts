import { expect, test } from '@jest/globals';
import type { Traffic } from '../../../src/store/store.ts';
import { progressLines } from '../../../src/sync/progress.ts';
import { fakeClock, never } from '../../support/fakes.ts';

const mib = 1024 * 1024;

/** Lines of a progress whose time passes by hand. */
function progress(counts = true) {
  const clock = fakeClock();
  const lines: string[] = [];
  const repeated = new Map<string, number>();
  let sent = 5 * mib;
  let tick: () => void = () => undefined;
  let ended = false;
  const { report, end } = progressLines({
    clock,
    print: (line) => void lines.push(line),
    traffic: (): Traffic | undefined => (counts ? { sent, repeated } : undefined),
    repeat: (_milliseconds, next) => {
      tick = next;
      return () => {
        ended = true;
      };
    },
  });
  const pass = async (bytes: number) => {
    sent += bytes;
    await clock.sleep(10_000, never);
    tick();
  };
  return { lines, report, end, pass, repeated, isEnded: () => ended };
}

test('comes by the clock, with the bytes on the line and their rate, while one file takes minutes', async () => {
  const { lines, report, pass } = progress();
  report({ files: 0, ofFiles: 1, bytes: 0, ofBytes: 30 * mib });
  await pass(10 * mib);
  await pass(5 * mib);
  expect(lines).toEqual([
    '0 of 1 upload, 10.0 MiB of 30.0 MiB, 1.0 MiB/s (10 s, about 20 s left)',
    '0 of 1 upload, 15.0 MiB of 30.0 MiB, 512.0 KiB/s (20 s, about 30 s left)',
  ]);
});

test('says what was sent again since the line before, and why', async () => {
  const { lines, report, pass, repeated } = progress();
  report({ files: 1, ofFiles: 9, bytes: mib, ofBytes: 9 * mib });
  repeated.set('SlowDown', 2).set('UND_ERR_BODY_TIMEOUT', 1);
  await pass(mib);
  await pass(mib);
  repeated.set('SlowDown', 3);
  await pass(mib);
  expect(lines.map((line) => line.split('left), ')[1] ?? '')).toEqual([
    '3 requests sent again (SlowDown, UND_ERR_BODY_TIMEOUT)',
    '',
    '1 request sent again (SlowDown)',
  ]);
});

test('is none before anything is sent, and none when all is there', async () => {
  const { lines, report, end, pass, isEnded } = progress();
  await pass(0);
  report({ files: 2, ofFiles: 2, bytes: 2 * mib, ofBytes: 2 * mib });
  await pass(mib);
  expect(lines).toEqual([]);
  end();
  expect(isEnded()).toBe(true);
});

test('counts whole files where the store does not count bytes', async () => {
  const { lines, report, pass } = progress(false);
  report({ files: 1, ofFiles: 2, bytes: mib, ofBytes: 2 * mib });
  await pass(0);
  expect(lines).toEqual(['1 of 2 uploads, 1.0 MiB of 2.0 MiB, 102.4 KiB/s (10 s, about 10 s left)']);
});
