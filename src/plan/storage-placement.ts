import type { StorageSettings } from '../project/django/storage-shape.ts';
import { type Acl, cannedAcls } from '../store/acl.ts';
import { type BucketAddress, decodePath, isAbsolute } from '../store/addresses.ts';
import type { GzipRule, StorageForms } from '../sync/storage-forms.ts';

/** The part of a storage of the network that belongs to each object. */
export interface StorageSays {
  readonly objects: StorageForms;
  readonly gzip: GzipRule | undefined;
  /** `AES256`, `aws:kms` or `aws:kms:<key>`, of every object and of the ledger beside them. */
  readonly encryption: string | undefined;
}

/** The bucket that a storage of the project names; undefined where it is none that can be filled here. */
export function bucketNamedBy(storage: StorageSettings | null): BucketAddress | undefined {
  const { kind, bucket: name, endpoint, region } = storage?.remote ?? {};
  return kind === undefined || kind === 'other' || name === undefined ? undefined : { name, endpoint, region };
}

const isAcl = (text: string | null | undefined): text is Acl => cannedAcls.some((acl) => acl === text);

/** What a storage says of its objects; undefined where it is on disk or cannot be filled here. */
export function saysOf(storage: StorageSettings | null): StorageSays | undefined {
  const { objects, gzip } = storage?.remote ?? {};
  if (!objects) return undefined;
  const forms = objects.forms.map(({ headers, acl }) => ({ headers, acl: isAcl(acl) ? acl : undefined }));
  return {
    objects: { forms, names: objects.names },
    gzip: gzip ? { types: gzip.types, below: gzip.always ? Number.MAX_SAFE_INTEGER : 1 } : undefined,
    encryption: objects.forms[0]?.encryption ?? undefined,
  };
}

/** The address below which a storage has its files: what it says itself, else the setting. */
export function baseOf(storage: StorageSettings | null, setting: string | null): string | null {
  const { name, url } = storage?.sample ?? {};
  // A path on the site says no more than the setting.
  if (name === undefined || url === undefined || !isAbsolute(url)) return setting;
  return decodePath(url).endsWith(`/${name}`) ? url.slice(0, url.length - encodedLength(url, name)) : setting;
}

/** How many characters of an address a name takes at its end: each library encodes others of them. */
const encodedLength = (url: string, name: string): number =>
  name.split('/').reduce((sum, _, at) => sum + (url.split('/').at(-1 - at)?.length ?? 0), name.split('/').length - 1);
