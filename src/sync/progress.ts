import type { Clock } from '../core/ports.ts';
import { formatBytes, formatCount, formatDuration, plural } from '../lib/text.ts';
import type { Progress } from './apply-sync.ts';

/** A progress report that prints a line now and then, and none for what is done in a moment. */
export function progressLines(
  clock: Clock,
  print: (line: string) => void,
  every = 10_000,
): (progress: Progress) => void {
  const began = clock.now();
  let printed = began;
  return ({ files, ofFiles, bytes, ofBytes }) => {
    const now = clock.now();
    if (now - printed < every || files === ofFiles) return;
    printed = now;
    const amount = `${formatBytes(bytes)} of ${formatBytes(ofBytes)}`;
    print(`${formatCount(files)} of ${plural(ofFiles, 'upload')}, ${amount} (${formatDuration(now - began)})`);
  };
}
