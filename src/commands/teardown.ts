import { DeployError, toDeployError } from '../core/errors.ts';
import { HttpError } from '../core/http-error.ts';
import { previewFolder } from '../core/identity.ts';
import { HostAnswerError, type Preview } from '../hosts/contract/host.ts';
import { readLedger } from '../ledger/codec.ts';
import { ledgerKey } from '../ledger/ledger.ts';
import { readSiblings } from '../ledger/siblings.ts';
import { retry } from '../lib/retry.ts';
import { listSome, plural } from '../lib/text.ts';
import { bucketIn } from '../plan/destination.ts';
import { hostError, hostIO } from '../release/release-to-host.ts';
import type { StageResult } from '../report/recorder.ts';
import { requestOf } from './run/host-request.ts';
import type { Bucket } from './run/open-bucket.ts';
import type { Run } from './run/run.ts';

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
async function removeFiles({ ports, recorder, identity }: Run, { store, session }: Bucket): Promise<StageResult<void>> {
  const { signal } = ports;
  const ownKey = ledgerKey(identity);
  const { others, unreadable: foreign } = await readSiblings(store, identity, signal);
  const stored = await store.get(ownKey, signal);
  const unreadable = stored && !readLedger(stored.body) ? [ownKey, ...foreign] : foreign;
  if (unreadable.length > 0) {
    throw new DeployError('BUCKET_FAILED', `Ledgers in the bucket cannot be read: ${listSome(unreadable, 3)}.`, {
      hint: 'The files of the preview stay, because nobody knows which they are, or whose besides. Delete by hand what is not needed, and those ledgers.',
    });
  }
  const found = new Set(session.before.objects.keys());
  for await (const page of store.list(previewFolder(identity), signal)) for (const { key } of page) found.add(key);
  const keys = [...found].filter((key) => !others.some(({ objects }) => objects.has(key)));
  const failed = await store.delete(keys, signal);
  await store.abortUploads(new Set(session.orphans), signal);
  if (failed.size === 0) await store.delete([ownKey], signal);
  const none = { uploaded: 0, unchanged: 0, bytesUploaded: 0, kept: 0, deleted: 0, largest: [] };
  const { sync = none } = recorder.report();
  recorder.note({ sync: { ...sync, deleted: sync.deleted + keys.length - failed.size } });
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
  const { ports, recorder, inputs } = run;
  if (inputs.dryRun) return recorder.end('planned', `Nothing was changed. The next run would take the preview away.`);
  const failures: DeployError[] = [];
  const part = async (name: string, work: () => Promise<StageResult<void>>) => {
    await recorder.stage(name, work).catch((error: unknown) => {
      ports.signal.throwIfAborted();
      failures.push(toDeployError(error));
    });
  };
  const definition = ports.hosts[inputs.host];
  const preview = definition?.create(inputs.hostInputs).preview?.(pullRequest);
  if (definition && preview) await part('Preview', () => removeAtHost(run, preview, definition.title));
  const bucket = bucketIn(inputs);
  if (bucket) await part('Files', async () => removeFiles(run, await run.bucket(bucket)));
  const [failure] = failures;
  if (failure) throw failure;
  recorder.end('removed', `The preview of pull request #${pullRequest} is gone.`);
}
