import { describe, expect, test } from '@jest/globals';
import { orderOf } from '../../../bench/race.ts';
import { choose, fullPlan, quickPlan } from '../../../bench/suites.ts';

describe('the suites of a run', () => {
  test('are all of the plan where none is named', () => {
    expect(choose(fullPlan, [], undefined)).toHaveLength(fullPlan.suites.length + 1);
  });

  test('are chosen by name, or by tree', () => {
    expect(choose(fullPlan, ['small', 'django'], undefined).map(({ name }) => name)).toEqual([
      'small-0',
      'small-20',
      'small-80',
      'django',
    ]);
    expect(() => choose(fullPlan, ['tiny'], undefined)).toThrow('No suite "tiny".');
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
