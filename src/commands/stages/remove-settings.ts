import { DeployError } from '../../core/errors.ts';
import type { StageResult } from '../../report/recorder.ts';
import { statementId, withoutStatement } from '../../store/bucket-policy.ts';
import { ruleId } from '../../store/cors.ts';
import { setCors } from '../../store/set-cors.ts';
import { setPolicy } from '../../store/set-policy.ts';
import type { ObjectStore } from '../../store/store.ts';
import type { Run } from '../run/run.ts';

/** What may not be read holds nothing of ours: it was not written with these rights either. */
async function unlessDenied<T>(run: Run, work: () => Promise<T>): Promise<T | 'denied'> {
  try {
    return await work();
  } catch (error) {
    run.ports.signal.throwIfAborted();
    if (error instanceof DeployError && error.code === 'BUCKET_DENIED') return 'denied';
    throw error;
  }
}

/** Takes a preview's own CORS rule and its own statement of the bucket policy away; those of others stay. */
export async function removeSettings(run: Run, store: ObjectStore, bucket: string): Promise<StageResult<void>> {
  const { inputs, identity, ports } = run;
  const gone: string[] = [];
  const left: string[] = [];
  if (inputs.allowedOrigins.length > 0) {
    const wish = { id: ruleId(identity), origins: [] };
    const outcome = await unlessDenied(run, () => setCors(store.settings, wish, ports));
    if (outcome === 'denied') left.push('CORS rules may not be changed');
    else if (outcome.kind === 'changed') gone.push('CORS rule');
  }
  if (inputs.applyPolicy) {
    const without = (json: string | undefined) => withoutStatement(json, statementId(identity));
    const outcome = await unlessDenied(run, () => setPolicy(store.settings, bucket, without, ports));
    if (outcome === 'denied') left.push('the bucket policy may not be changed');
    else if (outcome === 'changed') gone.push('statement of the bucket policy');
  }
  const done = gone.length > 0 ? `${gone.join(' and ')} gone` : 'nothing of it is there';
  return { value: undefined, result: [done, ...left].join('; ') };
}
