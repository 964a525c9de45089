import { describe, expect, test } from '@jest/globals';
import { median, ratioOf } from '../../../bench/samples.ts';
import { startTables } from '../../../bench/start-tables.ts';
import {
  amountTable,
  formatRatio,
  markdownTable,
  putTables,
  ratioTable,
  report,
  roundsTable,
  stageTable,
} from '../../../bench/table.ts';
import { sample } from './samples.ts';

test('the median of an even number of values is between the two in the middle', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 7])).toBe(6);
  expect(median([])).toBeNaN();
});

test('a ratio is that of the medians, so that one slow round does not count', () => {
  const samples = [1, 1.2, 9].map((wall, round) => sample({ wall, round }));
  const theirs = [3, 3.6, 4].map((wall, round) => sample({ peer: 's5cmd', wall, round }));
  const run = { suite: 'small-0', peer: 's5cmd', step: 'cold' } as const;
  expect(ratioOf([...samples, ...theirs], run, ({ wall }) => wall)).toBeCloseTo(3);
});

test.each([
  [0.44, '0.4'],
  [3.14, '3.1'],
  [12.6, '13'],
  [Number.NaN, '–'],
  [Number.POSITIVE_INFINITY, '–'],
])('%d is written as %s', (value, text) => {
  expect(formatRatio(value)).toBe(text);
});

test('a table of Markdown has numbers on the right', () => {
  expect(markdownTable(['', 'a'], [['row', '1']])).toBe('|  | a |\n| --- | --: |\n| row | 1 |');
});

describe('the tables of a run', () => {
  const request = {
    samples: [
      sample({ requests: { PUT: 2_801 }, ledger: { PUT: 1 } }),
      sample({ step: 'same', wall: 0.5 }),
      sample({ peer: 's5cmd', wall: 3.2 }),
      sample({ peer: 's5cmd', wall: 3.2, round: 1 }),
    ],
    suites: [{ name: 'small-0', title: 'small, 0 ms' }],
    peers: [
      { name: 'ours', title: 'Ours' },
      { name: 's5cmd', title: 's5cmd' },
      { name: 'rclone', title: 'rclone' },
    ],
  };

  test('show a dash for a client that did not run, and no row for what nobody ran', () => {
    expect(ratioTable(request, ({ wall }) => wall).split('\n')).toEqual([
      '|  | s5cmd | rclone |',
      '| --- | --: | --: |',
      '| small, 0 ms: cold | 3.2 | – |',
      '| small, 0 ms: nothing changed | – | – |',
    ]);
  });

  const none = { ...request, suites: [] };

  test('show why a suite did not run, once', () => {
    const suites = [...request.suites, { name: 'cores', title: 'small, 4 cores', notRun: 'this machine has 2' }];
    const row = '| small, 4 cores: not run, this machine has 2 | – | – |';
    const tables = report({ ...request, suites }, none, none, []).map(({ table }) => table);
    expect(tables.filter((table) => table.includes('4 cores'))).toHaveLength(1);
    expect(tables.find((table) => table.includes(row))).toBeDefined();
  });

  test('show amounts of ours too', () => {
    const rows = amountTable(request, ({ requests }) => requests.PUT ?? 0).split('\n');
    expect(rows[2]).toBe('| small, 0 ms: cold | 2,801 | 0 | – |');
  });

  test('say how many rounds there were', () => {
    expect(roundsTable(request).split('\n').at(-1)).toBe('| small, 0 ms | 1 | 2 | – |');
  });

  test('leave out what was not asked for', () => {
    const titles = report(request, none, none, []).map(({ title }) => title);
    expect(titles).toContain('Requests');
    expect(titles.filter((title) => title.includes('collectstatic'))).toEqual([]);
    expect(titles).not.toContain('Targets');
  });
});

test('the stages of a run and what is between them are all of its time', () => {
  const samples = [
    sample({ suite: 'whole', step: 'first', wall: 30, stages: { Build: 20, Proof: 9 } }),
    sample({ suite: 'whole', step: 'commit', wall: 25, stages: { Build: 14, Proof: 10.5 } }),
  ];
  const request = { samples, suites: [{ name: 'whole', title: 'push' }], peers: [{ name: 'ours', title: 'Ours' }] };
  expect(stageTable(request, 'ours').split('\n').slice(2)).toEqual([
    '| Build | 20.0 | 14.0 |',
    '| Proof | 9.0 | 10.5 |',
    '| Start, and what is between | 1.0 | 0.5 |',
    '| **All** | 30.0 | 25.0 |',
  ]);
  expect(stageTable({ ...request, samples: [] }, 'ours')).toBe('');
});

test('tables replace those of the run before, and nothing else of the page', () => {
  const page = '# Title\n<!-- table:start -->\nold\n<!-- table:end -->\nText\n';
  const put = putTables(page, 'new');
  expect(put).toBe('# Title\n<!-- table:start -->\nnew\n<!-- table:end -->\nText\n');
  expect(putTables(put, 'new')).toBe(put);
  expect(() => putTables('# Title\n', 'new')).toThrow('no <!-- table:start -->');
});

test('the file that a run starts has no time of its own, and starts are compared with an empty script', () => {
  const [build, starts, parts] = startTables({
    build: [{ title: 'collectstatic', seconds: 3.456 }],
    parts: [
      { name: 'index.cjs', bytes: 2_000_000, load: undefined },
      { name: 'undici.cjs', bytes: 800_400, load: 27.6 },
    ],
    starts: [
      { title: 'an empty script', milliseconds: 30 },
      { title: 'post', milliseconds: 75.6 },
    ],
  });
  expect(build?.table.split('\n').slice(2)).toEqual(['| collectstatic | 3.46 |']);
  expect(starts?.table.split('\n').slice(2)).toEqual(['| an empty script | 30 | – |', '| post | 76 | 46 |']);
  expect(parts?.table.split('\n').slice(2)).toEqual([
    '| index.cjs | 2,000 | – |',
    '| undici.cjs | 800 | 28 |',
    '| **All** | 2,800 |  |',
  ]);
});
