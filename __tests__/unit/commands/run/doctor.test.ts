import { expect, test } from '@jest/globals';
import { Doctor } from '../../../../src/commands/run/doctor.ts';
import { DeployError } from '../../../../src/core/errors.ts';
import { createRun } from '../../../support/run.ts';

test('the end of the log has to do what neither a finding nor the error says', async () => {
  const run = createRun();
  const doctor = new Doctor(run, []);
  await doctor.stage('Site', async () => ({ value: 1, result: 'No URL', level: 'warning', todo: 'Set url.' }));
  await doctor.stage('Access', async () => {
    run.recorder.warn('It cannot be read:\n  a.css\n  b.css');
    return { value: 1, result: 'two files' };
  });
  await doctor.stage('Preflight', async () => ({
    value: 1,
    result: '1 warning',
    level: 'warning',
    todo: 'Write DEBUG = False',
    isTold: true,
  }));
  await doctor.stage('Host', async () => {
    throw new DeployError('HOST_FAILED', 'No such service', { hint: 'Set service.' });
  });
  await doctor.stage('Plan', async () => ({ value: 1, result: 'fine' }));
  expect(doctor.todo).toEqual(['Site: Set url.', 'Access: It cannot be read: a.css – and more']);
  expect(run.recorder.report().checkups.map(({ name, todo }) => [name, todo])).toEqual([
    ['Inputs', undefined],
    ['Site', 'Set url.'],
    ['Access', 'See the warning below.'],
    ['Preflight', 'Write DEBUG = False'],
    ['Host', 'Set service.'],
    ['Plan', undefined],
  ]);
});
