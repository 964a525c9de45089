import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
// @ts-expect-error The configuration is JavaScript, because dependency-cruiser reads it.
import { layers } from '../../.dependency-cruiser.mjs';

/** The pages for contributors name files, commands, rooms and doubles that are there. */
const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

const pages = ['CONTRIBUTING.md', 'AGENTS.md', 'docs/architecture.md', '__tests__/README.md'];

describe.each(pages)('%s', (page) => {
  const text = read(page);

  test('links files that are there', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)\s#]+)[^)]*\)/g)].map((match) => match[1] ?? '');
    expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
  });

  test('names files and folders that are there', () => {
    const names = [...text.matchAll(/`((?:src|scripts|docs|bench|demo|__tests__|\.ci|\.github)\/[\w./-]+)`/g)].map(
      (match) => match[1] ?? '',
    );
    const isPattern = (name: string) => /\b[A-Z]{2,}\b/.test(name);
    expect(names.filter((name) => !isPattern(name) && !existsSync(join(root, name)))).toEqual([]);
  });

  test('names npm scripts that are there', () => {
    const names = [...text.matchAll(/npm run ([\w:]+)/g)].map((match) => match[1] ?? '');
    expect(names.filter((name) => !(name in scripts))).toEqual([]);
  });
});

test('docs/architecture.md has the rooms in the order of the layers', () => {
  const [, table = ''] = read('docs/architecture.md').split('<!-- layers -->');
  const rooms = [...table.matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1]);
  expect(rooms).toEqual(layers);
});

test('__tests__/README.md names doubles that their files have', () => {
  const rows = read('__tests__/README.md').match(/^\| .*\.ts\).*$/gm) ?? [];
  const missing = rows.flatMap((row) => {
    const [, use = '', from = ''] = row.split(' | ');
    const texts = [...from.matchAll(/\]\(([^)]+\.ts)\)/g)]
      .map(([, file = '']) => read(join('__tests__', file)))
      .join('');
    return [...use.matchAll(/`(\w+)`/g)].flatMap(([, name = '']) => (texts.includes(name) ? [] : [name]));
  });
  expect(rows.length).toBeGreaterThan(10);
  expect(missing).toEqual([]);
});
