import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';

/** Effects come in as parameters, read off the imports. The direction of imports is held by .dependency-cruiser.mjs. */
const root = join(import.meta.dirname, '..', '..', 'src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .map((file) => file.replaceAll('\\', '/'));

interface Import {
  readonly from: string;
  /** Only its types, which are gone when it runs. */
  readonly typeOnly: boolean;
}

/** Hashes and their keys are functions of bytes; what else node:crypto has is not. */
const hashing = /^\{(\s*(hash|createHash|createHmac|createSecretKey|type \w+),?)+\s*\}\s*$/;

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found: Import[] = [];
  for (const [, type, names = '', from = ''] of text.matchAll(/^import (type )?([\s\S]*?)from '([^']+)';/gm)) {
    const typeOnly = type !== undefined || /^\{(\s*type [^,}]+,?)+\s*\}\s*$/.test(names);
    const only = from === 'node:crypto' && hashing.test(names) ? 'node:crypto/hash' : from;
    found.push({ from: only, typeOnly });
  }
  for (const [, from = ''] of text.matchAll(/\bimport\('([^']+)'\)/g)) found.push({ from, typeOnly: false });
  return found;
}

const inside = (file: string, from: string) =>
  from.startsWith('.') ? relative(root, join(root, dirname(file), from)).replaceAll('\\', '/') : from;
const graph = new Map(
  files.map((file) => [file, importsOf(file).map((one) => ({ ...one, from: inside(file, one.from) }))]),
);
const running = (file: string) => (graph.get(file) ?? []).filter(({ typeOnly }) => !typeOnly);

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
  const effects = /^node:(?!path|buffer|util|crypto\/hash)|^undici|^@(?!renovatebot\/pep440)/;

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

test('only runner/ reads process.env', () => {
  const readers = files.filter((file) => /\bprocess\.env\b/.test(readFileSync(join(root, file), 'utf8')));
  expect(readers.filter((file) => !file.startsWith('runner/'))).toEqual([]);
});
