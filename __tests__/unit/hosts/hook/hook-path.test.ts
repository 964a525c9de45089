import { expect, test } from '@jest/globals';
import { parsePath, readText } from '../../../../src/hosts/hook/hook-path.ts';

const answer = {
  data: { state: 'ready', ok: true, number: 0 },
  items: [
    { id: 7, state: 'a' },
    { id: '8', state: 'b' },
  ],
  none: null,
};
const fill = (text: string) => text.replaceAll('{id}', '8');

test.each<[string, string | undefined]>([
  ['data.state', 'ready'],
  ['data.ok', 'true'],
  ['data.number', '0'],
  ['items[1].state', 'b'],
  ['items[id=7].state', 'a'],
  ['items[id={id}].state', 'b'],
  ['items[id=9].state', undefined],
  ['items[5].state', undefined],
  ['none', undefined],
  ['none.state', undefined],
  ['nothing.at.all', undefined],
  ['constructor.name', undefined],
  ['__proto__.x', undefined],
])('%s leads to %s', (path, value) => {
  expect(readText(answer, path, fill)).toBe(value);
});

test.each(['data', 'items', 'data[0]', 'items.state', 'data.state.more'])('%s leads through another kind', (path) => {
  expect(() => readText(answer, path, fill)).toThrow('HTTP 200 with');
});

test('the whole answer may be a list', () => {
  expect(readText([{ sha: 'x', state: 'up' }], '[sha=x].state', fill)).toBe('up');
});

test.each(['', '.', 'a..b', 'a.', '[', '[x]', 'a b', '$.store[*]', 'a[?(@.b)]', 'a()', "a['b']"])(
  '%j is not a path',
  (path) => {
    expect(parsePath(path)).toBeUndefined();
  },
);
