import { announcementOf, redacted } from './announcing.ts';
import { type Bucket, openBucket } from './bucket.ts';
import { DeployError, toDeployError } from './errors.ts';
import { createAnnouncer } from './github/announce.ts';
import { githubError } from './github/failures.ts';
import type { GitHub } from './github/github.ts';
import { HostAnswerError, type Preview } from './hosts/host.ts';
import type { StageResult } from './journal.ts';
import { HttpError } from './lib/http.ts';
import { retry } from './lib/retry.ts';
import { listSome, plural } from './lib/text.ts';
import { previewEnvironment, previewIn, type RunPlan } from './plan.ts';
import { requestOf } from './prepare.ts';
import { previewFolder } from './preview.ts';
import { hostError, hostIO } from './release/release.ts';
import { emptyReport } from './report/report.ts';
import type { Run } from './run.ts';
import { ledgerFolder, ledgerKey, ledgerOwner, readLedger } from './store/ledger.ts';
import { readSiblings } from './store/siblings.ts';
import { bucketIn } from './target.ts';

/** Trying again does no harm: what is gone already counts as taken away. */
const policy = {
  attempts: 4,
  base: 1_000,
  cap: 10_000,
  again: (error: unknown) =>
    error instanceof HttpError || (error instanceof HostAnswerError && (error.status === 429 || error.status >= 500)),
};

async function removeAtHost(run: Run, preview: Preview, title: string): Promise<StageResult<void>> {
  const { ports } = run;
  try {
    const destroy = () => preview.destroy(requestOf(run, undefined), hostIO(ports));
    const { said } = await retry(destroy, policy, ports, ports.signal);
    return { value: undefined, result: said };
  } catch (error) {
    ports.signal.throwIfAborted();
    throw hostError(error, title, 'teardown');
  }
}

/**
 * Deletes what the preview's ledger names, and what is in its folder, which a run that was lost may have sent without a
 * word in the ledger; then the ledger. What another environment names too stays: somebody gave both one prefix.
 */
async function removeFiles(
  { ports, journal, plan, inputs }: Run,
  { store, book }: Bucket,
  pullRequest: number,
): Promise<StageResult<void>> {
  const { signal } = ports;
  const app = inputs.workingDirectory;
  const ownKey = ledgerKey(plan.environment, undefined, app);
  const { others, unreadable: foreign } = await readSiblings(store, plan.environment, signal, app);
  const stored = await store.get(ownKey, signal);
  const unreadable = stored && !readLedger(stored.body) ? [ownKey, ...foreign] : foreign;
  if (unreadable.length > 0) {
    throw new DeployError('BUCKET_FAILED', `Ledgers in the bucket cannot be read: ${listSome(unreadable, 3)}.`, {
      hint: 'The files of the preview stay, because nobody knows which they are, or whose besides. Delete by hand what is not needed, and those ledgers.',
    });
  }
  const found = new Set(book.before.objects.keys());
  for await (const page of store.list(previewFolder(pullRequest), signal)) for (const { key } of page) found.add(key);
  const keys = [...found].filter((key) => !others.some(({ objects }) => objects.has(key)));
  const failed = await store.delete(keys, signal);
  await store.abortUploads(new Set(book.orphans), signal);
  if (failed.size === 0) await store.delete([ownKey], signal);
  const none = { uploaded: 0, unchanged: 0, bytesUploaded: 0, kept: 0, deleted: 0, largest: [] };
  const { sync = none } = journal.report();
  journal.note({ sync: { ...sync, deleted: sync.deleted + keys.length - failed.size } });
  const [[key, reason] = ['', '']] = failed;
  if (failed.size > 0)
    throw new DeployError(
      'BUCKET_FAILED',
      `${plural(failed.size, 'file')} could not be deleted, ${key} among them: ${reason}.`,
      {
        hint: 'The key needs s3:DeleteObject. Run the job again: it goes on where it stopped.',
      },
    );
  return { value: undefined, result: `${plural(keys.length, 'file')} deleted` };
}

/**
 * Takes the preview of a pull request away, at the host and in the bucket; what GitHub shows of it goes with the end of the
 * run. Doing it again does no harm, and one part that fails keeps no other.
 */
export async function teardown(run: Run, pullRequest: number): Promise<void> {
  const { ports, journal, inputs } = run;
  if (inputs.dryRun) return journal.end('planned', `Nothing was changed. The next run would take the preview away.`);
  const failures: DeployError[] = [];
  const part = async (name: string, work: () => Promise<StageResult<void>>) => {
    await journal.stage(name, work).catch((error: unknown) => {
      ports.signal.throwIfAborted();
      failures.push(toDeployError(error));
    });
  };
  const definition = ports.hosts[inputs.host];
  const preview = definition?.create(inputs.hostInputs).preview?.(pullRequest);
  if (definition && preview) await part('Preview', () => removeAtHost(run, preview, definition.title));
  const bucket = bucketIn(inputs);
  if (bucket) await part('Files', async () => removeFiles(run, await openBucket(run, bucket), pullRequest));
  const [failure] = failures;
  if (failure) throw failure;
  journal.end('removed', `The preview of pull request #${pullRequest} is gone.`);
}

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
      for (const { key } of page) add(ledgerOwner(key)?.environment);
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
async function announceEnd({ ports, journal, inputs, context, plan }: Run, github: GitHub): Promise<void> {
  const what = announcementOf(inputs, context, plan, ports.clock.now());
  if (!what) return;
  const { reason } = journal.report();
  const report = { ...emptyReport(), status: 'removed', reason, environment: plan.environment } as const;
  const io = { github, clock: ports.clock, onDeployment: () => undefined };
  const warning = await createAnnouncer(what, io).end(redacted(report, ports));
  if (warning) journal.warn(warning);
}

/** Takes away every preview whose pull request is closed: with a conflict GitHub starts no run when one is closed. */
export async function sweep(run: Run): Promise<void> {
  const { ports, journal, inputs, github } = run;
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
      journal.warn(`The preview of pull request #${number} stays: ${toDeployError(error).message}`);
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
    return journal.end('planned', `Nothing was changed; ${plural(closed.length, 'preview')} would go${names}.`);
  }
  const gone = closed.length - failed.length;
  if (gone === 0 && failed.length > 0)
    throw new DeployError('HOST_REFUSED', `No preview could be taken away: ${failed.join(', ')}.`, {
      hint: 'The warnings above say why.',
    });
  journal.end(gone > 0 ? 'removed' : 'skipped', `${plural(found.size, 'preview')} found, ${gone} taken away.`);
}
