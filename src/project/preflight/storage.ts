import { listSome } from '../../lib/text.ts';
import type { Finding } from '../../report/finding.ts';
import { cannedAcls } from '../../store/acl.ts';
import { type BucketAddress, isAbsolute, normalPrefix, ownHosts, prefixOfUrl } from '../../store/addresses.ts';
import { publicUrlOf } from '../../store/public-url.ts';
import type { ProjectSettings } from '../django/settings-shape.ts';
import type { StorageSettings } from '../django/storage-shape.ts';
import { giveVariables } from '../django/variable-advice.ts';
import { type PreflightOptions, placeOf } from './finding-places.ts';
import { faultOfAddress, leadsTo } from './storage-address.ts';

/** What both storages are looked at with. */
interface Look {
  readonly settings: ProjectSettings;
  readonly options: PreflightOptions;
  /** Alias in STORAGES. */
  readonly alias: 'staticfiles' | 'default';
  readonly storage: StorageSettings;
}

const placeOfStorage = ({ settings, options, alias }: Look) => {
  const old = alias === 'default' ? 'DEFAULT_FILE_STORAGE' : 'STATICFILES_STORAGE';
  return placeOf(options, settings, settings.assigned.STORAGES ? 'STORAGES' : old);
};

const nameOf = ({ alias, storage }: Look): string => `The storage "${alias}" (${storage.backend})`;

/** Storages and settings that send pages to other files than those in the bucket. */
export function fromStorage(settings: ProjectSettings, options: PreflightOptions): Finding[] {
  const { static_storage: statics, media_storage: media } = settings;
  const found: Finding[] = [];
  if (statics) {
    const look: Look = { settings, options, alias: 'staticfiles', storage: statics };
    found.push(...fromUnfilled(look), ...fromManifest(look), ...fromNames(look), ...fromObjects(look));
    if (options.bucket && options.staticPrefix !== undefined)
      found.push(...fromAddress(look, options.bucket, options.staticPrefix));
    if (statics.local) found.push(...fromStaticUrl(settings, options));
  }
  if (media?.local) found.push(...fromSetting('MEDIA_URL', settings, options));
  if (media && options.media) {
    const look: Look = { settings, options, alias: 'default', storage: media };
    found.push(...fromObjects(look), ...fromAddress(look, options.media.bucket, options.media.prefix));
  }
  return found;
}

const silence = 'If a command of your own uploads them, add "deploy.static-storage" to SILENCED_SYSTEM_CHECKS.';

/** A storage of the network that stays empty, so that every page lacks its files. */
function fromUnfilled(look: Look): Finding[] {
  const { remote, local } = look.storage;
  if (local || !remote || !look.options.planned) return [];
  const finding = (message: string): Finding[] => [
    { level: 'error', id: 'deploy.static-storage', message, ...placeOfStorage(look) },
  ];
  if (remote.kind === 'other') {
    return finding(
      `${nameOf(look)} has no S3 API, so nothing would upload the static files and every page would lack them. Use a storage for S3 or Google Cloud Storage, or serve them by WhiteNoise. ${silence}`,
    );
  }
  if (look.options.bucket) return [];
  const advice =
    giveVariables(look.settings, 'STORAGES') ??
    giveVariables(look.settings, 'AWS_STORAGE_BUCKET_NAME') ??
    'Set the input bucket, or bucket_name in its OPTIONS (AWS_STORAGE_BUCKET_NAME).';
  return finding(
    `${nameOf(look)} names no bucket in this build, so nothing would upload the static files. ${advice} ${silence}`,
  );
}

function fromManifest(look: Look): Finding[] {
  if (!look.storage.manifest_elsewhere) return [];
  const message = `${nameOf(look)} keeps its manifest in another storage of the network, which is not filled here, so the app would find no names. Leave manifest_storage out, or use a StaticFilesStorage with a folder of the project as location.`;
  return [{ level: 'error', id: 'deploy.manifest-storage', message, ...placeOfStorage(look) }];
}

/** What to write so that names have hashes: whole lines, because STORAGES replaces Django's own two. */
function manifestLines({ storage, settings }: Look): string {
  const hashed = 'django.contrib.staticfiles.storage.ManifestStaticFilesStorage';
  if (!storage.local)
    return `Let "BACKEND" of STORAGES["staticfiles"] be a manifest storage: storages.backends.s3.S3ManifestStaticStorage in place of S3StaticStorage, or a class of your own with ManifestFilesMixin.`;
  const [major = 0, minor = 0] = (settings.django ?? '').split('.').map(Number);
  if (major > 0 && (major < 4 || (major === 4 && minor < 2))) return `Write STATICFILES_STORAGE = "${hashed}".`;
  if (settings.assigned.STORAGES) return `Write "staticfiles": {"BACKEND": "${hashed}"} into STORAGES.`;
  return `Write STORAGES = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}, "staticfiles": {"BACKEND": "${hashed}"}}.`;
}

/** Names and addresses that keep browsers from caching. */
function fromNames(look: Look): Finding[] {
  const { storage, options } = look;
  if (!options.bucket) return [];
  const found: Finding[] = [];
  const at = placeOfStorage(look);
  if (!storage.hashed) {
    const message = `${storage.backend} puts no hashes into names, so browsers ask again for every file, and a page proves by them which release it is only where a bundler named them. ${manifestLines(look)}`;
    found.push({ level: 'warning', id: 'deploy.no-hashes', message, ...at });
  }
  if (storage.sample?.signed) {
    const message = `${storage.backend} signs the addresses of static files: each page gets others, so nothing is cached, and they end after an hour. Set "querystring_auth": False in its OPTIONS (or AWS_QUERYSTRING_AUTH = False), and let the bucket be read.`;
    found.push({ level: 'warning', id: 'deploy.signed-urls', message, ...at });
  }
  return found;
}

/** What a storage says of its objects and this action cannot do. */
function fromObjects(look: Look): Finding[] {
  const forms = look.storage.remote?.objects?.forms ?? [];
  const unsent = [...new Set(forms.flatMap((form) => form.unsent))];
  const acls = [...new Set(forms.flatMap(({ acl }) => (acl && !cannedAcls.some((one) => one === acl) ? [acl] : [])))];
  const at = placeOfStorage(look);
  const found: Finding[] = [];
  if (unsent.length > 0) {
    const message = `${nameOf(look)} sets ${listSome(unsent, 5)} on its objects, which this action does not send: the bucket's own settings count. Set it as a default or a rule of the bucket, or take it out.`;
    found.push({ level: 'warning', id: 'deploy.object-parameters', message, ...at });
  }
  if (acls.length > 0) {
    const message = `${nameOf(look)} has the ACL ${listSome(acls, 3)}, which is none that an upload can have. Write one of ${cannedAcls.join(', ')}.`;
    found.push({ level: 'error', id: 'deploy.object-parameters', message, ...at });
  }
  return found;
}

/** The storage's own address of a file, compared with where that file goes. */
function fromAddress(look: Look, bucket: BucketAddress, prefix: string): Finding[] {
  const { sample, local, no_url: reason, remote } = look.storage;
  if (local) return [];
  const id = look.alias === 'default' ? 'deploy.media-url' : 'deploy.static-url';
  const at = placeOfStorage(look);
  if (!sample) {
    if (remote?.kind === 'other' || reason === undefined) return [];
    const message = `${nameOf(look)} gives no addresses in this build (${reason}), so they could not be compared with where the files go. Give the build what it needs by the input env.`;
    return [{ level: 'warning', id, message, ...at }];
  }
  const key = prefix + sample.name;
  const fault = faultOfAddress(sample.url);
  if (fault && !key.includes('//')) {
    const message = `${nameOf(look)} sends browsers to ${sample.url}, ${fault.why}. ${fault.fix}`;
    return [{ level: fault.certain ? 'error' : 'warning', id, message, ...at }];
  }
  const leads = leadsTo(sample.url, { bucket, key });
  if (leads === 'yes') return [];
  const ofPreview = prefix.startsWith('previews/') || /(^|\/)pr-\d+\//.test(prefix);
  const input = look.alias === 'default' ? 'media-prefix' : 'static-prefix';
  const fix = ofPreview
    ? 'That is the address of production: read location from the environment, and give each preview its own at the host (docs/previews.md).'
    : `Leave ${input}, bucket and endpoint empty, so that the storage's own count, or make its location, bucket_name, endpoint_url and custom_domain the same.`;
  const message = `${nameOf(look)} sends browsers to ${sample.url}, and that file goes to "${key}" in the bucket "${bucket.name}". ${fix}`;
  return [{ level: leads === 'no' ? 'error' : 'warning', id, message, ...at }];
}

/** The line of the settings that sends pages to the bucket, with what is known of its address filled in. */
export function staticUrlToWrite(bucket: BucketAddress, prefix: string): string {
  const url = publicUrlOf(bucket, prefix);
  if (url === undefined)
    return `the domain that is connected to the bucket: STATIC_URL = "https://static.example.com/${prefix}"`;
  return `STATIC_URL = "${url}", or the same path at the CDN before the bucket`;
}

/** A storage on disk takes the address of files from this setting alone. */
function fromSetting(
  name: 'STATIC_URL' | 'MEDIA_URL',
  settings: ProjectSettings,
  options: PreflightOptions,
): Finding[] {
  const [url, id] =
    name === 'STATIC_URL' ? [settings.static_url, 'deploy.static-url'] : [settings.media_url, 'deploy.media-url'];
  const fault = faultOfAddress(url ?? '');
  if (!fault) return [];
  const message = `${name} = "${url}" sends browsers to an address ${fault.why}. ${giveVariables(settings, name) ?? fault.fix}`;
  return [{ level: fault.certain ? 'error' : 'warning', id, message, ...placeOf(options, settings, name) }];
}

/** Where STATIC_URL leads, and whether the files go there. */
function fromStaticUrl(settings: ProjectSettings, options: PreflightOptions): Finding[] {
  const { bucket } = options;
  const faults = fromSetting('STATIC_URL', settings, options);
  if (faults.length > 0 || !bucket) return faults;
  const url = settings.static_url ?? '';
  const at = placeOf(options, settings, 'STATIC_URL');
  if (!isAbsolute(url)) {
    if (settings.whitenoise) return [];
    const message = `Static files go to the bucket "${bucket.name}", and STATIC_URL = "${url}" sends pages to the app, which has none. Write ${staticUrlToWrite(bucket, options.staticPrefix ?? 'static/')}`;
    return [{ level: 'warning', id: 'deploy.static-url', message, ...at }];
  }
  const { host } = new URL(url, 'https://none.invalid/');
  const expected = options.staticPrefix;
  if (expected === undefined || !ownHosts(bucket).has(host)) return [];
  const named = prefixOfUrl(url, bucket.name, bucket.endpoint);
  if (normalPrefix(named) === normalPrefix(expected)) return [];
  const ofPreview = named !== '' && expected.startsWith('previews/') && expected.endsWith(`/${normalPrefix(named)}`);
  const fix = ofPreview
    ? `That is production's address: read it from the environment, STATIC_URL = os.environ.get("STATIC_URL", "${url}"), and give each preview its own at the host.`
    : `Set static-prefix: ${named || '/'} or fix STATIC_URL.`;
  const message = `STATIC_URL = "${url}" asks the bucket for "${named}…", and the files go to "${expected}…". ${fix}`;
  // An address that is put together from variables may be another one on the host.
  const level = settings.assigned.STATIC_URL?.literal ? 'error' : 'warning';
  return [{ level, id: 'deploy.static-url', message, ...at }];
}
