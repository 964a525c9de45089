import { expect, test } from '@jest/globals';
import { preflightStage, refuseFindings } from '../../../../src/commands/stages/preflight-stage.ts';
import type { Inputs } from '../../../../src/inputs/inputs.ts';
import type { Outcome } from '../../../../src/project/django/outcome.ts';
import { createRun } from '../../../support/run.ts';
import { createSettings } from '../../../support/settings.ts';

const resultOf = async (inputs: Partial<Inputs>, outcome: Partial<Outcome>, failed = false) => {
  const looked = { outcome: { failures: [], ...outcome }, workspace: '/work/repo', findings: [], failed };
  return (await preflightStage(looked, undefined, createRun({ inputs }))).result;
};

const project = createSettings({});

test.each<[string, Partial<Inputs>, Partial<Outcome>, boolean, string]>([
  ['nothing was found', {}, { project, checks: [] }, false, 'nothing found'],
  ['checks are off', { checks: 'off' }, { project }, false, 'checks are off, so that only the settings were looked at'],
  ['Django did not start', {}, {}, true, 'nothing else is known yet'],
])(
  'where %s, the stage says that, and not that there are no errors',
  async (_when, inputs, outcome, failed, result) => {
    expect(await resultOf(inputs, outcome, failed)).toBe(result);
  },
);

test('findings that stop the deploy are named by their ids in the error, because each has an annotation', () => {
  const finding = { level: 'error', message: 'Set STATIC_ROOT.' } as const;
  const findings = [
    { ...finding, id: 'deploy.static-root' },
    { ...finding, id: 'fields.E121' },
    { ...finding, id: 'fields.E121' },
  ];
  expect(() => refuseFindings(findings, 'error')).toThrow(
    'The preflight found 3 reasons not to deploy: deploy.static-root, fields.E121.',
  );
});

test('what was found is counted', async () => {
  expect(await resultOf({}, { project, throw_away: ['SECRET_KEY'] })).toBe('0 errors, 0 warnings, 1 notice');
});
