import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const src = join(import.meta.dirname, '..', '..', '..', 'src');

test('the bundle holds every Python file of databases, under the path that it has in the sources', () => {
  const source = readFileSync(join(src, 'runner', 'database-scripts.ts'), 'utf8');
  const imported = new Map(
    [...source.matchAll(/^import (\w+) from '\.\.\/databases\/python\/(.*)';$/gm)].map(([, name, path]) => [
      name,
      path,
    ]),
  );
  const listed = [...source.matchAll(/^ {2}'(.*\.py)': (\w+),$/gm)].map(([, path, name]) => [path, imported.get(name)]);
  const files = readdirSync(join(src, 'databases', 'python'), { recursive: true, encoding: 'utf8' });
  expect(listed.map(([path]) => path).toSorted()).toEqual(files.filter((path) => path.endsWith('.py')).sort());
  expect(listed.filter(([path, from]) => path !== from)).toEqual([]);
});
