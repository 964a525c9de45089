import { DeployError } from '../core/errors.ts';
import { type Identity, previewFolder } from '../core/identity.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Destination, SyncTarget } from './destination.ts';

/**
 * What keeps two pull requests, and a pull request and production, apart in a prefix. A branch does not: a fork may call its
 * own one main. A commit does not either: it can be merged as it is, and then it is production's.
 */
const ownPlaces = /\{(environment|pr)\}/;

/**
 * The target in a place of this pull request's own. Settings may have read that place from the environment and lead there
 * already.
 */
function withOwnPrefix<T extends SyncTarget | undefined>(target: T, given: string | undefined, identity: Identity): T {
  const own = previewFolder(identity);
  if (!target || ownPlaces.test(given ?? '') || target.prefix.startsWith(own)) return target;
  return { ...target, prefix: own + target.prefix };
}

/** Where files are that were moved in the bucket, for whoever asks; undefined where the address does not say its prefix. */
function movedUrl(url: string | undefined, from: SyncTarget | undefined, to: SyncTarget | undefined) {
  if (!url || !from || !to || from.prefix === to.prefix) return url;
  return url.endsWith(`/${from.prefix}`) ? url.slice(0, url.length - from.prefix.length) + to.prefix : undefined;
}

/**
 * Where the files of a preview go: never to production's, and where the end of the pull request finds them.
 * @throws DeployError INVALID_INPUTS where only the settings name the bucket, because nobody reads them at the end.
 */
export function previewDestination(inputs: Inputs, target: Destination, identity: Identity): Destination {
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
  const ownStatic = withOwnPrefix(target.static, inputs.staticPrefix, identity);
  // Nobody looks into another bucket when the pull request is closed.
  const media = target.media?.bucket ? undefined : target.media;
  const ownMedia = withOwnPrefix(media, inputs.mediaPrefix, identity);
  return {
    ...target,
    static: ownStatic,
    media: ownMedia,
    staticUrl: movedUrl(target.staticUrl, target.static, ownStatic),
    mediaUrl: movedUrl(target.mediaUrl, target.media, ownMedia),
  };
}
