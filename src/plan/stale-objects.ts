import { hashOf } from '../assets/hashed-names.ts';
import type { StaleObject } from '../cdn/cdn.ts';
import type { CdnTarget } from '../cdn/target.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { ownHosts } from '../store/addresses.ts';
import type { SyncPlan } from '../sync/sync-plan.ts';
import type { Destination } from './destination.ts';

/**
 * Those of these keys, which the ledger knows, whose name is not made from the content: a copy under a hashed name is never
 * old, whatever became of the object.
 */
export function unhashed(keys: readonly string[], { objects }: Ledger): string[] {
  return keys.filter((key) => {
    const [row, hash] = [objects.get(key), hashOf(key)];
    if (!row) return hash === undefined;
    return !row.headers.includes('immutable') && hash !== row.md5.slice(0, 12);
  });
}

/** Un-hashed objects that a sync by this plan will replace, and those that are unpurged already. */
export function plannedUnpurged({ puts }: SyncPlan, { objects }: Ledger): string[] {
  const replaced = puts.filter(({ file, reason }) => !file.immutable && (reason !== 'new' || objects.has(file.key)));
  const unpurged = [...objects].flatMap(([key, row]) => (row.unpurged ? key : []));
  return [...new Set([...replaced.map(({ file }) => file.key), ...unpurged])].sort();
}

/** Names as Django writes them into addresses: `filepath_to_uri` leaves the same characters as they are. */
const encoded = (name: string): string => name.split('/').map(encodeURIComponent).join('/');

/** Where visitors find the files below a prefix, as the settings say it; undefined where that is the bucket itself. */
function basesOf({
  bucket,
  static: statics,
  media,
  staticUrl,
  mediaUrl,
}: Destination): [prefix: string, base: string][] {
  const isOwn = (url: string, address = bucket) => {
    const { host } = new URL(url);
    // The address of Spaces' own CDN is not the bucket's.
    return address !== undefined && !host.includes('.cdn.') && ownHosts(address).has(host);
  };
  const found: [string, string][] = [];
  if (statics && staticUrl && !isOwn(staticUrl)) found.push([statics.prefix, staticUrl]);
  if (media && mediaUrl && !isOwn(mediaUrl, media.bucket ?? bucket)) found.push([media.prefix, mediaUrl]);
  // The longer prefix first: '' is that of every key.
  return found.sort(([one], [other]) => other.length - one.length);
}

/** The objects of these keys with the addresses that they have at one CDN. */
export function staleObjects(
  keys: readonly string[],
  { address }: CdnTarget,
  target: Destination | undefined,
): StaleObject[] {
  const bases: [string, string][] = address !== undefined ? [['', address]] : target ? basesOf(target) : [];
  return keys.map((key) => {
    const [prefix, base] = bases.find(([one]) => key.startsWith(one)) ?? [];
    const isKnown = prefix !== undefined && base !== undefined;
    return { key, url: isKnown ? `${base.replace(/\/*$/, '/')}${encoded(key.slice(prefix.length))}` : undefined };
  });
}
