import { createHash } from 'node:crypto';
import { parse } from 'smol-toml';
import { normalizedName } from './optional-packages.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** Sections of a Pipfile that hold no packages; those of packages are named otherwise in the lock file. */
const others = new Set(['source', 'packages', 'dev-packages', 'requires', 'scripts', 'pipfile', 'pipenv']);

/** As Python's json.dumps writes it with sorted keys and no spaces. */
function dump(value: Json): string {
  if (typeof value === 'string') {
    const ascii = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
    return JSON.stringify(value).replace(/[\u0080-\uffff]/g, ascii);
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(dump).join(',')}]`;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([name, one]) => `${dump(name)}:${dump(one)}`).join(',')}}`;
}

/** @param nameOf How a package's name goes into the hash. */
function hashOf(pipfile: Readonly<Record<string, Json>>, nameOf: (name: string) => string): string {
  const section = (packages: Json = {}): Json =>
    typeof packages === 'object' && packages !== null && !Array.isArray(packages)
      ? Object.fromEntries(Object.entries(packages).map(([name, one]) => [nameOf(name), one]))
      : packages;
  const categories = Object.entries(pipfile).filter(([name]) => !others.has(name));
  const hashed = {
    ...Object.fromEntries(categories.map(([name, packages]) => [name, section(packages)])),
    _meta: { sources: pipfile.source ?? {}, requires: pipfile.requires ?? {} },
    default: section(pipfile.packages),
    develop: section(pipfile['dev-packages']),
  };
  return createHash('sha256').update(dump(hashed)).digest('hex');
}

/**
 * Whether the lock file is of this Pipfile, as any Pipenv would say that may have made it: they hashed names of packages as
 * they are written, and from some version on as the index knows them. One refuses the lock files of the other.
 */
export function locksPipfile(pipfile: string | undefined, lock: string): boolean {
  if (pipfile === undefined) return false;
  try {
    const { _meta } = JSON.parse(lock) as { readonly _meta?: { readonly hash?: { readonly sha256?: string } } };
    const parsed = parse(pipfile) as Readonly<Record<string, Json>>;
    return [hashOf(parsed, (name) => name), hashOf(parsed, normalizedName)].includes(_meta?.hash?.sha256 ?? '');
  } catch {
    // What is wrong with either file says Pipenv in its own words.
    return false;
  }
}
