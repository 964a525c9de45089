import { DeployError, toDeployError } from '../core/errors.ts';
import { HttpError } from '../core/http-error.ts';
import { HostAnswerError, type Preview } from '../hosts/contract/host.ts';
import { removePreviewFiles } from '../ledger/remove-preview.ts';
import { retry } from '../lib/retry.ts';
import { plural } from '../lib/text.ts';
import { bucketIn } from '../plan/destination.ts';
import { unhashed } from '../plan/stale-objects.ts';
import { hostError } from '../release/host-errors.ts';
import { hostIO } from '../release/host-io.ts';
import type { StageResult } from '../report/recorder.ts';
import { requestOf } from './run/host-request.ts';
import type { Bucket } from './run/open-bucket.ts';
import type { Run } from './run/run.ts';
import { purgeStage } from './stages/purge-stage.ts';
import { removeSettings } from './stages/remove-settings.ts';

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
    const { message } = await retry(destroy, policy, ports, ports.signal);
    return { value: undefined, result: message };
  } catch (error) {
    ports.signal.throwIfAborted();
    throw hostError(error, title, 'teardown');
  }
}

/** Deletes what runs of the preview put into the bucket; what may be somebody else's stays, and the log says why. */
async function removeFiles(
  { ports, recorder, identity }: Run,
  { store, session }: Bucket,
): Promise<StageResult<readonly string[]>> {
  const { deleted, kept, failed } = await removePreviewFiles({ store, session, identity, signal: ports.signal });
  const none = { uploaded: 0, unchanged: 0, bytesUploaded: 0, kept: 0, deleted: 0, largest: [] };
  const { sync = none } = recorder.report();
  recorder.note({ sync: { ...sync, deleted: sync.deleted + deleted.length } });
  for (const { key, reason } of kept.slice(0, 20)) ports.log.info(`Left alone: ${key} (${reason})`);
  const [[key, reason] = ['', '']] = failed;
  if (failed.size > 0)
    throw new DeployError(
      'BUCKET_FAILED',
      `${plural(failed.size, 'file')} could not be deleted, ${key} among them: ${reason}.`,
      {
        hint: 'The key needs s3:DeleteObject. Run the job again: it goes on where it stopped.',
      },
    );
  const left = kept.length > 0 ? `, ${kept.length} left alone` : '';
  return { value: deleted, result: `${plural(deleted.length, 'file')} deleted${left}` };
}

/**
 * Takes the preview of a pull request away, at the host and in the bucket; what GitHub shows of it goes with the end of the
 * run. Doing it again does no harm, and one part that fails keeps no other.
 */
export async function teardown(run: Run, pullRequest: number): Promise<void> {
  const { ports, recorder, inputs } = run;
  if (inputs.dryRun) return recorder.end('planned', `Nothing was changed. The next run would take the preview away.`);
  const failures: DeployError[] = [];
  const part = <T>(name: string, work: () => Promise<StageResult<T>>): Promise<T | undefined> =>
    recorder.stage(name, work).catch((error: unknown) => {
      ports.signal.throwIfAborted();
      failures.push(toDeployError(error));
      return undefined;
    });
  const definition = ports.hosts[inputs.host];
  const host = await definition?.create(inputs.hostInputs);
  const preview = host?.preview?.(pullRequest);
  if (definition && preview) await part('Preview', () => removeAtHost(run, preview, definition.title));
  const bucket = bucketIn(inputs);
  if (bucket) {
    const before = (await run.bucket(bucket).catch(() => undefined))?.session.before;
    const deleted = await part('Files', async () => removeFiles(run, await run.bucket(bucket)));
    const keys = deleted && before ? unhashed(deleted, before) : [];
    await purgeStage(run, { keys, target: undefined, deadline: ports.clock.now() + inputs.timeout });
    if (inputs.allowedOrigins.length > 0 || inputs.applyPolicy)
      await part('Settings', async () => removeSettings(run, (await run.bucket(bucket)).store, bucket.name));
  }
  const [failure] = failures;
  if (failure) throw failure;
  recorder.end('removed', `The preview of pull request #${pullRequest} is gone.`);
}

/** GitHub can say for a moment what was so before the event. */
const looks = 3;
const looksApart = 5_000;

/** Whether GitHub calls a pull request open, and keeps to it. One that does not say leaves the word to the event. */
async function isOpenAgain({ ports, recorder, github }: Run, pullRequest: number): Promise<boolean> {
  if (!github) return false;
  try {
    for (let look = 1; look <= looks; look++) {
      if (look > 1) await ports.clock.sleep(looksApart, ports.signal);
      if (!(await github.pullRequest(pullRequest)).open) return false;
    }
    return true;
  } catch (error) {
    ports.signal.throwIfAborted();
    recorder.warn(`Whether pull request #${pullRequest} is open again is not known: ${(error as Error).message}.`);
    return false;
  }
}

/**
 * The end of a pull request: its preview goes, unless the pull request is open again. The run of the event can come late, and it can be
 * run again long after.
 */
export async function endPullRequest(run: Run, pullRequest: number): Promise<void> {
  if (run.context.pullRequest?.closed && (await isOpenAgain(run, pullRequest)))
    return run.recorder.end('skipped', `Pull request #${pullRequest} is open again, so its preview stays.`);
  return teardown(run, pullRequest);
}
