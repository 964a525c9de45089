import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

const look = 250;
/** Share of the cores that may have something else to do. */
const tolerated = 0.15;

const times = () => {
  let idle = 0;
  let all = 0;
  for (const { times } of cpus()) {
    idle += times.idle;
    all += times.user + times.nice + times.sys + times.irq + times.idle;
  }
  return { idle, all };
};

/**
 * Waits until the machine has nothing else to do, because what else runs takes more from clients with many threads than from
 * others. False where it stays busy for too long, so that the run begins all the same.
 */
export async function waitForQuiet(patience: number): Promise<boolean> {
  const end = performance.now() + patience;
  while (performance.now() < end) {
    const before = times();
    await delay(look);
    const after = times();
    if (1 - (after.idle - before.idle) / (after.all - before.all) <= tolerated) return true;
  }
  return false;
}
