import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { renderDocs } from '../../scripts/docs.ts';
import { codes } from '../../src/core/errors.ts';
import { version } from '../../src/core/version.ts';
import { hosts } from '../../src/hosts/index.ts';
import { outputsOf } from '../../src/report/outputs.ts';
import { emptyReport } from '../../src/report/report.ts';
import { readInputs } from '../support/inputs.ts';

/** What action.yml says is what the code does and what README.md shows. */
const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const action = parse(read('action.yml')) as {
  inputs: Record<string, { default?: string }>;
  outputs: Record<string, unknown>;
  runs: { using: string; main: string; post: string };
};

describe('action.yml', () => {
  test('has the inputs that the code reads, and no other', () => {
    const asked = new Set<string>();
    const input = (name: string) => {
      asked.add(name);
      return '';
    };
    readInputs({ input, env: {} }, hosts, () => undefined);
    expect([...asked].sort()).toEqual(Object.keys(action.inputs).sort());
  });

  test('has the defaults that the code has', () => {
    // What the runner fills in is nothing that the code knows.
    const source = (name: string) => (action.inputs[name]?.default ?? '').replace(/^\$\{\{.*\}\}$/, '');
    expect(readInputs({ input: source, env: {} }, hosts, () => undefined)).toEqual(
      readInputs({ input: () => '', env: {} }, hosts, () => undefined),
    );
  });

  test('has the outputs that the code sets, and no other', () => {
    expect(Object.keys(outputsOf(emptyReport(), '')).sort()).toEqual(Object.keys(action.outputs).sort());
  });

  test('starts the bundle on Node 24, and again at the end of the job', () => {
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/index.cjs', post: 'dist/index.cjs' });
  });
});

test('generated sections are what the code says: action.yml, README.md, the pages of hosts', async () => {
  for (const { current, wanted } of await renderDocs()) expect(current).toBe(wanted);
});

describe('README.md', () => {
  test('is no longer than 270 lines, apart from the tables that the code writes', () => {
    const written = read('README.md').replace(/<!-- (\w+):start -->[\s\S]*?<!-- \1:end -->/g, '');
    expect(written.split('\n').length).toBeLessThanOrEqual(270);
  });

  test('has two commands for a fresh machine: the main job where a user looks, the tests where an engineer does', () => {
    const [, sections = ''] = /## Try it\n([\s\S]*)/.exec(read('README.md')) ?? [];
    const [forUsers = '', forEngineers = ''] = sections.split('\n## Development\n');
    const commands = (text: string) =>
      [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
        block
          .trim()
          .split('\n')
          .map((line) => line.replace(/ +#.*/, '')),
      );
    expect(commands(forUsers)).toEqual(['npm ci && npm run demo']);
    expect(commands(forEngineers)).toEqual(['npm ci && npm test']);
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['demo', 'test']));
  });

  test('names every host', () => {
    for (const name of Object.keys(hosts)) expect(read('README.md')).toContain(`\`${name}\``);
  });
});

/** The anchors that GitHub gives a page: one for each heading. */
const anchorsOf = (text: string): Set<string> =>
  new Set(
    [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}_ -]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );

const inDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' });
const pages = [
  'README.md',
  'SECURITY.md',
  ...inDocs.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
];

test.each(pages)('%s leads nowhere that is not there', (page) => {
  const links = [...read(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map((match) => match[1] ?? '');
  const lost = links.filter((link) => {
    const [path, anchor] = link.split('#');
    const target = path ? join(page, '..', path) : page;
    return !existsSync(join(root, target)) || (anchor !== undefined && !anchorsOf(read(target)).has(anchor));
  });
  expect(lost).toEqual([]);
});

test('the version that a run names is that of package.json', () => {
  expect(version).toBe((JSON.parse(read('package.json')) as { version: string }).version);
});

test('docs/troubleshooting.md has a section for every error code, and for no other', () => {
  const sections = [...read('docs/troubleshooting.md').matchAll(/^## `([A-Z_]+)`$/gm)].map((match) => match[1]);
  expect(sections.sort()).toEqual(Object.keys(codes).sort());
});
