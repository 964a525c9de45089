import { withoutHash } from '../assets/hashed-names.ts';
import { globs } from '../lib/globs.ts';
import type { ObjectHeaders } from '../store/store.ts';

/** The headers that a rule can set, by their names in lower case. */
const settable = {
  'cache-control': 'cacheControl',
  'content-type': 'contentType',
  'content-disposition': 'contentDisposition',
  'content-encoding': 'contentEncoding',
  'content-language': 'contentLanguage',
} as const satisfies Record<string, keyof ObjectHeaders>;

type Settable = (typeof settable)[keyof typeof settable];

/** One line of the input `headers`. */
export interface HeaderRule {
  readonly glob: string;
  readonly header: Settable;
  /** '' takes the header away. */
  readonly value: string;
}

/**
 * Reads a line `glob  Header: value`.
 * @returns The rule, or one sentence on what is wrong with it.
 */
export function parseRule(line: string): HeaderRule | string {
  const [, glob, name, value] = /^(\S+)\s+([A-Za-z-]+)\s*:\s*(.*)$/.exec(line) ?? [];
  if (glob === undefined || name === undefined || value === undefined)
    return 'is not "glob  Header: value", for example "*.html  Cache-Control: no-cache"';
  const header = Object.entries(settable).find(([known]) => known === name.toLowerCase())?.[1];
  if (!header) return `sets "${name}"; there are Cache-Control and Content-Type, -Disposition, -Encoding, -Language`;
  // What a header may hold (RFC 9110, 5.5), without the obsolete bytes above ASCII.
  if (!/^[\t\x20-\x7e]*$/.test(value)) return `has signs in ${name} that no header can hold`;
  if (header === 'contentType' && value === '') return 'leaves Content-Type empty, and every object has one';
  return { glob, header, value };
}

/** The headers that rules set for a path; '' takes one away. */
export type Ruled = Partial<ObjectHeaders>;

const none: Ruled = {};

/**
 * Of each header the first rule counts whose glob matches the path, with or without the hash in its name, because who
 * writes a rule knows the names of the sources.
 */
export function compileRules(rules: readonly HeaderRule[]): (path: string) => Ruled {
  if (rules.length === 0) return () => none;
  const compiled = rules.map(({ glob, header, value }) => ({ matches: globs([glob]), header, value }));
  return (path) => {
    const plain = withoutHash(path);
    const found = new Map<Settable, string>();
    for (const { matches, header, value } of compiled) {
      if (!found.has(header) && (matches(path) || (plain !== path && matches(plain)))) found.set(header, value);
    }
    return Object.fromEntries(found);
  };
}
