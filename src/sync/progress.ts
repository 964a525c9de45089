import type { Clock } from '../core/ports.ts';
import { type Repeat, repeat } from '../lib/repeat.ts';
import { formatBytes, formatCount, formatDuration, plural } from '../lib/text.ts';
import type { Traffic } from '../store/store.ts';
import type { Progress } from './apply-sync.ts';

export interface ProgressIO {
  readonly clock: Clock;
  readonly print: (line: string) => void;
  /** What went over the line so far; undefined if nobody counts. */
  readonly traffic: () => Traffic | undefined;
  /** The system's timer if absent. */
  readonly repeat?: Repeat;
}

/** Milliseconds between two lines. */
const every = 10_000;

/** What was sent again since then: `2 requests sent again (SlowDown)`; '' if nothing was. */
function again(now: Traffic['repeated'], before: ReadonlyMap<string, number>): string {
  const codes = [...now].filter(([code, count]) => count > (before.get(code) ?? 0));
  const count = codes.reduce((sum, [code, times]) => sum + times - (before.get(code) ?? 0), 0);
  return count === 0 ? '' : `, ${plural(count, 'request')} sent again (${codes.map(([code]) => code).join(', ')})`;
}

/**
 * Prints a line every ten seconds as long as an upload lasts, also if it is one file: what has arrived, what is on the line, how
 * fast, and what had to be sent again.
 * @returns `report` takes how far it is; `end` ends the lines.
 */
export function progressLines({ clock, print, traffic, repeat: start = repeat }: ProgressIO) {
  const began = clock.now();
  let at: Progress | undefined;
  let last = { time: began, sent: traffic()?.sent ?? 0, repeated: new Map(traffic()?.repeated) };
  const first = last.sent;

  function line(): void {
    if (!at || at.files === at.ofFiles) return;
    const { files, ofFiles, bytes, ofBytes } = at;
    const now = clock.now();
    const seen = traffic();
    const sent = seen ? seen.sent - first : bytes;
    const rate = ((seen?.sent ?? bytes) - last.sent) / Math.max(1, (now - last.time) / 1_000);
    const left = ofBytes - Math.min(Math.max(sent, bytes), ofBytes);
    const ahead = rate > 0 && left > 0 ? `, about ${formatDuration((left / rate) * 1_000)} left` : '';
    const amount = `${formatBytes(Math.min(Math.max(sent, bytes), ofBytes))} of ${formatBytes(ofBytes)}`;
    print(
      `${formatCount(files)} of ${plural(ofFiles, 'upload')}, ${amount}, ${formatBytes(Math.round(rate))}/s (${formatDuration(now - began)}${ahead})${seen ? again(seen.repeated, last.repeated) : ''}`,
    );
    last = { time: now, sent: seen?.sent ?? bytes, repeated: new Map(seen?.repeated) };
  }

  const end = start(every, line);
  return {
    report(progress: Progress): void {
      at = { ...progress };
    },
    end,
  };
}
