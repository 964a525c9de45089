import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';

/** The rules of the house, read off the imports: dependencies point one way, and effects come in as parameters. */
const root = join(import.meta.dirname, '..', '..', 'src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .map((file) => file.replaceAll('\\', '/'));

interface Import {
  readonly from: string;
  /** Only its types, which are gone when it runs. */
  readonly typeOnly: boolean;
  /** Loaded when it is needed, not at the start. */
  readonly lazy: boolean;
}

/** Hashes and their keys are functions of bytes; what else node:crypto has is not. */
const hashing = /^\{(\s*(hash|createHash|createHmac|createSecretKey|type \w+),?)+\s*\}\s*$/;

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found: Import[] = [];
  for (const [, type, names = '', from = ''] of text.matchAll(/^import (type )?([\s\S]*?)from '([^']+)';/gm)) {
    const typeOnly = type !== undefined || /^\{(\s*type [^,}]+,?)+\s*\}\s*$/.test(names);
    const only = from === 'node:crypto' && hashing.test(names) ? 'node:crypto/hash' : from;
    found.push({ from: only, typeOnly, lazy: false });
  }
  for (const [, from = ''] of text.matchAll(/\bimport\('([^']+)'\)/g))
    found.push({ from, typeOnly: false, lazy: true });
  return found;
}

const inside = (file: string, from: string) =>
  from.startsWith('.') ? relative(root, join(root, dirname(file), from)).replaceAll('\\', '/') : from;
const graph = new Map(
  files.map((file) => [file, importsOf(file).map((one) => ({ ...one, from: inside(file, one.from) }))]),
);
const running = (file: string) => (graph.get(file) ?? []).filter(({ typeOnly }) => !typeOnly);

test('only runner/ knows @actions', () => {
  const users = files.filter((file) => running(file).some(({ from }) => from.startsWith('@actions/')));
  expect(users.filter((file) => !file.startsWith('runner/'))).toEqual([]);
  expect(users.length).toBeGreaterThan(2);
});

test('only store/sdk.ts knows the AWS SDK', () => {
  expect(files.filter((file) => running(file).some(({ from }) => from.startsWith('@aws-sdk/')))).toEqual([
    'store/sdk.ts',
  ]);
});

test('no file is part of a circle', () => {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]) => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (path.includes(file) || done.has(file)) return;
    for (const { from } of running(file)) if (graph.has(from)) visit(from, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});

describe('pure files import only types, pure files and pure libraries', () => {
  const pure = [
    'errors.ts',
    'plan.ts',
    'context.ts',
    'identify.ts',
    'input-reader.ts',
    'target.ts',
    'lib/gate.ts',
    'lib/globs.ts',
    'lib/headers.ts',
    'lib/latest.ts',
    'lib/limit.ts',
    'lib/parse.ts',
    'lib/pool.ts',
    'lib/secret.ts',
    'lib/text.ts',
    'build/detect.ts',
    'build/frontend.ts',
    'build/hook-advice.ts',
    'build/install/advice.ts',
    'build/install/cache.ts',
    'build/install/choose.ts',
    'build/install/pip-config.ts',
    'build/install/pyproject.ts',
    'build/install/python-version.ts',
    'build/install/requirements.ts',
    'build/outcome.ts',
    'build/outcome-reader.ts',
    'build/failures.ts',
    'build/fatal.ts',
    'build/variables.ts',
    'build/preflight/preflight.ts',
    'sync/bundlers.ts',
    'github/announce.ts',
    'github/comment.ts',
    'github/deployment.ts',
    'github/failures.ts',
    'github/fence.ts',
    'github/github.ts',
    'github/permissions.ts',
    'sync/compressible.ts',
    'sync/guard.ts',
    'sync/headers.ts',
    'sync/immutable.ts',
    'sync/names.ts',
    'sync/plan.ts',
    'sync/planned.ts',
    'sync/prune.ts',
    'sync/rules.ts',
    'sync/shard.ts',
    'store/change.ts',
    'store/failures.ts',
    'store/ledger.ts',
    'store/list.ts',
    'store/quirks.ts',
    'store/releases.ts',
    'store/signature.ts',
    'store/wire.ts',
    'store/xml.ts',
    'release/evidence.ts',
    'release/expectation.ts',
    'report/comment.ts',
    'report/outputs.ts',
    'report/parts.ts',
    'report/report.ts',
    'report/summary.ts',
  ];
  const effects = /^node:(?!path|buffer|crypto\/hash)|^undici|^@(?!renovatebot\/pep440)/;

  /** Everything that runs where this file runs. */
  function reach(file: string, seen = new Set<string>()): Set<string> {
    for (const { from } of running(file)) {
      if (seen.has(from)) continue;
      seen.add(from);
      if (graph.has(from)) reach(from, seen);
    }
    return seen;
  }

  test.each(pure)('%s', (file) => {
    expect(graph.has(file)).toBe(true);
    // Whether a folder can be listed and is a virtual environment is all that detect.ts asks the disk.
    const allowed = file === 'build/detect.ts' ? ['node:fs'] : [];
    expect([...reach(file)].filter((from) => effects.test(from) && !allowed.includes(from))).toEqual([]);
  });
});

test('process.env is read in inputs, context and runner alone', () => {
  const readers = files.filter((file) => /\bprocess\.env\b/.test(readFileSync(join(root, file), 'utf8')));
  expect(readers.filter((file) => !file.startsWith('runner/'))).toEqual([]);
});

test('large packages are loaded when they are needed', () => {
  const eager = files.flatMap((file) =>
    running(file)
      .filter(({ lazy }) => !lazy)
      .map(({ from }) => from),
  );
  for (const name of ['@actions/cache', '@actions/github', '@aws-sdk/client-s3', 'undici', 'htmlparser2', 'tar-stream'])
    expect(eager).not.toContain(name);
});
