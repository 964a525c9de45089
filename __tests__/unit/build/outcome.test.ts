import { describe, expect, test } from '@jest/globals';
import { readOutcome } from '../../../src/build/outcome.ts';

describe('an outcome', () => {
  test.each([
    ['of a process that got nowhere', { failures: [] }],
    [
      'of a start that failed',
      { failures: [{ step: 'start', type: 'KeyError', module: null, message: "'X'", frames: [] }] },
    ],
    [
      'without collected files',
      { project: { django: '5.2', python: '3.13.0', settings_module: 'a' }, collected: null, failures: [] },
    ],
    [
      'of a whole run',
      {
        project: { django: '5.2', python: '3.13.0', settings_module: 'a' },
        collected: { root: '/static' },
        failures: [],
        finished: true,
      },
    ],
  ])('%s is read as it is', (_what, outcome) => {
    expect(readOutcome(JSON.stringify(outcome))).toEqual(outcome);
  });
});

describe('no outcome is', () => {
  test.each([
    ['an empty file', ''],
    ['a file that was cut off', '{"project": {"django": "5.2"'],
    ['text', 'Traceback (most recent call last):'],
    ['null', 'null'],
    ['a number', '1'],
    ['a list', '[]'],
    ['an object without failures', '{}'],
    ['failures that are no list', '{"failures": {"step": "start"}}'],
    ['a project that is none', '{"failures": [], "project": null}'],
    ['a project that is a word', '{"failures": [], "project": "shop"}'],
    ['a project without a version of Django', '{"failures": [], "project": {"debug": true}}'],
    ['collected files without a folder', '{"failures": [], "collected": {"manifest": "a"}}'],
    ['collected files in a folder that is no path', '{"failures": [], "collected": {"root": 1}}'],
  ])('%s', (_what, text) => {
    expect(readOutcome(text)).toBeUndefined();
  });
});
