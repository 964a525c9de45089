import { expect, test } from '@jest/globals';
import type { Sample } from '../../../bench/samples.ts';
import { verdicts } from '../../../bench/targets.ts';
import { sample } from './samples.ts';

const files = { small: 2_801, many: 100_000 };
const find = (samples: readonly Sample[], target: string) =>
  verdicts(samples, files).find((verdict) => verdict.target === target);

test('a ratio that is large enough meets its target, one below it does not', () => {
  const target = 'cold, against s5cmd';
  expect(find([sample({}), sample({ peer: 's5cmd', wall: 3 })], target)).toEqual({
    target,
    wanted: '≥ 3.0×',
    measured: '3.0×',
    met: true,
  });
  expect(find([sample({}), sample({ peer: 's5cmd', wall: 2.9 })], target)?.met).toBe(false);
});

test('what was not run is neither met nor missed', () => {
  for (const { met, measured } of verdicts([], files)) {
    expect(met).toBeUndefined();
    expect(measured).toBe('not run');
  }
});

test('the ledger’s own PUT is no PUT of a file, but it is a request', () => {
  const again = { requests: { LIST: 3 }, ledger: { GET: 1, PUT: 1 } };
  const samples = [sample({ ...again, step: 'checkout' }), sample({ ...again, step: 'same' })];
  expect(find(samples, 'PUTs of files after a CI checkout')).toMatchObject({ measured: '0', met: true });
  expect(find(samples, 'requests when nothing changed, 2,801 files')).toMatchObject({ measured: '5', met: true });
  const one = [sample({ step: 'checkout', requests: { LIST: 3, PUT: 1 } })];
  expect(find(one, 'PUTs of files after a CI checkout')?.met).toBe(false);
});

test('CPU per PUT is what the cold run takes more than the one that changes nothing', () => {
  const samples = [sample({ cpu: 1.2, requests: { PUT: 4_000 } }), sample({ step: 'same', cpu: 0.4 })];
  expect(find(samples, 'CPU per PUT beyond start-up, small tree')).toMatchObject({ measured: '0.20 ms', met: true });
});

test('peak memory is that of 100,000 files', () => {
  const run = sample({ suite: 'many', memory: 251 * 1024 * 1024 });
  expect(find([run], 'peak memory, 100,000 files, cold')).toMatchObject({ measured: '251 MB', met: false });
});

test.each([0, 20, 80])('nothing changed at %d ms is compared with both', (latency) => {
  const suite = `small-${latency}`;
  const samples = [sample({ suite, step: 'same' }), sample({ suite, step: 'same', peer: 'rclone', wall: 0.9 })];
  expect(find(samples, `nothing changed, ${latency} ms, against rclone`)).toMatchObject({
    measured: '0.9×',
    met: false,
  });
  expect(find(samples, `nothing changed, ${latency} ms, against s5cmd`)?.met).toBeUndefined();
});

test('the proof has its window and two seconds, and while it waits at most one request a second, in every step', () => {
  const of = (step: Sample['step'], lag: number, rate: number) =>
    sample({ suite: 'whole', step, site: { lag, rate, after: 25 } });
  const run = [of('first', 10.4, 0.9), of('commit', 11.9, 0.8), of('style', 12.1, 1.1)];
  expect(find(run, 'from the release on the site to `live`')).toMatchObject({ measured: '12.1 s', met: false });
  expect(find(run, 'requests a second to the site until it serves the release')).toMatchObject({
    measured: '1.10',
    met: false,
  });
});
