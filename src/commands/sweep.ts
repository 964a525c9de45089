import { DeployError, toDeployError } from '../core/errors.ts';
import { type Identity, previewNumber, sameIdentity } from '../core/identity.ts';
import { createAnnouncer } from '../github/announcer.ts';
import { identityOf } from '../github/deployment.ts';
import type { GitHub } from '../github/github.ts';
import { githubError } from '../github/github-failures.ts';
import { findPreviewLedgers } from '../ledger/siblings.ts';
import { listSome, plural } from '../lib/text.ts';
import { bucketIn } from '../plan/destination.ts';
import { previewIdentity } from '../plan/environment.ts';
import { redactReport } from '../report/redact-report.ts';
import { emptyReport } from '../report/report.ts';
import type { CorsRule } from '../store/bucket-settings.ts';
import { ruleOwner } from '../store/cors.ts';
import type { ObjectStore } from '../store/store.ts';
import { announcementOf } from './run/announcing.ts';
import type { Run } from './run/run.ts';
import { databasesLeft } from './stages/preview-database-stage.ts';
import { ownDatabase } from './stages/preview-databases.ts';
import { teardown } from './teardown.ts';

/** Most pages of deployments that are looked at for previews; older ones were taken away long ago. */
const mostPages = 10;

/** Numbers of the pull requests that have left something of this app and name, in the bucket, as a database or at GitHub. */
async function findPreviews(run: Run, github: GitHub): Promise<Set<number>> {
  const found = new Set<number>();
  const add = (identity: Identity | undefined) => {
    const number = identity && previewNumber(identity);
    if (identity && number !== undefined && sameIdentity(identity, previewIdentity(run.inputs, run.context, number)))
      found.add(number);
  };
  const bucket = bucketIn(run.inputs);
  if (bucket) {
    const { store } = await run.bucket(bucket);
    for (const identity of await findPreviewLedgers(store, run.identity, run.ports.signal)) add(identity);
    for (const rule of await rulesIn(run, store)) add(ruleOwner(rule));
  }
  for (const number of await databasesLeft(run)) found.add(number);
  let pages = 0;
  for await (const page of github.deployments(undefined)) {
    for (const deployment of page) add(identityOf(deployment));
    pages += 1;
    if (pages === mostPages) break;
  }
  return found;
}

/** CORS rules of the bucket, where the runs of this workflow write such; what may not be read holds none of ours. */
async function rulesIn({ inputs, ports }: Run, { settings }: ObjectStore): Promise<readonly CorsRule[]> {
  if (inputs.allowedOrigins.length === 0) return [];
  const rules = await settings.corsRules(ports.signal).catch((error: unknown) => {
    if (error instanceof DeployError && error.code === 'BUCKET_DENIED') return 'unsupported' as const;
    throw error;
  });
  return rules === 'unsupported' ? [] : rules;
}

async function openNumbers(github: GitHub): Promise<Set<number>> {
  const open = new Set<number>();
  for await (const page of github.openPullRequests()) for (const { number } of page) open.add(number);
  return open;
}

/**
 * Of these pull requests, those that GitHub calls closed when it is asked for each by itself: that one is missing in a list
 * is no reason to take its preview away.
 */
async function confirmClosed(numbers: readonly number[], github: GitHub): Promise<number[]> {
  const closed: number[] = [];
  for (const number of numbers) if (!(await github.pullRequest(number)).open) closed.push(number);
  return closed;
}

/** The same run, for one pull request that is closed. */
function runFor(run: Run, number: number): Run {
  const pullRequest = { number, closed: true, fork: false, dependabot: false };
  const identity = previewIdentity(run.inputs, run.context, number);
  const plan = { kind: 'teardown', identity, release: run.plan.release, pullRequest: number } as const;
  return run.as({ plan, context: { ...run.context, pullRequest } });
}

/** Says at GitHub that a preview is gone. The run's own report tells of all previews together. */
async function announceEnd(run: Run, github: GitHub): Promise<void> {
  const { ports, recorder, inputs, context, plan } = run;
  const what = announcementOf(inputs, context, plan, ports.clock.now());
  if (!what) return;
  const { reason, databases: all } = recorder.report();
  const databases = all.filter(({ name }) => name === ownDatabase(run)?.name);
  const environment = plan.identity.name;
  const report = { ...emptyReport(), status: 'removed', reason, environment, databases } as const;
  const io = { github, clock: ports.clock, onDeployment: () => undefined };
  const warning = await createAnnouncer(what, io).end(redactReport(report, ports.redactor));
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
    const open = await openNumbers(github);
    const closed = await confirmClosed(
      [...found].filter((number) => !open.has(number)),
      github,
    );
    return { found, closed: closed.sort((a, b) => a - b) };
  };
  const { found, closed } = await look().catch((error: unknown) => {
    throw githubError(error, 'which pull requests are open');
  });
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
