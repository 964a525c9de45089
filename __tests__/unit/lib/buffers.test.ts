import { expect, test } from '@jest/globals';
import { createBuffers } from '../../../src/lib/buffers.ts';

test('a buffer that came back is lent again', async () => {
  const { lend } = createBuffers();
  const first = await lend(8, async (buffer) => buffer);
  expect(first).toHaveLength(8);
  expect(await lend(8, async (buffer) => buffer)).toBe(first);
});

test('a buffer that is in use is lent to nobody else', async () => {
  const { lend } = createBuffers();
  await lend(8, (one) =>
    lend(8, async (other) => {
      expect(other).not.toBe(one);
    }),
  );
});

test('a buffer comes back from work that fails', async () => {
  const { lend } = createBuffers();
  let lent: Buffer | undefined;
  const failing = lend(8, async (buffer) => {
    lent = buffer;
    throw new Error('failed');
  });
  await expect(failing).rejects.toThrow('failed');
  expect(await lend(8, async (buffer) => buffer)).toBe(lent);
});

test('a buffer of another size is a new one, and the old ones are let go', async () => {
  const { lend } = createBuffers();
  const small = await lend(8, async (buffer) => buffer);
  expect(await lend(16, async (buffer) => buffer)).toHaveLength(16);
  expect(await lend(8, async (buffer) => buffer)).not.toBe(small);
});
