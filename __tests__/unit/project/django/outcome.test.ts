import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readOutcome } from '../../../../src/project/django/outcome.ts';
import { pathsIn, withValueAt } from '../../../support/json.ts';
import { projectSettings, stepFailure } from '../../../support/project.ts';

const project = projectSettings({
  assigned: { DEBUG: { file: '/app/settings.py', line: 3, literal: true, variables: [] } },
  overridden: ['DEBUG'],
  old_storages: {},
});
const place = { file: '/app/shop/a.css', line: 2 };

describe('an outcome', () => {
  test.each([
    ['of a process that got nowhere', { failures: [] }],
    ['of a start that failed', { failures: [stepFailure({ variables: ['X'], frames: [place] })] }],
    ['without collected files', { project, collected: null, failures: [] }],
    [
      'of a whole run',
      {
        project,
        checks: [{ level: 30, id: 'a.W1', text: 'Odd.', hint: null, object: null, file: null, line: null }],
        migrations: {
          changes: [{ app: 'shop', own: true, file: null, operations: ['Add field a'] }],
          conflicts: { shop: ['0002_a', '0002_b'] },
        },
        escaping: [{ file: '/app/static/a', target: '/etc/a' }],
        duplicates: [{ name: 'a.css', used: '/app/a.css', ignored: '/app/b/a.css' }],
        templates: [{ ...place, name: 'b.css' }],
        collected: { root: '/static', manifest: null },
        missing: [{ ...place, name: 'shop/a.css', url: 'b.png', target: null }],
        failures: [],
        throw_away: ['SECRET_KEY'],
        needed: [{ name: 'BUCKET', file: null, line: null }],
        finished: true,
      },
    ],
  ])('%s is read as it is', (_what, outcome) => {
    expect(readOutcome(JSON.stringify(outcome))).toEqual({ value: outcome });
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
    ['a failure without its variables', '{"failures": [{"step": "start", "type": "A", "message": "", "frames": []}]}'],
    ['a project that is none', '{"failures": [], "project": null}'],
    ['a project that is a word', '{"failures": [], "project": "shop"}'],
    ['a project without a version of Django', '{"failures": [], "project": {"debug": true}}'],
    ['hosts that are one word', JSON.stringify({ failures: [], project: { ...project, allowed_hosts: '*' } })],
    [
      'a setting without its line',
      JSON.stringify({ failures: [], project: { ...project, assigned: { DEBUG: { file: '/app/settings.py' } } } }),
    ],
    ['collected files without a folder', '{"failures": [], "collected": {"manifest": "a"}}'],
    ['collected files in a folder that is no path', '{"failures": [], "collected": {"root": 1}}'],
    ['a reference without its line', '{"failures": [], "missing": [{"name": "a.css", "url": "b.png"}]}'],
    ['throw-away values that are no names', '{"failures": [], "throw_away": [{"SECRET_KEY": "value"}]}'],
  ])('%s', (_what, text) => {
    expect(readOutcome(text)).toEqual({ wrong: expect.any(String) });
  });
});

test('what is wrong with an outcome is said, whatever JSON is in whatever place', () => {
  const whole = {
    project,
    checks: null,
    failures: [stepFailure({ variables: ['X'], frames: [place] })],
    throw_away: ['A'],
  };
  fc.assert(
    fc.property(fc.constantFrom(...pathsIn(whole)), fc.oneof(fc.jsonValue(), fc.constant(undefined)), (path, value) => {
      const { value: read, wrong } = readOutcome(JSON.stringify(withValueAt(whole, path, value)));
      if (!read) expect(wrong).toMatch(/^`[^`]+` is /);
    }),
    { numRuns: 1_000 },
  );
  expect(readOutcome('{"failures": [{"step": "hope"}]}').wrong).toMatch(
    /^`failures.0.step` is a string instead of "start" or/,
  );
});
