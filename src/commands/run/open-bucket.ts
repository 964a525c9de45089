import { makeIdentity } from '../../core/identity.ts';
import { type LedgerSession, openLedgerSession } from '../../ledger/session.ts';
import type { BucketAddress } from '../../store/addresses.ts';
import type { ObjectStore } from '../../store/store.ts';
import type { Run } from './run.ts';

/** The bucket of a run, and what its ledger says. */
export interface Bucket {
  readonly store: ObjectStore;
  readonly session: LedgerSession;
}

/** Opens the bucket and reads its ledger, so that wrong keys come out at once. */
export async function openBucket(
  { ports, recorder, inputs, context, plan }: Run,
  { name: bucket, endpoint, region }: BucketAddress,
): Promise<Bucket> {
  const { accessKeyId, secretAccessKey, vendor, concurrency, shard } = inputs;
  const credentials = accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined;
  const place = { bucket, endpoint, vendor, region };
  const store = await ports.openStore({ ...place, credentials, concurrency, onWarning: recorder.warn });
  const sync = plan.kind === 'sync' ? ({ sync: true } as const) : {};
  const at = new Date(ports.clock.now()).toISOString();
  const own = { release: plan.release, sha: context.sha, at, run: context.order, ...sync };
  const identity = makeIdentity({
    repository: context.repository,
    workingDirectory: inputs.workingDirectory,
    environment: plan.environment,
    pullRequest: 'pullRequest' in plan ? plan.pullRequest : undefined,
  });
  const request = { identity, shard, own, patience: inputs.timeout };
  return {
    store,
    session: await openLedgerSession(store, request, { ...ports, warn: recorder.warn, onWait: ports.log.info }),
  };
}
