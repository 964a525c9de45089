import { describe, expect, test } from '@jest/globals';
import { createRecorder } from '../../../src/report/recorder.ts';
import { fakeClock, fakeLog, never } from '../../support/fakes.ts';

function begin() {
  const log = fakeLog();
  const clock = fakeClock();
  return { log, clock, recorder: createRecorder(log, clock) };
}

test('a run about which nothing was said has failed', () => {
  expect(begin().recorder.report()).toMatchObject({ status: 'failed', stages: [], warnings: [], error: undefined });
});

describe('a stage', () => {
  test('gives its value back, and is written down with time and result', async () => {
    const { log, clock, recorder } = begin();
    const value = await recorder.stage('Build', async () => {
      await clock.sleep(12_000, never);
      return { value: 42, result: 'Django 5.2' };
    });
    expect(value).toBe(42);
    expect(recorder.report().stages).toEqual([
      { name: 'Build', milliseconds: 12_000, failed: false, result: 'Django 5.2' },
    ]);
    expect(log.lines).toEqual(['✓ Build: Django 5.2 (12 s)']);
  });

  test('that fails throws on, and is written down with the first line of the error', async () => {
    const { log, clock, recorder } = begin();
    const error = new Error('collectstatic failed.\n  Its last line\n  Another');
    const work = async () => {
      await clock.sleep(500, never);
      throw error;
    };
    await expect(recorder.stage('Collect', work)).rejects.toBe(error);
    expect(recorder.report().stages).toEqual([
      { name: 'Collect', milliseconds: 500, failed: true, result: 'collectstatic failed.' },
    ]);
    expect(log.lines).toEqual(['✗ Collect: collectstatic failed. (0.5 s)']);
  });

  test.each([
    ['open', '–'],
    ['warning', '!'],
  ] as const)('that is not simply good has no tick in the log: %s', async (level, mark) => {
    const { log, recorder } = begin();
    await recorder.stage('Site', async () => ({ value: undefined, result: 'No URL is known', level }));
    expect(log.lines).toEqual([`${mark} Site: No URL is known (0.0 s)`]);
  });

  test('that throws what is no error is written down too', async () => {
    const { recorder } = begin();
    await expect(recorder.stage('Odd', () => Promise.reject('only words'))).rejects.toBe('only words');
    expect(recorder.report().stages[0]).toMatchObject({ failed: true, result: 'only words' });
  });

  test('comes after those before it', async () => {
    const { recorder } = begin();
    for (const name of ['Build', 'Plan', 'Upload']) {
      await recorder.stage(name, async () => ({ value: undefined, result: '' }));
    }
    expect(recorder.report().stages.map(({ name }) => name)).toEqual(['Build', 'Plan', 'Upload']);
  });
});

test('a warning is in the log and in the report', () => {
  const { log, recorder } = begin();
  recorder.warn('Auto-Deploy is on.');
  expect(log.lines).toEqual(['warning: Auto-Deploy is on.']);
  expect(recorder.report().warnings).toEqual(['Auto-Deploy is on.']);
});

test('later facts take the place of earlier ones, and leave the others', () => {
  const { recorder } = begin();
  recorder.note({ url: 'https://a.example.com', sha: 'abc' });
  recorder.note({ url: 'https://b.example.com' });
  expect(recorder.report()).toMatchObject({ url: 'https://b.example.com', sha: 'abc' });
});

test('the end is the last one that was told, with its own reason or none', () => {
  const { recorder } = begin();
  recorder.end('failed', 'for this reason');
  expect(recorder.report()).toMatchObject({ status: 'failed', reason: 'for this reason' });
  recorder.end('live');
  expect(recorder.report()).toMatchObject({ status: 'live', reason: undefined });
});

test('a report is not changed by what comes after it', async () => {
  const { recorder } = begin();
  const early = recorder.report();
  recorder.warn('later');
  recorder.end('live');
  await recorder.stage('Later', async () => ({ value: 1, result: 'x' }));
  expect(early).toMatchObject({ status: 'failed', warnings: [], stages: [] });
});
