import { expect, test } from '@jest/globals';
import { publish } from '../../../../src/commands/run/publish.ts';
import { emptyReport, type Report } from '../../../../src/report/report.ts';
import { createRun } from '../../../support/run.ts';

/** The last line of the log. */
async function lastLine(report: Partial<Report>, isTold: boolean): Promise<string | undefined> {
  const { ports, lines } = createRun();
  await publish({ ...emptyReport(), ...report }, undefined, ports, isTold);
  return lines.at(-1);
}

const error = {
  code: 'NOT_PROVEN',
  message: 'The page is old.',
  hint: undefined,
  page: 'https://docs.example',
} as const;
const reason = 'The page is old.';

test.each<[string, Partial<Report>, string]>([
  ['an error', { status: 'failed', reason, error }, 'Failed: NOT_PROVEN'],
  ['an error of a deploy that was taken back', { status: 'rolled-back', reason, error }, 'Rolled back: NOT_PROVEN'],
  ['a notice', { status: 'superseded', reason }, 'Superseded: see above'],
])('the last line of the log does not repeat what %s has said', async (_what, report, line) => {
  expect(await lastLine(report, true)).toBe(line);
});

test.each<[string, Partial<Report>, string]>([
  ['says why', { status: 'rolled-back', reason: 'Back at commit c0ffee.' }, 'Rolled back: Back at commit c0ffee.'],
  ['says where', { status: 'live', url: 'https://a.example' }, 'Live: https://a.example'],
  ['leaves the reason to the warning', { status: 'triggered', reason: 'Not proven: no URL.' }, 'Triggered, not proven'],
])('the last line of a run without such an annotation %s', async (_what, report, line) => {
  expect(await lastLine(report, false)).toBe(line);
});
