import { DeployError } from '../core/errors.ts';
import type { BucketSettings, SettingsIO } from './bucket-settings.ts';
import { type CorsWish, mostRules, planCors } from './cors.ts';
import type { OriginPattern } from './origins.ts';

/** What became of the rule. `unsupported`: the service has no API for it. */
export type CorsOutcome =
  | {
      readonly kind: 'same' | 'changed';
      readonly origins: readonly OriginPattern[];
      /** The service gives the rule back with its name, so that it can be changed and taken away again. */
      readonly named: boolean;
    }
  | { readonly kind: 'unsupported' };

/** Rules are written as a whole, so that of two runs that write at once the later one wins; both look again. */
const mostTries = 8;
/** Milliseconds after a write until it is looked at: longer than another run takes between its read and its write. */
const pause = 500;

/**
 * Puts our own rule into the bucket, or takes it away, beside those of others. Writes only if something differs, and counts as
 * done when a later look finds it so.
 * @throws DeployError BUCKET_DENIED if the credentials may not; BUCKET_FAILED if the bucket has no room for one more rule, or
 * if others change the rules all the time.
 */
export async function setCors(settings: BucketSettings, wish: CorsWish, io: SettingsIO): Promise<CorsOutcome> {
  for (let written = 0; ; written++) {
    const rules = await settings.corsRules(io.signal);
    if (rules === 'unsupported') return { kind: 'unsupported' };
    const change = planCors(rules, wish);
    if (change.kind === 'full') throw tooMany();
    const { origins } = change;
    const named = origins.length === 0 || rules.some(({ ID }) => ID === wish.id);
    if (change.kind === 'same') return { kind: written > 0 ? 'changed' : 'same', origins, named };
    if (written === mostTries) throw neverStill();
    const refused = await settings.putCorsRules(change.rules, io.signal);
    if (refused === 'unsupported') return { kind: 'unsupported' };
    await io.clock.sleep(pause * (1 + written * io.random()), io.signal);
  }
}

const tooMany = () =>
  new DeployError('BUCKET_FAILED', `The bucket has ${mostRules} CORS rules already, and S3 takes no more.`, {
    hint: 'Nothing was released. Delete rules that nobody needs. Those of closed pull requests are called deploy-django/…/preview/…, and a run on "schedule" takes them away.',
  });

const neverStill = () =>
  new DeployError(
    'BUCKET_FAILED',
    'The CORS rules of the bucket change all the time, or do not stay as they are written.',
    {
      hint: 'Nothing was released. Run this job again when fewer deploys into this bucket are under way; if it stays so, look whether another tool writes the rules.',
    },
  );
