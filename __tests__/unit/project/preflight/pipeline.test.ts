import { expect, test } from '@jest/globals';
import type { PipelineFault } from '../../../../src/project/django/outcome.ts';
import { lookAtOutcome } from '../../../support/preflight.ts';

const fault: PipelineFault = {
  kind: 'text',
  setting: 'JAVASCRIPT',
  package: 'main',
  pattern: 'js/main.js',
  file: null,
  line: null,
};

test.each<[string, Partial<PipelineFault>, string, RegExp]>([
  ['whose sources are a string', {}, 'error', /Write a list: "source_filenames": \["js\/main\.js"\]/],
  ['whose pattern finds nothing', { kind: 'nothing' }, 'warning', /names "js\/main\.js", which no finder has/],
  [
    'that a template names and no setting',
    { kind: 'unknown', pattern: null, file: '/work/repo/a.html', line: 2 },
    'warning',
    /\{% javascript "main" %\}.*no such package/,
  ],
])('a package of django-pipeline %s', (_what, more, level, message) => {
  const [finding] = lookAtOutcome({ pipeline: [{ ...fault, ...more }] });
  expect(finding).toMatchObject({ id: 'deploy.pipeline', level, message: expect.stringMatching(message) });
  expect(finding?.at).toEqual(more.file ? { file: 'a.html', line: 2 } : undefined);
});
