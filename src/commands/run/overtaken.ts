import { newerDeployment } from '../../github/fence.ts';
import type { LedgerSession } from '../../ledger/session.ts';
import type { Run } from './run.ts';
import { RunEnded, superseded } from './run-ended.ts';

/** What became of the pull request while its preview was being made. */
export type Meanwhile = 'open' | 'closed' | 'moved';

/** Looks whether the pull request still wants this preview. A GitHub that does not say is told once, and it goes on. */
export async function meanwhile({ ports, recorder, context, github }: Run, pullRequest: number): Promise<Meanwhile> {
  if (!github) return 'open';
  try {
    const { open, head } = await github.pullRequest(pullRequest);
    if (!open) return 'closed';
    return head === context.sha ? 'open' : 'moved';
  } catch (error) {
    ports.signal.throwIfAborted();
    recorder.warn(`Whether pull request #${pullRequest} is still open is not known: ${(error as Error).message}.`);
    return 'open';
  }
}

/** Without a bucket there is no ledger, and GitHub's deployments tell which run was later. */
async function newerAtGitHub({ ports, recorder, context, identity, plan, github }: Run): Promise<string | undefined> {
  if (!github) return undefined;
  const { sha, order, event } = context;
  try {
    return await newerDeployment({ sha, order, event, identity, release: plan.release }, github);
  } catch (error) {
    ports.signal.throwIfAborted();
    recorder.warn(`Whether a newer deploy is live is not known: ${(error as Error).message}.`);
    return undefined;
  }
}

/**
 * Ends the run if nobody wants its release any more: building and uploading took their time, and a newer run may have been
 * faster, or the pull request may be closed.
 * @throws RunEnded with `superseded`, or with `removed` if the pull request is closed: its preview then has to go.
 */
export async function stopIfOvertaken(run: Run, session: LedgerSession | undefined): Promise<void> {
  const { ports, plan } = run;
  const now = plan.kind === 'preview' ? await meanwhile(run, plan.pullRequest) : 'open';
  if (now === 'closed') throw new RunEnded('removed', 'The pull request was closed.');
  const newer =
    now === 'moved'
      ? 'the pull request has a newer commit'
      : session
        ? (await session.overtaken(ports.signal))?.release
        : await newerAtGitHub(run);
  if (newer === undefined) return;
  await session?.save({ marks: { failed: true } }, ports.signal);
  throw superseded(newer);
}
