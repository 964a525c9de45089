import { type LedgerSession, openLedgerSession } from '../../ledger/session.ts';
import type { BucketAddress } from '../../store/addresses.ts';
import type { ObjectStore } from '../../store/store.ts';
import type { RunParts } from './run-parts.ts';

/** The bucket of a run, and what its ledger says. */
export interface Bucket {
  readonly store: ObjectStore;
  readonly session: LedgerSession;
}

/** Opens a bucket, with the credentials of the inputs. */
export function openStore(
  { ports, recorder, inputs }: RunParts,
  { name: bucket, endpoint, region, ownerAcl, encryption }: BucketAddress,
): Promise<ObjectStore> {
  const { accessKeyId, secretAccessKey, vendor, concurrency } = inputs;
  const credentials = accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined;
  return ports.openStore({
    bucket,
    endpoint,
    vendor,
    region,
    ownerAcl,
    encryption,
    credentials,
    concurrency,
    onWarning: recorder.warn,
  });
}

/**
 * Reads the run's ledger, so that wrong keys come out at once.
 * @param sha The commit whose release is entered.
 */
export async function readLedgerOf(
  { ports, recorder, inputs, context, plan }: RunParts,
  store: ObjectStore,
  sha: string,
): Promise<Bucket> {
  const sync = plan.kind === 'sync' ? ({ sync: true } as const) : {};
  const at = new Date(ports.clock.now()).toISOString();
  const own = { release: plan.release, sha, at, run: context.order, ...sync };
  const request = { identity: plan.identity, shard: inputs.shard, own, patience: inputs.timeout };
  const io = { ...ports, warn: recorder.warn, onWait: ports.log.info };
  return { store, session: await openLedgerSession(store, request, io) };
}
