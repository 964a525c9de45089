import { describe, expect, test } from '@jest/globals';
import { hosts } from '../../../src/hosts/index.ts';
import type { RunPlan } from '../../../src/plan/run-plan.ts';
import { unfilledPlaces } from '../../../src/plan/unfilled-places.ts';
import { createContext, createPullRequest } from '../../support/context.ts';
import { readInputs } from '../../support/inputs.ts';

const databases = { 'preview-database': 'create', 'database-url': 'postgres://u:p@db/shop' };
const given = {
  host: 'render',
  service: 'srv-abc123',
  'host-token': 'token',
  bucket: 'assets',
  'static-dir': 'static',
  'media-dir': 'media',
  'static-prefix': '{pr}/static/',
  'media-prefix': '{environment}/media/',
  'host-env': 'PULL={pr}\nDATABASE_URL={database-url}\nPLAIN={sha}',
};

const placesIn = (kind: RunPlan['kind'], pull: boolean, more: Record<string, string> = {}) => {
  const all: Record<string, string> = { ...given, ...more };
  const inputs = readInputs({ input: (name) => all[name] ?? '', env: {} }, hosts, () => undefined);
  const context = createContext(pull ? { pullRequest: createPullRequest() } : {});
  const plan = { kind } as RunPlan;
  return unfilledPlaces(inputs, context, plan).map(({ input, message }) => `${input}: ${message.split(';')[0]}`);
};

describe('a place that stands for what the run has not', () => {
  const prefix = 'static-prefix: "{pr}/static/" has {pr} in it, and this run is of no pull request';
  const pull = 'host-env: PULL has {pr} in it, and this run has none';
  const database = 'host-env: DATABASE_URL has {database-url} in it, and this run has none';

  test.each<[RunPlan['kind'], boolean, Record<string, string>, string[]]>([
    ['deploy', false, databases, [prefix, pull, database]],
    ['check', false, databases, [prefix, pull, database]],
    ['sync', false, databases, [prefix]],
    ['preview', true, databases, []],
    ['check', true, databases, []],
    ['preview', true, {}, [database]],
    ['deploy', true, databases, [database]],
    ['deploy', false, { ...databases, bucket: '' }, [pull, database]],
    ['sync', false, { 'static-dir': '' }, []],
    ['build', false, databases, []],
    ['verify', false, databases, []],
    ['teardown', true, databases, []],
  ])('is a mistake before anything is done: %s, of a pull request: %s', (kind, isPull, more, mistakes) => {
    expect(placesIn(kind, isPull, more)).toEqual(mistakes);
  });
});
