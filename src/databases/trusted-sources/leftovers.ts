import type { RunOrder } from '../../core/run-order.ts';
import { type Mark, marksOf } from './mark.ts';
import type { SourceRule } from './trusted-source.ts';

/** The run that looks for what others left. */
export interface SweepingRun {
  /** GitHub's id of the repository. */
  readonly repository: string;
  readonly run: RunOrder;
  readonly now: number;
  /** Whether GitHub says that a run of this repository is over; undefined where it does not say. */
  readonly isOver: (run: RunOrder) => Promise<boolean | undefined>;
}

/**
 * The marks whose run can need them no more: no job lasts that long, or GitHub says that it is over. Another step or job of
 * the same attempt may go on. `unsure`: runs that GitHub says nothing of, so that their time has to end.
 */
export async function findLeftovers(
  rules: readonly SourceRule[],
  { repository, run, now, isOver }: SweepingRun,
): Promise<{ readonly leftovers: readonly Mark[]; readonly unsure: readonly Mark[] }> {
  const marks = rules.flatMap(({ label }) => marksOf(label));
  const unique = [...new Map(marks.map((mark) => [mark.text, mark])).values()];
  const leftovers: Mark[] = [];
  const unsure: Mark[] = [];
  for (const mark of unique) {
    if (mark.until < now) {
      leftovers.push(mark);
    } else if (mark.repository === repository) {
      const over = mark.run.id === run.id ? mark.run.attempt < run.attempt : await isOver(mark.run);
      if (over) leftovers.push(mark);
      else if (over === undefined) unsure.push(mark);
    }
  }
  return { leftovers, unsure };
}
