import { DeployError, toDeployError } from '../core/errors.ts';
import { createAnnouncer } from '../github/announcer.ts';
import type { GitHub } from '../github/github.ts';
import { githubError } from '../github/github-failures.ts';
import { ledgerOwner } from '../ledger/keys.ts';
import { listSome, plural } from '../lib/text.ts';
import { bucketIn } from '../plan/destination.ts';
import { previewEnvironment, previewIn } from '../plan/environment.ts';
import type { RunPlan } from '../plan/run-plan.ts';
import { emptyReport } from '../report/report.ts';
import { ledgerFolder } from '../store/ledger-folder.ts';
import { announcementOf, redacted } from './run/announcing.ts';
import { openBucket } from './run/open-bucket.ts';
import type { Run } from './run/run.ts';
import { teardown } from './teardown.ts';

/** Most pages of deployments that are looked at for previews; older ones were taken away long ago. */
const mostPages = 10;

/** Numbers of the pull requests that have left something, in the bucket or at GitHub. */
async function findPreviews(run: Run, github: GitHub): Promise<Set<number>> {
  const found = new Set<number>();
  const add = (environment: string | undefined) => {
    const number = environment === undefined ? undefined : previewIn(run.inputs, environment);
    if (number !== undefined) found.add(number);
  };
  const bucket = bucketIn(run.inputs);
  if (bucket) {
    const { store } = await openBucket(run, bucket);
    for await (const page of store.list(ledgerFolder, run.ports.signal))
      for (const { key } of page) add(ledgerOwner(key)?.identity.name);
  }
  let pages = 0;
  for await (const page of github.deployments(undefined)) {
    for (const { environment } of page) add(environment);
    pages += 1;
    if (pages === mostPages) break;
  }
  return found;
}

async function openNumbers(github: GitHub): Promise<Set<number>> {
  const open = new Set<number>();
  for await (const page of github.openPullRequests()) for (const { number } of page) open.add(number);
  return open;
}

/** The same run, for one pull request that is closed. */
function runFor(run: Run, number: number): Run & { plan: Extract<RunPlan, { kind: 'teardown' }> } {
  const pullRequest = { number, closed: true, fork: false, dependabot: false };
  const environment = previewEnvironment(run.inputs, number);
  const plan = { ...run.plan, kind: 'teardown', environment, pullRequest: number } as const;
  return { ...run, context: { ...run.context, pullRequest }, plan };
}

/** Says at GitHub that a preview is gone. The run's own report tells of all previews together. */
async function announceEnd({ ports, recorder, inputs, context, plan }: Run, github: GitHub): Promise<void> {
  const what = announcementOf(inputs, context, plan, ports.clock.now());
  if (!what) return;
  const { reason } = recorder.report();
  const report = { ...emptyReport(), status: 'removed', reason, environment: plan.environment } as const;
  const io = { github, clock: ports.clock, onDeployment: () => undefined };
  const warning = await createAnnouncer(what, io).end(redacted(report, ports));
  if (warning) recorder.warn(warning);
}

/** Takes away every preview whose pull request is closed: with a conflict GitHub starts no run when one is closed. */
export async function sweep(run: Run): Promise<void> {
  const { ports, recorder, inputs, github } = run;
  if (!github) {
    throw new DeployError('INVALID_INPUTS', 'Without github-token nobody knows which pull requests are open.', {
      hint: 'Leave github-token out, so that it is the token of the job.',
    });
  }
  const look = async () => {
    // In this order: one that is opened meanwhile has no preview that was found.
    const found = await findPreviews(run, github);
    return { found, open: await openNumbers(github) };
  };
  const { found, open } = await look().catch((error: unknown) => {
    throw githubError(error, 'which pull requests are open');
  });
  const closed = [...found].filter((number) => !open.has(number)).sort((a, b) => a - b);
  const failed: number[] = [];
  for (const number of closed) {
    const one = runFor(run, number);
    await teardown(one, number).catch((error: unknown) => {
      ports.signal.throwIfAborted();
      failed.push(number);
      recorder.warn(`The preview of pull request #${number} stays: ${toDeployError(error).message}`);
    });
    if (!failed.includes(number)) await announceEnd(one, github);
  }
  if (inputs.dryRun) {
    const names =
      closed.length > 0
        ? ` (${listSome(
            closed.map((number) => `#${number}`),
            10,
          )})`
        : '';
    return recorder.end('planned', `Nothing was changed; ${plural(closed.length, 'preview')} would go${names}.`);
  }
  const gone = closed.length - failed.length;
  if (gone === 0 && failed.length > 0)
    throw new DeployError('HOST_REFUSED', `No preview could be taken away: ${failed.join(', ')}.`, {
      hint: 'The warnings above say why.',
    });
  recorder.end(gone > 0 ? 'removed' : 'skipped', `${plural(found.size, 'preview')} found, ${gone} taken away.`);
}
