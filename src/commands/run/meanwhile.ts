import type { Run } from './run.ts';

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
