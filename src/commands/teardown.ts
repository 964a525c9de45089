import { DeployError, toDeployError } from '../core/errors.ts';
import { HttpError } from '../core/http-error.ts';
import { HostAnswerError, type Preview } from '../hosts/contract/host.ts';
import { removePreviewFiles } from '../ledger/remove-preview.ts';
import { retry } from '../lib/retry.ts';
import { plural } from '../lib/text.ts';
import { bucketIn } from '../plan/destination.ts';
import { hostError, hostIO } from '../release/release-to-host.ts';
import type { StageResult } from '../report/recorder.ts';
import { requestOf } from './run/host-request.ts';
import type { Bucket } from './run/open-bucket.ts';
import type { Run } from './run/run.ts';
import { dropDatabase } from './stages/preview-database-stage.ts';
import { ownDatabase } from './stages/preview-databases.ts';

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
async function removeFiles({ ports, recorder, identity }: Run, { store, session }: Bucket): Promise<StageResult<void>> {
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
  return { value: undefined, result: `${plural(deleted.length, 'file')} deleted${left}` };
}

/**
 * Takes the preview of a pull request away, at the host, in the bucket and its database; what GitHub shows of it goes with the end of the
 * run. Doing it again does no harm, and one part that fails keeps no other.
 */
export async function teardown(run: Run, pullRequest: number): Promise<void> {
  const { ports, recorder, inputs } = run;
  const database = ownDatabase(run);
  if (inputs.dryRun) {
    const also = database ? ` and drop its database ${database.name}` : '';
    return recorder.end('planned', `Nothing was changed. The next run would take the preview away${also}.`);
  }
  const failures: DeployError[] = [];
  const part = async (name: string, work: () => Promise<StageResult<void>>) => {
    await recorder.stage(name, work).catch((error: unknown) => {
      ports.signal.throwIfAborted();
      failures.push(toDeployError(error));
    });
  };
  const definition = ports.hosts[inputs.host];
  const host = await definition?.create(inputs.hostInputs);
  const preview = host?.preview?.(pullRequest);
  if (definition && preview) await part('Preview', () => removeAtHost(run, preview, definition.title));
  // After the app that uses it.
  if (database) await part('Database', () => dropDatabase(run, database));
  const bucket = bucketIn(inputs);
  if (bucket) await part('Files', async () => removeFiles(run, await run.bucket(bucket)));
  const [failure] = failures;
  if (failure) throw failure;
  recorder.end('removed', `The preview of pull request #${pullRequest} is gone.`);
}
