import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readSteps } from '../../support/steps.ts';

test('the bundle holds every Python file, under the path that it has in the sources', () => {
  const source = readFileSync(join(import.meta.dirname, '..', '..', '..', 'src', 'runner', 'django-steps.ts'), 'utf8');
  const imported = new Map(
    [...source.matchAll(/^import (\w+) from '\.\.\/project\/python\/(.*)';$/gm)].map(([, name, path]) => [name, path]),
  );
  const listed = [...source.matchAll(/^ {2}'(.*\.py)': (\w+),$/gm)].map(([, path, name]) => [path, imported.get(name)]);
  expect(listed.map(([path]) => path).toSorted()).toEqual(Object.keys(readSteps()).sort());
  expect(listed.filter(([path, from]) => path !== from)).toEqual([]);
});
