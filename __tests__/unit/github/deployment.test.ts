import { expect, test } from '@jest/globals';
import type { ErrorCode } from '../../../src/core/errors.ts';
import { endOf } from '../../../src/github/deployment.ts';
import { emptyReport, type Status } from '../../../src/report/report.ts';

test.each<[Status, ErrorCode | undefined, string]>([
  ['live', undefined, 'success'],
  ['triggered', undefined, 'success'],
  ['built', undefined, 'inactive'],
  ['superseded', undefined, 'inactive'],
  ['skipped', undefined, 'inactive'],
  ['planned', undefined, 'inactive'],
  ['removed', undefined, 'inactive'],
  ['failed', 'HOST_FAILED', 'failure'],
  ['failed', 'NOT_PROVEN', 'failure'],
  ['rolled-back', undefined, 'success'],
  ['rolled-back', 'NOT_PROVEN', 'failure'],
  ['failed', 'CANCELLED', 'error'],
  ['failed', 'INTERNAL', 'error'],
  ['failed', undefined, 'error'],
])('a run that is %s (%s) ends its deployment with %s', (status, code, state) => {
  const error = code && { code, message: 'No', hint: undefined };
  const end = endOf({ ...emptyReport(), status, error, reason: 'Why' });
  expect(end).toEqual({ state, description: 'Why' });
});

test('where there is no reason to tell, the description is what became of it', () => {
  expect(endOf({ ...emptyReport(), status: 'live' }).description).toBe('Live');
});
