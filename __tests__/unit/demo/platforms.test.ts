import { expect, test } from '@jest/globals';
import { cannotServe } from '../../../demo/parts/place.ts';
import { wordFor } from '../../../demo/parts/shell.ts';

test('a machine that no app can be served on is told where one can', () => {
  expect([cannotServe('linux'), cannotServe('darwin')]).toEqual([undefined, undefined]);
  expect(cannotServe('win32')).toMatch(/gunicorn.* WSL: wsl --install/);
});

test.each<[NodeJS.Platform, string, string]>([
  ['linux', '../shop', '../shop'],
  ['linux', '../my shop', "'../my shop'"],
  ['win32', '..\\shop', '..\\shop'],
  ['win32', 'C:\\my shop', '"C:\\my shop"'],
])('a command can be copied into a shell of %s: %s', (platform, text, word) => {
  expect(wordFor(text, platform)).toBe(word);
});
