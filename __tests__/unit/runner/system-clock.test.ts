import { expect, test } from '@jest/globals';
import { systemClock } from '../../../src/runner/system-clock.ts';
import { never } from '../../support/fakes.ts';

test('a wait ends by itself', async () => {
  await expect(systemClock.sleep(1, never)).resolves.toBeUndefined();
});

test('an abort ends a wait at once, with the reason of the abort', async () => {
  const controller = new AbortController();
  const reason = new Error('cancelled');
  const waiting = systemClock.sleep(3_600_000, controller.signal);
  controller.abort(reason);
  await expect(waiting).rejects.toBe(reason);
  await expect(systemClock.sleep(3_600_000, controller.signal)).rejects.toBe(reason);
});
