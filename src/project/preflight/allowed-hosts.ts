import type { Finding } from '../../report/finding.ts';
import type { ProjectSettings } from '../django/settings-shape.ts';
import { type PreflightOptions, placeOf } from './finding-places.ts';

/** Whether a pattern of ALLOWED_HOSTS, or of the host in CSRF_TRUSTED_ORIGINS, admits a host. */
function admits(pattern: string, host: string): boolean {
  const wanted = pattern.toLowerCase();
  if (wanted === '*' || wanted === host) return true;
  return wanted.startsWith('.') && (host === wanted.slice(1) || host.endsWith(wanted));
}

/** Whether one of CSRF_TRUSTED_ORIGINS is this https origin: `https://shop.example`, `https://*.example`. */
function trusts(origins: readonly string[], host: string): boolean {
  return origins.some((origin) => {
    const [scheme, pattern = ''] = origin.toLowerCase().split('://');
    return scheme === 'https' && admits(pattern.replace(/^\*\./, '.'), host);
  });
}

/** What is wrong with an entry that means this host and does not count; '' if there is none such. */
function almost(origins: readonly string[], host: string): string {
  const schemeless = origins.find((origin) => !origin.includes('://') && admits(origin.replace(/^\*\./, '.'), host));
  if (schemeless !== undefined)
    return ` The entry "${schemeless}" has no scheme, without which it counts for nothing since Django 4.0.`;
  const plain = origins.find((origin) => trusts([origin.replace(/^http:/i, 'https:')], host));
  return plain === undefined ? '' : ` The entry "${plain}" is of http, and the site has https.`;
}

/** The protocol header that almost every host's proxy sends. */
const headerLine = 'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")';

/** What to write into ALLOWED_HOSTS: for a preview a pattern that also admits the next one. */
function patternFor(host: string, preview: boolean): string {
  const [, ...parents] = host.split('.');
  return preview && parents.length > 1 ? `.${parents.join('.')}` : host;
}

/** The whole line, where it is one that fits into a sentence. */
const lineWith = (hosts: readonly string[], pattern: string): string =>
  hosts.length > 3
    ? ''
    : ` Write ALLOWED_HOSTS = [${[...hosts, pattern].map((one) => JSON.stringify(one)).join(', ')}]`;

/** Settings that turn visitors of the live URL away. */
export function fromHosts(settings: ProjectSettings, options: PreflightOptions): Finding[] {
  const found: Finding[] = [];
  const url = options.url === undefined ? undefined : new URL(options.url);
  if (url && !settings.allowed_hosts.some((pattern) => admits(pattern, url.hostname))) {
    const literal = settings.assigned.ALLOWED_HOSTS?.literal === true;
    const also = literal ? '' : ', unless the host sets it';
    const pattern = patternFor(url.hostname, options.preview === true);
    found.push({
      level: literal ? 'error' : 'warning',
      id: 'deploy.allowed-hosts',
      message: `ALLOWED_HOSTS does not admit ${url.hostname}, so every page answers 400${also}. Add "${pattern}" to it${pattern.startsWith('.') ? ', which admits those of all pull requests' : ''}.${literal ? lineWith(settings.allowed_hosts, pattern) : ''}`,
      ...placeOf(options, settings, 'ALLOWED_HOSTS'),
    });
  }
  const behindProxy = !settings.proxy_ssl_header;
  const major = Number.parseInt(settings.django, 10);
  if (url?.protocol === 'https:' && behindProxy && settings.csrf && major >= 4) {
    if (!trusts(settings.csrf_trusted_origins, url.host)) {
      const pattern = patternFor(url.hostname, options.preview === true);
      const origin = pattern.startsWith('.') ? `https://*${pattern}` : url.origin;
      const message = `Behind a proxy that ends https, every form answers 403: CSRF_TRUSTED_ORIGINS lacks ${url.origin}, and SECURE_PROXY_SSL_HEADER is not set.${almost(settings.csrf_trusted_origins, url.host)} Write CSRF_TRUSTED_ORIGINS = ["${origin}"], or ${headerLine}`;
      const at = placeOf(options, settings, 'CSRF_TRUSTED_ORIGINS');
      found.push({ level: 'warning', id: 'deploy.csrf-origins', message, ...at });
    }
  }
  if (settings.ssl_redirect && url?.protocol === 'http:') {
    const message = `SECURE_SSL_REDIRECT is on, and the input url is an http:// address: every page leads to https, where nothing is known to answer. Write SECURE_SSL_REDIRECT = False until the site has https; if it has, write https:// into the input url.`;
    const at = placeOf(options, settings, 'SECURE_SSL_REDIRECT');
    found.push({ level: 'warning', id: 'deploy.https-redirect', message, ...at });
  } else if (settings.ssl_redirect && behindProxy) {
    const message = `SECURE_SSL_REDIRECT is on and SECURE_PROXY_SSL_HEADER is not set: behind a proxy that ends https, every page redirects to itself without end. Write ${headerLine}`;
    const at = placeOf(options, settings, 'SECURE_SSL_REDIRECT');
    found.push({ level: 'warning', id: 'deploy.redirect-loop', message, ...at });
  }
  return found;
}
