import { DeployError } from '../../core/errors.ts';
import { type ChangeTools, change, persist } from './changing.ts';
import { definitionOf } from './choose-source.ts';
import { hasMark } from './mark.ts';
import type { SourceName } from './source-name.ts';
import type { TrustedSource } from './trusted-source.ts';

/** How often a change is made again that another run undid, because it had read the rules before. */
export const mostRounds = 5;

/**
 * Takes out the rules of a mark.
 * @param looksAgain Whether it looks after a moment if another run's change put them back, where that is possible.
 * @throws whatever a request throws, and DeployError TRUSTED_SOURCE_FAILED if they come back again and again.
 */
export async function takeOut(
  source: TrustedSource,
  chosen: SourceName,
  mark: string,
  tools: ChangeTools,
  { looksAgain }: { readonly looksAgain: boolean },
): Promise<void> {
  const { title, settle } = definitionOf(chosen);
  for (let round = 1; round <= mostRounds; round++) {
    await change((io) => source.remove(mark, io), tools);
    if (settle === undefined || !looksAgain) return;
    await tools.clock.sleep(settle, tools.io.signal);
    const { rules } = await persist((io) => source.list(io), tools);
    if (!rules.some(({ label }) => hasMark(label, mark))) return;
  }
  throw new DeployError('TRUSTED_SOURCE_FAILED', `${title} has ${mark} again after ${mostRounds} attempts.`, {
    hint: 'Something else changes these rules at the same time. Let one job at a time change them.',
  });
}
