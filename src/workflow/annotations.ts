import { placeText } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';

/** How many annotations of a level GitHub keeps of one step; it drops the rest without a word. */
const mostAnnotations = 10;

/** A log in which what GitHub would drop stands as a plain line. */
export function withinLimits(log: Log): Log {
  const shown = { notice: 0, warning: 0, error: 0 };
  const limited =
    (level: keyof typeof shown): Log['error'] =>
    (message, at) => {
      if (shown[level]++ < mostAnnotations) return log[level](message, at);
      const place = at ? placeText(at) : '';
      log.info(`${level}: ${place === '' || message.includes(place) ? '' : `${place}: `}${message}`);
    };
  return { ...log, notice: limited('notice'), warning: limited('warning'), error: limited('error') };
}
