import { bucketIn, type Destination } from '../../plan/destination.ts';
import type { StageResult } from '../../report/recorder.ts';
import type { Bucket } from '../run/open-bucket.ts';
import type { Run } from '../run/run.ts';
import { hostAsked } from './checkups.ts';
import { checkHost } from './release-stage.ts';

/** The bucket that the inputs alone name, so that it can be opened before anything is built. */
export const bucketOfInputs = ({ inputs }: Run): Destination['bucket'] =>
  inputs.endpoint ? bucketIn(inputs) : undefined;

/** Opens a bucket, and says what is live in it. */
export async function openStage(run: Run, address: NonNullable<Destination['bucket']>): Promise<StageResult<Bucket>> {
  const value = await run.bucket(address);
  const live = value.session.before.releases.findLast((release) => release.live);
  const found = live ? `live is ${live.release}` : 'nothing of ours is live';
  return { value, result: `${value.store.name} opens; ${found}` };
}

/** Whether the inputs name a host. */
export const namesHost = ({ ports, inputs }: Run): boolean => ports.hosts[inputs.host] !== undefined;

/** Asks the host that the inputs name whether it knows what it is to deploy. */
export async function hostStage(run: Run): Promise<StageResult<void>> {
  const host = await run.host();
  if (!host) return { value: undefined, result: 'No host is named' };
  await checkHost(host, { ...run.ports, recorder: run.recorder });
  return { value: undefined, ...hostAsked(host) };
}
