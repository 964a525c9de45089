import * as v from 'valibot';
import { count, mapOf, type Parsed } from '../../lib/json-shape.ts';

const maybeText = v.nullable(v.string());
const text = v.exactOptional(v.string());

/** What a storage sends with an object beside its bytes. */
const objectForm = v.object({
  headers: v.object({
    cacheControl: text,
    contentType: text,
    contentDisposition: text,
    contentEncoding: text,
    contentLanguage: text,
  }),
  acl: maybeText,
  /** `AES256`, `aws:kms` or `aws:kms:<key>`. */
  encryption: maybeText,
  /** Names of parameters that this action does not send. */
  unsent: v.array(v.string()),
});

/** Where a storage of the network puts files, as an instance of it says. */
const remoteStorage = v.object({
  /** `other` has no S3 API, so nothing can be put there. */
  kind: v.picklist(['s3', 'google', 'other']),
  bucket: text,
  endpoint: text,
  region: text,
  /** Key prefix. */
  location: text,
  custom_domain: text,
  /** Types that it compresses: `always`, or only if that makes a file smaller. */
  gzip: v.exactOptional(v.nullable(v.object({ types: v.array(v.string()), always: v.boolean() }))),
  /** The first form is that of every name that is not listed. */
  objects: v.exactOptional(v.object({ forms: v.array(objectForm), names: mapOf(count()) })),
});

export const storageSchema = v.object({
  /** Class path. */
  backend: v.string(),
  /** A subclass of FileSystemStorage. */
  local: v.boolean(),
  /** Names have a hash of the content in them. */
  hashed: v.boolean(),
  /** A page that asks for a file which is not in the manifest is answered 500. */
  strict: v.boolean(),
  /** Folder of a local storage, if it is not STATIC_ROOT. */
  location: v.exactOptional(maybeText),
  remote: v.exactOptional(remoteStorage),
  /** The address of one stored name, without its query; `signed` if that had a signature in it. */
  sample: v.exactOptional(v.object({ name: v.string(), url: v.string(), signed: v.boolean() })),
  /** Why there is no address. */
  no_url: text,
  /** Whether the empty name has an address. */
  empty_name: v.exactOptional(v.boolean()),
  /** The manifest is kept by another storage of the network. */
  manifest_elsewhere: v.exactOptional(v.boolean()),
});

export type StorageSettings = Parsed<typeof storageSchema>;
export type RemoteStorage = Parsed<typeof remoteStorage>;
