import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { DeployError } from '../core/errors.ts';
import type { Context } from '../event/context.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { fillTemplate, slug } from '../lib/text.ts';
import type { ProjectSettings, StorageSettings } from '../project/django/settings-shape.ts';
import { type BucketAddress, isAbsolute, normalPrefix, originsOf, prefixOfUrl } from '../store/addresses.ts';

/** Where a folder goes. */
export interface SyncTarget {
  /** As given, relative to the working directory, or absolute. */
  readonly folder: string;
  /** '' or ends with a slash. */
  readonly prefix: string;
}

/** What of a project's settings says where files go. */
export type Placement = Pick<
  ProjectSettings,
  'static_url' | 'media_url' | 'media_root' | 'static_storage' | 'media_storage'
>;

export const noProject: Placement = {
  static_url: null,
  media_url: null,
  media_root: null,
  static_storage: null,
  media_storage: null,
};

/** Where everything goes: inputs, and where they are empty the project's own settings. */
export interface Destination {
  /** Undefined: static files are served by the app. */
  readonly bucket: BucketAddress | undefined;
  readonly static: SyncTarget | undefined;
  readonly media: SyncTarget | undefined;
  /** STATIC_URL and MEDIA_URL as addresses, where they are absolute or the site's URL is known. */
  readonly staticUrl: string | undefined;
  readonly mediaUrl: string | undefined;
  /** Origins whose files belong to the site. */
  readonly origins: ReadonlySet<string>;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A prefix with its placeholders filled by names that are safe in keys. */
export function fillPrefix(template: string, environment: string, context: Context): string {
  if (template.includes('{pr}') && !context.pullRequest) {
    throw new DeployError(
      'INVALID_INPUTS',
      `The prefix "${template}" has {pr} in it, and this run is of no pull request.`,
      {
        hint: 'Use {environment}, which is preview/pr-N in pull requests and production or a branch elsewhere.',
      },
    );
  }
  return fillTemplate(template, {
    environment: slug(environment, sha256),
    branch: slug(context.branch ?? context.tag ?? '', sha256),
    pr: String(context.pullRequest?.number ?? ''),
    sha: context.sha,
  }).text;
}

function prefixFor(
  given: string | undefined,
  storage: StorageSettings | null,
  url: string | null,
  standard: string,
  bucket: NonNullable<Destination['bucket']>,
): string {
  if (given !== undefined) return normalPrefix(given);
  if (storage?.remote?.location !== undefined) return normalPrefix(storage.remote.location);
  // An address without a path is the bucket's own root; a path of "/" alone says nothing.
  if (url && (isAbsolute(url) || url.replaceAll('/', '') !== '')) return prefixOfUrl(url, bucket.name, bucket.endpoint);
  return standard;
}

/** The bucket that the inputs name by themselves, where no project is asked. */
export const bucketIn = ({ bucket, endpoint, region }: Inputs): BucketAddress | undefined =>
  bucket === undefined ? undefined : { name: bucket, endpoint, region };

function bucketOf(inputs: Inputs, project: Placement): Destination['bucket'] {
  const inSettings = project.static_storage?.remote ?? (inputs.mediaDir ? project.media_storage?.remote : undefined);
  const name = inputs.bucket ?? inSettings?.bucket;
  if (name === undefined) return undefined;
  const endpoint = inputs.endpoint ?? inSettings?.endpoint;
  return { name, endpoint, region: inputs.region ?? inSettings?.region };
}

/** An address out of a URL setting: absolute ones as they are, others on the site. */
function address(setting: string | null, site: string | undefined): string | undefined {
  if (!setting) return undefined;
  if (setting.startsWith('//')) return `https:${setting}`;
  if (isAbsolute(setting)) return setting;
  return site && URL.canParse(setting, `${site}/`) ? new URL(setting, `${site}/`).href : undefined;
}

/**
 * @param collected Folder that collectstatic filled.
 * @throws DeployError INVALID_INPUTS where static files and media would mix.
 */
export function planDestination(
  inputs: Inputs,
  context: Context,
  environment: string,
  project: Placement,
  collected: string | undefined,
): Destination {
  const bucket = bucketOf(inputs, project);
  const fill = (template: string | undefined) => template && fillPrefix(template, environment, context);
  const staticUrl = address(project.static_url, inputs.url);
  const mediaUrl = address(project.media_url, inputs.url);
  const origins = originsOf({ bucket, urls: [staticUrl, mediaUrl, inputs.url] });
  const served = { bucket: undefined, static: undefined, media: undefined, staticUrl, mediaUrl, origins };
  if (!bucket) {
    if (inputs.staticDir ?? inputs.mediaDir) throw noBucket(inputs);
    return served;
  }
  const staticFolder = inputs.staticDir ?? collected;
  const mediaFolder = inputs.mediaDir === 'auto' ? mediaRoot(project) : inputs.mediaDir;
  const staticTarget = staticFolder && {
    folder: staticFolder,
    prefix: prefixFor(fill(inputs.staticPrefix), project.static_storage, project.static_url, 'static/', bucket),
  };
  const mediaTarget = mediaFolder && {
    folder: mediaFolder,
    prefix: prefixFor(fill(inputs.mediaPrefix), project.media_storage, project.media_url, 'media/', bucket),
  };
  if (staticTarget && mediaTarget) refuseOverlap(staticTarget.prefix, mediaTarget.prefix);
  return { bucket, static: staticTarget || undefined, media: mediaTarget || undefined, staticUrl, mediaUrl, origins };
}

function mediaRoot(project: Placement): string {
  if (project.media_root) return project.media_root;
  throw new DeployError('INVALID_INPUTS', 'media-dir is auto, and the settings have no MEDIA_ROOT.', {
    hint: 'Write the folder into media-dir, or set MEDIA_ROOT.',
  });
}

function noBucket(inputs: Inputs): DeployError {
  const input = inputs.staticDir ? 'static-dir' : 'media-dir';
  return new DeployError('INVALID_INPUTS', `${input} is set, and there is no bucket to put it into.`, {
    hint: 'Set bucket and, where it is not AWS, endpoint.',
  });
}

function refuseOverlap(one: string, other: string): void {
  if (!one.startsWith(other) && !other.startsWith(one)) return;
  throw new DeployError(
    'INVALID_INPUTS',
    `Static files ("${one}") and media ("${other}") would go into one another's prefix.`,
    {
      hint: 'Set static-prefix and media-prefix so that neither holds the other, for example static/ and media/.',
    },
  );
}

/** The folder of a target on disk. */
export const folderOf = (target: SyncTarget, root: string): string =>
  posix.isAbsolute(target.folder) || /^[A-Za-z]:/.test(target.folder) ? target.folder : `${root}/${target.folder}`;
