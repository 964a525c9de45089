import type { ReleaseRequest } from '../../hosts/contract/host.ts';
import type { LedgerSession } from '../../ledger/session.ts';
import { askPatiently, type ChosenHost, type ReleaseStageIO } from '../../release/before.ts';
import { hostError } from '../../release/host-errors.ts';
import { hostIO } from '../../release/host-io.ts';
import { type ReleaseOutcome, releaseTo } from '../../release/release-to-host.ts';
import type { StageResult } from '../../report/recorder.ts';

/** Looks, before anything is built, whether the inputs lead to a service. */
export async function checkHost(choice: ChosenHost, io: ReleaseStageIO): Promise<void> {
  const look = async () => (await choice.host.check?.(hostIO(io))) ?? [];
  try {
    for (const warning of await askPatiently(choice, look, io)) io.recorder.warn(warning);
  } catch (error) {
    io.signal.throwIfAborted();
    throw hostError(error, choice.title, 'service');
  }
}

export async function releaseStage(
  { host, title }: ChosenHost,
  request: ReleaseRequest,
  deadline: number,
  session: LedgerSession | undefined,
  io: ReleaseStageIO,
): Promise<StageResult<ReleaseOutcome>> {
  try {
    const ask = () =>
      releaseTo(host, title, request, deadline, {
        ...io,
        onLine: io.log.info,
        onRelease: ({ id, logUrl }) => io.recorder.note({ hostDeploymentId: id, logUrl }),
      });
    // Of a host that tells nothing more the stage's own line says all.
    const outcome = await (host.status ? io.log.group(`Release: ${title}`, ask) : ask());
    const { id, logUrl } = outcome.release;
    const what = {
      asked: `${title} took the request`,
      live: 'the host says that it is live',
      superseded: 'a newer deploy took its place',
    }[outcome.phase];
    const facts = { hostDeploymentId: id, logUrl };
    return { value: outcome, result: id ? `${what} (${id})` : what, facts };
  } catch (error) {
    // A release that never ran cannot be what an old instance serves, so later proofs need not tell themselves from it.
    const failed =
      !io.signal.aborted && ['HOST_REFUSED', 'HOST_FAILED'].includes((error as { code?: string }).code ?? '');
    if (session && failed) await session.save({ marks: { failed: true } }, io.signal).catch(() => undefined);
    throw error;
  }
}
