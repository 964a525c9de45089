import type { ProjectSettings } from '../project/django/settings-shape.ts';
import { isSameSite, type OriginPattern, originOf, parseOrigin } from '../store/origins.ts';

/** What is known of the addresses under which the site is visited. */
export interface KnownAddresses {
  /** Its public URL, and the domains that the host tells. */
  readonly urls: readonly (string | undefined)[];
  /** Where the page was after redirects. */
  readonly page?: string | undefined;
  readonly settings?: Pick<ProjectSettings, 'allowed_hosts' | 'csrf_trusted_origins'> | undefined;
  /** Its address is another one than that of production, which settings may name. */
  readonly preview: boolean;
}

export interface Resolved {
  /** Sorted as the lines are. */
  readonly origins: readonly OriginPattern[];
  /** `auto` stands for an address that is not known yet. */
  readonly waits: boolean;
}

/** Hosts that settings name exactly. */
const isExact = (host: string) => host !== '' && !host.startsWith('.') && !host.includes('*');

/** Whether a page that a redirect led to is of the site: a sign-in page of somebody else is not. */
function isOfSite(page: string, urls: readonly string[], settings: KnownAddresses['settings']): boolean {
  if (urls.some((url) => isSameSite(url, page))) return true;
  const { hostname, protocol } = new URL(page);
  return protocol === 'https:' && (settings?.allowed_hosts ?? []).some((host) => isExact(host) && host === hostname);
}

/** Origins that the settings trust with forms; only those that name one site. */
const ofSettings = (settings: KnownAddresses['settings']): OriginPattern[] =>
  (settings?.csrf_trusted_origins ?? []).flatMap((line) => {
    const parsed = parseOrigin(line);
    return 'origin' in parsed && !parsed.origin.includes('*') ? [parsed.origin] : [];
  });

/** What the lines of `allowed-origins` stand for, as far as the addresses of the site are known. */
export function resolveOrigins(lines: readonly OriginPattern[], known: KnownAddresses): Resolved {
  const urls = known.urls.filter((url): url is string => originOf(url) !== undefined);
  const page = known.page !== undefined && isOfSite(known.page, urls, known.settings) ? known.page : undefined;
  const live = [...urls, page].flatMap((url) => originOf(url) ?? []);
  const auto = live.length > 0 || known.preview ? live : ofSettings(known.settings);
  const origins = new Set(lines.flatMap((line) => (line === 'auto' ? auto : [line])));
  return {
    // "*" is all of them.
    origins: origins.has('*') ? ['*'] : [...origins],
    waits: lines.includes('auto') && live.length === 0 && !origins.has('*'),
  };
}
