import type { Acl } from '../store/acl.ts';
import type { Ruled } from './header-rules.ts';

/** Headers and ACL of an object, as the project's own storage would send them. */
export interface StorageForm {
  readonly headers: Ruled;
  readonly acl: Acl | undefined;
}

/** Of a storage: the first form is that of every path that is not listed. */
export interface StorageForms {
  readonly forms: readonly StorageForm[];
  /** Index of a path's form. */
  readonly names: Readonly<Record<string, number>>;
}

/** Files that are stored compressed. */
export interface GzipRule {
  /** Content types, also with `*`; undefined is every type that compressing makes smaller. */
  readonly types: readonly string[] | undefined;
  /** A compressed file is kept if it has less than so many times the bytes. */
  readonly below: number;
}

/** What the input `compress` asks for; WhiteNoise has the same limit, because unpacking takes time. */
export const usualGzip: GzipRule = { types: undefined, below: 0.95 };

const nothing: StorageForm = { headers: {}, acl: undefined };

/** The form of a path; own properties only, because a file may be called `constructor`. */
export function compileForms(storage: StorageForms | undefined): (path: string) => StorageForm {
  if (!storage) return () => nothing;
  const { forms, names } = storage;
  return (path) => forms[Object.hasOwn(names, path) ? (names[path] ?? 0) : 0] ?? nothing;
}

/** Types that have had other names, by the one that this action sends. */
const sameType: Readonly<Record<string, string>> = {
  'application/javascript': 'text/javascript',
  'application/x-javascript': 'text/javascript',
  'text/xml': 'application/xml',
};

const bare = (type: string): string => {
  const plain = type.split(';')[0]?.trim().toLowerCase() ?? '';
  return sameType[plain] ?? plain;
};

/** Whether a content type is one of these; `*` stands for any part of a name. */
export function isOfType(contentType: string, types: readonly string[]): boolean {
  const plain = bare(contentType);
  return types.some((type) => {
    const parts = bare(type).split('*').map(RegExp.escape);
    return new RegExp(`^${parts.join('[^/]*')}$`).test(plain);
  });
}
