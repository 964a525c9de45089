import { expect, test } from '@jest/globals';
import { type CpuProfile, secondsOfParts, sourceOfLines } from '../../../bench/profile-parts.ts';

const bundle = [
  '"use strict";',
  '// src/lib/text.ts',
  'shared',
  '// src/sync/guard.ts',
  'guard',
  '// src/sync/content-reader.ts',
  'read',
  '// src/ledger/ledger.ts',
  'ledger',
  '// node_modules/picomatch/index.js',
  'glob',
].join('\n');
const lineOf = (text: string) => bundle.split('\n').indexOf(text);

test('a line of the bundle is of the source that the comment before it names', () => {
  const sourceOf = sourceOfLines(bundle);
  expect([0, lineOf('shared'), lineOf('guard'), lineOf('glob'), 99].map(sourceOf)).toEqual([
    '',
    'src/lib/text.ts',
    'src/sync/guard.ts',
    'node_modules/picomatch/index.js',
    '',
  ]);
});

type Call = readonly [functionName: string, url: string, line?: string];

/** The part of one second that is spent at the end of these calls, the outermost first. */
function partOf(...calls: readonly Call[]): string | undefined {
  const nodes = [['(root)', ''] as Call, ...calls].map(([functionName, url, line = ''], id, all) => ({
    id,
    callFrame: { functionName, url, lineNumber: lineOf(line) },
    ...(id + 1 < all.length ? { children: [id + 1] } : {}),
  }));
  const profile: CpuProfile = { nodes, samples: [nodes.length - 1, nodes.length - 1], timeDeltas: [400_000, 600_000] };
  const [[part, seconds] = []] = secondsOfParts(profile, bundle);
  expect(seconds).toBeCloseTo(1);
  return part;
}

const own = (line: string): Call => [line, 'file:///dist/run.cjs', line];
const load: Call = ['compile', 'node:internal/modules/cjs/loader'];

test.each<[string, Call[], string]>([
  ['own code', [own('ledger')], 'ledger'],
  [
    'a builtin that own code calls',
    [own('guard'), ['indexOf', 'node:buffer']],
    'the guard: what must not become public',
  ],
  ['code that serves all, by its caller', [own('ledger'), own('shared')], 'ledger'],
  ['another package, by its caller', [own('ledger'), own('glob')], 'ledger'],
  ['the nearest of two', [own('ledger'), own('guard')], 'the guard: what must not become public'],
  ['opening a file', [own('read'), ['openSync', 'node:fs']], 'find, open and read files'],
  ['the hash of a file', [own('read'), ['hash', 'node:internal/crypto/hash']], 'MD5 of files'],
  ['a hash of something else', [own('ledger'), ['hash', 'node:internal/crypto/hash']], 'ledger'],
  ['loading', [load, own('ledger')], 'start: Node, and loading what the run needs'],
  ['undici', [['write', '/dist/undici.cjs']], 'requests and their bodies'],
  ['a socket', [['onStreamRead', 'node:internal/stream_base_commons']], 'requests and their bodies'],
  ['the collector', [own('ledger'), ['(garbage collector)', '']], 'memory: the garbage collector'],
  ['nothing', [['(idle)', '']], 'waiting'],
  ['the engine', [['(program)', '']], 'the rest'],
])('the time of %s', (_what, calls, part) => {
  expect(partOf(...calls)).toBe(part);
});
