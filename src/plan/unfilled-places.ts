import type { Mistake } from '../core/mistake.ts';
import type { Context } from '../event/context.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { RunPlan } from './run-plan.ts';

const ofPrefixes =
  'has {pr} in it, and this run is of no pull request; write {environment}, which is preview/pr-N in pull requests and production or a branch elsewhere';

/** Runs that put something somewhere, or look at what one would do. */
const filling = new Set<RunPlan['kind']>(['deploy', 'preview', 'check', 'sync']);

/**
 * Places in the inputs that stand for something which this run does not have, as far as the event tells: mistakes that it would meet
 * after build and upload.
 */
export function unfilledPlaces(inputs: Inputs, { pullRequest }: Context, { kind }: RunPlan): Mistake[] {
  if (!filling.has(kind)) return [];
  const { bucket, staticDir, mediaDir } = inputs;
  // A bucket that the settings name is known after the build.
  const prefixes = {
    'static-prefix': bucket !== undefined && (kind !== 'sync' || staticDir) ? inputs.staticPrefix : undefined,
    'media-prefix': bucket !== undefined && mediaDir ? inputs.mediaPrefix : undefined,
  };
  const inPrefixes = Object.entries(prefixes).flatMap(([input, prefix]) =>
    pullRequest === undefined && prefix?.includes('{pr}') ? [{ input, message: `"${prefix}" ${ofPrefixes}` }] : [],
  );
  const hasDatabase = pullRequest !== undefined && kind !== 'deploy' && inputs.previewDatabase === 'create';
  const lacking = [...(pullRequest === undefined ? ['{pr}'] : []), ...(hasDatabase ? [] : ['{database-url}'])];
  const ofVariable = (name: string, value: string) =>
    lacking
      .filter((place) => value.includes(place))
      .map((place) => ({
        input: 'host-env',
        message: `${name} has ${place} in it, and this run has none; leave it out here, and set ${name} in a step for pull requests alone`,
      }));
  const variables = kind === 'sync' ? [] : Object.entries(inputs.hostEnv);
  return [...inPrefixes, ...variables.flatMap(([name, value]) => ofVariable(name, value.reveal()))];
}
