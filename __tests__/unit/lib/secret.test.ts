import { inspect } from 'node:util';
import { expect, test } from '@jest/globals';
import { Secret } from '../../../src/lib/secret.ts';

test('a secret prints as *** however it is printed, and is read by reveal alone', () => {
  const secret = new Secret('hunter2hunter2');
  const printed = [
    String(secret),
    `${secret}`,
    JSON.stringify({ secret }),
    inspect(secret),
    inspect({ deep: { secret } }, { depth: 9, showHidden: true }),
    JSON.stringify(Object.entries(secret)),
  ].join('\n');
  expect(printed).not.toContain('hunter2');
  expect(printed).toContain('***');
  expect(secret.reveal()).toBe('hunter2hunter2');
});
