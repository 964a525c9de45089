import { posix } from 'node:path';
import { DeployError } from '../core/errors.ts';
import type { Context } from '../event/context.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { fillTemplate, slug } from '../lib/text.ts';
import type { ProjectSettings } from '../project/django/settings-shape.ts';
import type { StorageSettings } from '../project/django/storage-shape.ts';
import { type Acl, ownerAclIn } from '../store/acl.ts';
import {
  type BucketAddress,
  isAbsolute,
  isReadable,
  normalPrefix,
  originsOf,
  prefixOfUrl,
} from '../store/addresses.ts';
import { vendorOf } from '../store/vendors.ts';
import { baseOf, bucketNamedBy, type StorageSays, saysOf } from './storage-placement.ts';

/** Where a folder goes. */
export interface SyncTarget {
  /** As given, relative to the working directory, or absolute. */
  readonly folder: string;
  /** '' or ends with a slash. */
  readonly prefix: string;
  /** A bucket of its own: media can be kept apart from the static files. */
  readonly bucket?: BucketAddress;
  /** What the project's own storage says of its objects. */
  readonly storage?: StorageSays;
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
    environment: slug(environment),
    branch: slug(context.branch ?? context.tag ?? ''),
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
  // The empty one too: it is the root of the bucket.
  if (storage?.remote?.location !== undefined) return normalPrefix(storage.remote.location);
  // An address without a path is the bucket's own root; a path of "/" alone says nothing.
  if (url && isReadable(url) && (isAbsolute(url) || url.replaceAll('/', '') !== ''))
    return prefixOfUrl(url, bucket.name, bucket.endpoint);
  return standard;
}

/** The bucket that the inputs name by themselves, where no project is asked. */
export const bucketIn = (inputs: Inputs): BucketAddress | undefined =>
  inputs.bucket === undefined
    ? undefined
    : forEveryWrite(addressBy(inputs, inputs.bucket, undefined), inputs.acl, inputs.encryption);

/**
 * Where a bucket is: inputs, else settings, else the environment. The environment's region is one of AWS: another vendor
 * whose address is known has regions of its own.
 */
function addressBy(inputs: Inputs, name: string, settings: Omit<BucketAddress, 'name'> | undefined): BucketAddress {
  const endpoint = inputs.endpoint ?? settings?.endpoint ?? inputs.ambient.endpoint;
  const vendor = vendorOf(endpoint, inputs.vendor).name;
  const ambient = vendor === 'aws' || vendor === 'generic' ? inputs.ambient.region : undefined;
  return { name, endpoint, region: inputs.region ?? settings?.region ?? ambient };
}

/** What every write has to have. A field is there only where it says something, so that equal addresses are equal. */
function forEveryWrite(address: BucketAddress, acl: Acl | undefined, encryption: string | undefined): BucketAddress {
  const ownerAcl = ownerAclIn(acl);
  return { ...address, ...(ownerAcl ? { ownerAcl } : {}), ...(encryption ? { encryption } : {}) };
}

/** The bucket of the run: that of the inputs, else of the static files, else of the media that are asked for. */
function bucketOf(inputs: Inputs, project: Placement): Destination['bucket'] {
  const inSettings =
    bucketNamedBy(project.static_storage) ?? (inputs.mediaDir ? bucketNamedBy(project.media_storage) : undefined);
  const name = inputs.bucket ?? inSettings?.name;
  if (name === undefined) return undefined;
  const says = saysOf(project.static_storage);
  const address = addressBy(inputs, name, inSettings);
  return forEveryWrite(address, inputs.acl ?? says?.objects.forms[0]?.acl, inputs.encryption ?? says?.encryption);
}

/**
 * The bucket of the media where that is another one. Where both storages name one bucket, an input that names another stands
 * for both.
 */
function ownBucketOfMedia(bucket: BucketAddress, project: Placement): BucketAddress | undefined {
  const named = bucketNamedBy(project.media_storage);
  if (!named || named.name === bucket.name) return undefined;
  return named.name === bucketNamedBy(project.static_storage)?.name ? undefined : named;
}

/** An address out of a URL setting: absolute ones as they are, others on the site. */
function address(setting: string | null, site: string | undefined): string | undefined {
  // The preflight says of one that is not readable what to write.
  if (!setting || !isReadable(setting)) return undefined;
  if (setting.startsWith('//')) return `https:${setting}`;
  if (isAbsolute(setting)) return setting;
  return site && URL.canParse(setting, `${site}/`) ? new URL(setting, `${site}/`).href : undefined;
}

function ownBucketFor(inputs: Inputs, project: Placement, bucket: BucketAddress): BucketAddress {
  const says = saysOf(project.media_storage);
  const acl = inputs.mediaAcl ?? inputs.acl ?? says?.objects.forms[0]?.acl;
  return forEveryWrite(bucket, acl, inputs.encryption ?? says?.encryption);
}

const withStorage = (target: SyncTarget, storage: StorageSettings | null): SyncTarget => {
  const says = saysOf(storage);
  return says ? { ...target, storage: says } : target;
};

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
  const staticSetting = baseOf(project.static_storage, project.static_url);
  const mediaSetting = baseOf(project.media_storage, project.media_url);
  const staticUrl = address(staticSetting, inputs.url);
  const mediaUrl = address(mediaSetting, inputs.url);
  const origins = originsOf({ bucket, urls: [staticUrl, mediaUrl, inputs.url] });
  const served = { bucket: undefined, static: undefined, media: undefined, staticUrl, mediaUrl, origins };
  if (!bucket) {
    if (inputs.staticDir ?? inputs.mediaDir) throw noBucket(inputs);
    return served;
  }
  const mediaFolder = inputs.mediaDir === 'auto' ? mediaRoot(project) : inputs.mediaDir;
  const forMediaAlone = inputs.bucket === undefined && !bucketNamedBy(project.static_storage);
  const staticFolder = inputs.staticDir ?? (forMediaAlone ? undefined : collected);
  const staticTarget = staticFolder && {
    folder: staticFolder,
    prefix: prefixFor(fill(inputs.staticPrefix), project.static_storage, staticSetting, 'static/', bucket),
  };
  const ownBucket = ownBucketOfMedia(bucket, project);
  const mediaTarget = mediaFolder && {
    folder: mediaFolder,
    prefix: prefixFor(fill(inputs.mediaPrefix), project.media_storage, mediaSetting, 'media/', ownBucket ?? bucket),
    ...(ownBucket ? { bucket: ownBucketFor(inputs, project, ownBucket) } : {}),
  };
  if (staticTarget && mediaTarget && !ownBucket) refuseOverlap(staticTarget.prefix, mediaTarget.prefix);
  return {
    bucket,
    static: staticTarget ? withStorage(staticTarget, project.static_storage) : undefined,
    media: mediaTarget ? withStorage(mediaTarget, project.media_storage) : undefined,
    staticUrl,
    mediaUrl,
    origins,
  };
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
