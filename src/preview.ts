import { DeployError } from './errors.ts';
import { option } from './hosts/options.ts';
import type { Inputs } from './inputs.ts';
import type { Run } from './run.ts';
import type { DeploymentTarget, SyncTarget } from './target.ts';

/** What keeps two pull requests, and a pull request and production, apart in a prefix. */
const ownPlaces = /\{(environment|pr|sha|branch)\}/;

/** Settings that know of previews lead STATIC_URL to the folder of the pull request already. */
function withOwnPrefix(target: SyncTarget | undefined, given: string | undefined, pullRequest: number) {
  if (!target) return undefined;
  const folder = `previews/pr-${pullRequest}/`;
  const own = ownPlaces.test(given ?? '') || target.prefix.startsWith(folder);
  return own ? target : { ...target, prefix: folder + target.prefix };
}

/**
 * Where the files of a preview go: never to production's, and where the end of the pull request finds them.
 * @throws DeployError INVALID_INPUTS where only the settings name the bucket, because nobody reads them at the end.
 */
export function targetOfPreview(inputs: Inputs, target: DeploymentTarget, pullRequest: number): DeploymentTarget {
  if (target.bucket && !inputs.bucket) {
    const { name, endpoint } = target.bucket;
    throw new DeployError(
      'INVALID_INPUTS',
      'Only the settings name the bucket, and nobody asks them when the pull request is closed.',
      {
        hint: `Write under "with:" of the step: bucket: ${name}${endpoint ? `, endpoint: ${endpoint}` : ''}`,
      },
    );
  }
  return {
    ...target,
    static: withOwnPrefix(target.static, inputs.staticPrefix, pullRequest),
    media: withOwnPrefix(target.media, inputs.mediaPrefix, pullRequest),
  };
}

/** Public URL of the preview, where the host cannot tell it. */
const previewUrl = ({ hostInputs }: Inputs, pullRequest: number): string | undefined =>
  option(hostInputs.options, 'preview-url')?.replaceAll('{pr}', String(pullRequest)).replace(/\/+$/, '');

/** The public URL as the inputs name it. */
export const siteOf = ({ inputs, plan }: Run): string | undefined =>
  plan.kind === 'preview' ? previewUrl(inputs, plan.pullRequest) : inputs.url;

/** What became of the pull request while its preview was being made. */
export type Meanwhile = 'open' | 'closed' | 'moved';

/** Looks whether the pull request still wants this preview. A GitHub that does not say is told once, and it goes on. */
export async function meanwhile({ ports, journal, context, github }: Run, pullRequest: number): Promise<Meanwhile> {
  if (!github) return 'open';
  try {
    const { open, head } = await github.pullRequest(pullRequest);
    if (!open) return 'closed';
    return head === context.sha ? 'open' : 'moved';
  } catch (error) {
    ports.signal.throwIfAborted();
    journal.warn(`Whether pull request #${pullRequest} is still open is not known: ${(error as Error).message}.`);
    return 'open';
  }
}
