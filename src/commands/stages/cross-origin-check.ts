import { type KnownAddresses, resolveOrigins } from '../../plan/allowed-origins.ts';
import type { StageResult } from '../../report/recorder.ts';
import { allowOriginsByHand } from '../../store/by-hand.ts';
import { admitsOrigin } from '../../store/origins.ts';
import type { PlannedFile } from '../../sync/planned-file.ts';
import type { Run } from '../run/run.ts';
import { lookAtOrigins } from './origins-look.ts';
import type { OriginsBucket } from './origins-stage.ts';

export interface CrossOriginRequest {
  readonly buckets: readonly OriginsBucket[];
  readonly known: KnownAddresses;
}

/** Files that browsers ask for with CORS wherever a page uses them. */
export const needsCors = ({ file }: PlannedFile): boolean => /\.(woff2?|ttf|otf|mjs)$/i.test(file.path);

/** Servers that let every origin in as long as they have no rule. */
const openByDefault: readonly string[] = ['minio', 'wasabi', 'generic'];

/** What pages of the site would get of a bucket. */
type Found =
  | { readonly kind: 'allowed' | 'unknown' }
  | { readonly kind: 'refused'; readonly origin: string; readonly seen: string };

async function lookAtBucket({ ports }: Run, bucket: OriginsBucket, origins: readonly string[]): Promise<Found> {
  const look = await lookAtOrigins(bucket.sample, origins, ports);
  if (look.kind === 'allowed') return { kind: 'allowed' };
  if (look.kind === 'refused') {
    const cached = look.cached === undefined ? '' : `, out of a cache (${look.cached})`;
    return {
      kind: 'refused',
      origin: look.origin,
      seen: `${look.url} answers without Access-Control-Allow-Origin for it${cached}`,
    };
  }
  // There may be no file to ask for yet.
  const { store, bucket: name } = bucket;
  const rules = await store.settings.corsRules(ports.signal).catch(() => undefined);
  ports.signal.throwIfAborted();
  if (rules === undefined || rules === 'unsupported') return { kind: 'unknown' };
  if (rules.length === 0 && openByDefault.includes(store.vendor)) return { kind: 'unknown' };
  const letsIn = (origin: string) =>
    rules.some(
      ({ AllowedOrigins, AllowedMethods }) =>
        AllowedMethods.includes('GET') && AllowedOrigins.some((pattern) => admitsOrigin(pattern, origin)),
    );
  const missing = origins.find((origin) => !letsIn(origin));
  if (missing === undefined) return { kind: 'allowed' };
  return { kind: 'refused', origin: missing, seen: `"${name}" has no CORS rule for it` };
}

/**
 * Asks for a font or module of the bucket as pages of the site will, where the inputs leave CORS alone. It comes before the
 * release: what is found only by the proof, visitors have met already. A warning, because pages may use none of these files.
 */
export async function crossOriginStage(run: Run, { buckets, known }: CrossOriginRequest): Promise<StageResult<void>> {
  const { origins } = resolveOrigins(['auto'], known);
  if (origins.length === 0)
    return { value: undefined, result: 'not asked: no URL of the site is known', level: 'open' };
  const names = origins.join(', ');
  const results: string[] = [];
  for (const one of buckets) {
    const found = await lookAtBucket(run, one, origins);
    if (found.kind !== 'refused') {
      const unknown = `whether ${one.bucket} lets ${names} in is not known`;
      results.push(found.kind === 'allowed' ? `${one.bucket} lets ${names} in` : unknown);
      continue;
    }
    const message = `Pages at ${found.origin} cannot use the fonts and modules in the bucket "${one.bucket}": ${found.seen}, so browsers refuse them.`;
    const set = `Set allowed-origins: auto, which adds the CORS rule before the release.`;
    run.recorder.warn(
      `${message} ${set} ${allowOriginsByHand({ vendor: one.store.vendor, bucket: one.bucket }, origins)}`,
    );
    results.push(`${one.bucket} does not let ${found.origin} in`);
  }
  return { value: undefined, result: results.join('; ') };
}
