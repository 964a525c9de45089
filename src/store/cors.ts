import { hash } from 'node:crypto';
import { type Identity, identityPath, parseIdentityPath } from '../core/identity.ts';
import type { CorsRule } from './bucket-settings.ts';
import type { OriginPattern } from './origins.ts';

/** What the name of every rule of ours begins with. */
const mark = 'deploy-django/';

/** Most characters of a rule's name, and most rules of a bucket (S3, PutBucketCors). */
const longestId = 255;
export const mostRules = 100;

/** The name of an identity's own rule: `deploy-django/1296269/push/production`. */
export function ruleId(identity: Identity): string {
  const id = mark + identityPath(identity);
  if (id.length <= longestId) return id;
  return `${mark}${hash('sha256', id)}`;
}

/** Whose rule it is; undefined where it is not one of ours, or its name is too long to hold the whole identity. */
export const ruleOwner = ({ ID = '' }: CorsRule): Identity | undefined =>
  ID.startsWith(mark) ? parseIdentityPath(ID.slice(mark.length)) : undefined;

/** The rule that lets pages of these origins read files. */
export const ruleFor = (id: string, origins: readonly OriginPattern[]): CorsRule => ({
  ID: id,
  AllowedOrigins: origins,
  AllowedMethods: ['GET', 'HEAD'],
  AllowedHeaders: ['*'],
  ExposeHeaders: ['ETag'],
  MaxAgeSeconds: 3_600,
});

/** Servers give lists back in an order of their own (Ceph sorts origins). */
const sameList = (one: readonly string[] = [], other: readonly string[] = []): boolean =>
  one.length === other.length && one.toSorted().join('\n') === other.toSorted().join('\n');

/** Whether two rules allow the same, whatever they are called. */
const sameRule = (one: CorsRule, other: CorsRule): boolean =>
  sameList(one.AllowedOrigins, other.AllowedOrigins) &&
  sameList(one.AllowedMethods, other.AllowedMethods) &&
  sameList(one.AllowedHeaders, other.AllowedHeaders) &&
  sameList(one.ExposeHeaders, other.ExposeHeaders) &&
  one.MaxAgeSeconds === other.MaxAgeSeconds;

export interface CorsWish {
  readonly id: string;
  /** None: the rule is to go. */
  readonly origins: readonly OriginPattern[];
  /** More origins may come to be known, so that those which the rule has stay. */
  readonly keepsOld?: boolean;
}

/** What the rules of a bucket have to become; `same` if nothing has to change, `full` if there is no room for one more. */
export type CorsChange =
  | { readonly kind: 'same'; readonly origins: readonly OriginPattern[] }
  | { readonly kind: 'full' }
  | { readonly kind: 'change'; readonly rules: readonly CorsRule[]; readonly origins: readonly OriginPattern[] };

/** Decides over our own rule; those of others stay as they are and where they are. */
export function planCors(rules: readonly CorsRule[], { id, origins, keepsOld }: CorsWish): CorsChange {
  const own = rules.filter(({ ID }) => ID === id);
  const old = keepsOld ? own.flatMap(({ AllowedOrigins }) => AllowedOrigins) : [];
  const all = [...new Set([...origins, ...old])];
  const wanted = ruleFor(id, all);
  if (all.length === 0)
    return own.length === 0
      ? { kind: 'same', origins: all }
      : { kind: 'change', rules: rules.filter((rule) => !own.includes(rule)), origins: all };
  const [first] = own;
  if (own.length === 1 && first && sameRule(first, wanted)) return { kind: 'same', origins: all };
  // A service that keeps no names of rules gives ours back without one.
  const isNameless = (rule: CorsRule) => !rule.ID?.startsWith(mark) && sameRule(rule, wanted);
  if (!first && rules.some(isNameless)) return { kind: 'same', origins: all };
  if (!first && rules.length >= mostRules) return { kind: 'full' };
  const others = rules.filter((rule) => rule === first || !own.includes(rule));
  const next = first ? others.map((rule) => (rule === first ? wanted : rule)) : [...rules, wanted];
  return { kind: 'change', rules: next, origins: all };
}

/** Whether an answer lets a page of this origin use it. */
export const allows = (headers: Readonly<Record<string, string>>, origin: string): boolean =>
  ['*', origin].includes(headers['access-control-allow-origin'] ?? '');
