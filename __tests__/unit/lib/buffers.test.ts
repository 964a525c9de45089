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

test('small buffers serve all sizes up to theirs', async () => {
  const { lend } = createBuffers();
  const buffer = await lend(5_000, async (lent) => lent);
  expect(buffer).toHaveLength(8_192);
  expect(await lend(8_192, async (lent) => lent)).toBe(buffer);
  expect(await lend(0, async (lent) => lent.length)).toBeGreaterThan(0);
});

test('the memory of large buffers is shared with other threads, and that of small ones is not', async () => {
  const { lend } = createBuffers();
  const kindOf = (size: number) => lend(size, async ({ buffer }) => buffer instanceof SharedArrayBuffer);
  expect([await kindOf(8), await kindOf(500_000), await kindOf(16 * 1024 * 1024)]).toEqual([false, false, true]);
});

test('of large buffers those of another size are let go', async () => {
  const { lend } = createBuffers();
  const [size, other] = [2 * 1024 * 1024 + 1, 3 * 1024 * 1024];
  const large = await lend(size, async (buffer) => buffer);
  expect(large).toHaveLength(size);
  expect(await lend(size, async (buffer) => buffer)).toBe(large);
  expect(await lend(other, async (buffer) => buffer)).toHaveLength(other);
  expect(await lend(size, async (buffer) => buffer)).not.toBe(large);
});

test('buffers of a middling size are not kept', async () => {
  const { lend } = createBuffers();
  const one = await lend(100_000, async (buffer) => buffer);
  expect(await lend(100_000, async (buffer) => buffer)).not.toBe(one);
});
