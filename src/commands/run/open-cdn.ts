import type { Cdn, CdnDefinition } from '../../cdn/cdn.ts';
import { createCdn } from '../../cdn/create-cdn.ts';
import { cdns } from '../../cdn/index.ts';
import type { CdnTarget } from '../../cdn/target.ts';
import { option } from '../../hosts/contract/options.ts';
import { cdnKeysOf, cdnTokenOf } from '../../inputs/cdn-inputs.ts';
import { bucketIn } from '../../plan/destination.ts';
import type { BucketAddress } from '../../store/addresses.ts';
import type { Run } from './run.ts';

/** A CDN that the inputs name. */
export interface OpenCdn {
  readonly definition: CdnDefinition;
  readonly cdn: Cdn;
  /** In messages and in the report: "cloudfront:E2QWRUHAPOMQZL". */
  readonly name: string;
}

const originOf = (url: string | undefined): string[] => (url && URL.canParse(url) ? [new URL(url).origin] : []);

/** @param bucket Before which it stands; that of the inputs where the settings were not asked. */
export async function openCdn(
  { inputs, plan, site, recorder }: Run,
  target: CdnTarget,
  bucket: BucketAddress | undefined = bucketIn(inputs),
): Promise<OpenCdn> {
  const definition: CdnDefinition = cdns[target.name];
  const cdn = await createCdn(target.name, {
    id: target.id,
    token: cdnTokenOf(inputs, target.name),
    keys: bucket && cdnKeysOf(inputs, bucket.endpoint),
    apiUrl: option(inputs.hostInputs.options, 'cdn-api-url'),
    release: plan.release,
    origins: [...new Set([...originOf(site), ...originOf(recorder.report().url)])],
  });
  return { definition, cdn, name: `${target.name}:${target.id}` };
}
