import type { Finding } from '../../report/finding.ts';
import { type BucketAddress, normalPrefix, ownHosts, prefixOfUrl } from '../../store/addresses.ts';
import type { ProjectSettings } from '../django/settings-shape.ts';
import { type PreflightOptions, placeOf } from './finding-places.ts';

/** Settings that send pages to other files than those in the bucket. */
export function fromStorage(settings: ProjectSettings, options: PreflightOptions): Finding[] {
  const { bucket } = options;
  const storage = settings.static_storage;
  if (!bucket || !storage) return [];
  const found: Finding[] = [];
  const at = placeOf(options, settings, settings.assigned.STORAGES ? 'STORAGES' : 'STATICFILES_STORAGE');
  if (!storage.hashed) {
    const message = `${storage.backend} puts no hashes into names, so browsers ask again for every file, and a page proves by them which release it is only where a bundler named them. Use a manifest storage.`;
    found.push({ level: 'warning', id: 'deploy.no-hashes', message, ...at });
  }
  if (storage.remote?.signs_urls && !storage.remote.custom_domain) {
    const message = `${storage.backend} signs the addresses of static files: each page gets others, so nothing is cached, and they end after an hour. Set "querystring_auth": False in its OPTIONS (or AWS_QUERYSTRING_AUTH = False), and let the bucket be read.`;
    found.push({ level: 'warning', id: 'deploy.signed-urls', message, ...at });
  }
  if (storage.local) found.push(...fromStaticUrl(settings, bucket, options));
  return found;
}

/** A storage on disk takes the address of files from STATIC_URL alone. */
function fromStaticUrl(settings: ProjectSettings, bucket: BucketAddress, options: PreflightOptions): Finding[] {
  const url = settings.static_url ?? '';
  const at = placeOf(options, settings, 'STATIC_URL');
  if (!/^(https?:)?\/\//.test(url)) {
    if (settings.whitenoise) return [];
    const message = `Static files go to the bucket "${bucket.name}", and STATIC_URL = "${url}" sends pages to the app, which has none. Write the bucket's or the CDN's address: STATIC_URL = "https://…/${options.staticPrefix ?? 'static/'}"`;
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
