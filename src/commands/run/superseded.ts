import type { Run } from './run.ts';

/**
 * Ends a run whose work a newer one has done already. It is no failure: what is live is newer than what was to be.
 * @param by The newer release, as the ledger or the host calls it.
 */
export function endSuperseded({ ports, recorder }: Run, by: string | undefined): void {
  const newer = by ? ` (${by})` : '';
  const said = `A newer deploy took the place of this one${newer}.`;
  ports.log.notice(said);
  recorder.end('superseded', said);
}
