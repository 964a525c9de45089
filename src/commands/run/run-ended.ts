import type { Status } from '../../report/report.ts';

/** Ends a run that has nothing more to do and has not failed. Thrown, so that a command reads as the list of its steps. */
export class RunEnded extends Error {
  override readonly name = 'RunEnded';
  readonly status: Status;

  /** @param reason A sentence: why the run ends here. */
  constructor(status: Status, reason: string) {
    super(reason);
    this.status = status;
  }
}

/**
 * A run whose work a newer one has done already. It has not failed: what is live is newer than what was to be.
 * @param by The newer release, as the ledger, the host or GitHub calls it.
 */
export const superseded = (by: string | undefined): RunEnded =>
  new RunEnded('superseded', `A newer deploy took the place of this one${by ? ` (${by})` : ''}.`);
