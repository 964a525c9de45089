import { describe, expect, test } from '@jest/globals';
import { orderOf } from '../../../bench/race.ts';
import { choose, fits, fullPlan, quickPlan } from '../../../bench/suites.ts';

describe('the suites of a run', () => {
  test('are all of the plan where none is named', () => {
    expect(choose(fullPlan, [], undefined)).toHaveLength(fullPlan.suites.length + 2);
  });

  test('are chosen by name, or by tree', () => {
    expect(choose(fullPlan, ['large', 'django'], undefined).map(({ name }) => name)).toEqual([
      'large-0',
      'large-20',
      'large-0-cores-4',
      'django',
    ]);
    expect(() => choose(fullPlan, ['tiny'], undefined)).toThrow('No suite "tiny".');
  });

  test('are the part of one that is named, under its name', () => {
    const [part] = choose(fullPlan, ['unchanged-20'], undefined);
    expect(part).toMatchObject({ name: 'small-20', latency: 20, steps: ['cold', 'same'] });
    expect(part?.rounds).not.toHaveProperty('aws-cli');
    expect(choose(fullPlan, ['unchanged'], undefined).map(({ name }) => name)).toEqual([
      'small-0',
      'small-20',
      'small-80',
    ]);
  });

  test('are not run twice where a whole suite and a part of it are named', () => {
    const chosen = choose(fullPlan, ['small-20', 'unchanged-20'], undefined);
    expect(chosen).toEqual(fullPlan.suites.filter(({ name }) => name === 'small-20'));
  });

  test('that say what four cores do, do not fit a machine with two', () => {
    const ofCores = choose(fullPlan, [], undefined).filter((suite) => !fits(suite, 2));
    expect(ofCores.map(({ name }) => name)).toEqual(['small-0-cores-4', 'large-0-cores-4']);
    expect(ofCores.every((suite) => fits(suite, 4))).toBe(true);
  });

  test('have no more rounds than asked for', () => {
    const [suite] = choose(fullPlan, ['small-0'], 2);
    expect(suite?.rounds).toMatchObject({ ours: 2, 'aws-cli': 2 });
    expect(choose(quickPlan, ['django'], 5)[0]?.rounds).toMatchObject({ ours: 1, 'django-storages': 0 });
  });
});

test('each round begins with another client', () => {
  const names = ['a', 'b', 'c'];
  expect([0, 1, 2, 3].map((round) => orderOf(names, round).join(''))).toEqual(['abc', 'bca', 'cab', 'abc']);
  expect(orderOf([], 1)).toEqual([]);
});
