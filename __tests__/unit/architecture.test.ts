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

test('only store/s3/sdk.ts knows the AWS SDK', () => {
  expect(files.filter((file) => running(file).some(({ from }) => from.startsWith('@aws-sdk/')))).toEqual([
    'store/s3/sdk.ts',
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
    'core/errors.ts',
    'plan/run-plan.ts',
    'event/context.ts',
    'event/pull-request.ts',
    'inputs/input-reader.ts',
    'plan/destination.ts',
    'lib/weighted-semaphore.ts',
    'lib/globs.ts',
    'lib/retry-after.ts',
    'lib/coalescer.ts',
    'lib/adaptive-limit.ts',
    'lib/parse.ts',
    'lib/map-limit.ts',
    'lib/secret.ts',
    'lib/text.ts',
    'project/checkout/manage-py.ts',
    'project/frontend/frontend.ts',
    'project/command-advice.ts',
    'project/install/install-advice.ts',
    'project/install/package-cache.ts',
    'project/install/choose-installer.ts',
    'project/install/pip-config.ts',
    'project/install/pyproject.ts',
    'project/install/python-version.ts',
    'project/install/requirements.ts',
    'project/django/outcome.ts',
    'project/django/django-failures.ts',
    'project/django/fatal-failure.ts',
    'project/django/placeholders.ts',
    'project/preflight/preflight.ts',
    'assets/bundlers.ts',
    'github/announcer.ts',
    'github/comment.ts',
    'github/deployment.ts',
    'github/github-failures.ts',
    'github/fence.ts',
    'github/github.ts',
    'github/permissions.ts',
    'sync/compressible.ts',
    'sync/guard.ts',
    'sync/content-type.ts',
    'assets/hashed-names.ts',
    'sync/lookalikes.ts',
    'sync/sync-plan.ts',
    'sync/planned-file.ts',
    'sync/prune.ts',
    'sync/header-rules.ts',
    'store/shard.ts',
    'ledger/change.ts',
    'store/s3/store-failures.ts',
    'ledger/ledger.ts',
    'store/s3/list-pages.ts',
    'store/vendors.ts',
    'ledger/releases.ts',
    'store/s3/signature.ts',
    'store/s3/object-headers.ts',
    'store/s3/listing-xml.ts',
    'release/judge.ts',
    'release/expectation.ts',
    'report/comment-text.ts',
    'report/outputs.ts',
    'report/markdown-parts.ts',
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
    // Whether a folder can be listed and is a virtual environment is all that own-folder.ts asks the disk.
    const allowed = file === 'lib/own-folder.ts' ? ['node:fs'] : [];
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
