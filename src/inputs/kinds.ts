import { type CdnTarget, parseTarget } from '../cdn/target.ts';
import { parseSource, type SourceName } from '../databases/trusted-sources/source-name.ts';
import type { HostOptions } from '../hosts/contract/host.ts';
import { parseVariables } from '../lib/dotenv.ts';
import { parseBoolean, parseDuration, parseLines, parseNamedLines } from '../lib/parse.ts';
import { Secret } from '../lib/secret.ts';
import { isEncryption, notAnEndpoint, readBucket } from '../store/bucket-forms.ts';
import { type OriginPattern, parseOrigin } from '../store/origins.ts';
import { parseShard, type Shard } from '../store/shard.ts';
import { vendorNames } from '../store/vendors.ts';
import { type HeaderRule, parseRule } from '../sync/header-rules.ts';
import { databaseUrlProblem } from './database-url.ts';

/** Takes one message for each mistake; the reader puts the input's name before it. */
type Refuse = (message: string) => void;

/**
 * How the text of an input is read.
 * @param text Trimmed, and never empty unless the row's default is ''.
 * @returns The value; undefined after a mistake that leaves none, and the default is used instead.
 */
export type Kind<T> = ((text: string, refuse: Refuse) => T | undefined) & { readonly choices?: readonly string[] };

/** What `{…}` in a prefix can stand for. */
const prefixPlaceholders = ['environment', 'pr', 'sha', 'branch'] as const;

export const text: Kind<string> = (value) => value;

export const secret: Kind<Secret> = (value) => new Secret(value);

/** The URL of a database on a server. What is wrong with it is said without it; it stays, so that it is masked. */
export const databaseUrl: Kind<Secret> = (value, refuse) => {
  const problem = databaseUrlProblem(value);
  if (problem !== undefined) refuse(problem);
  return new Secret(value);
};

/** One of a few words, which `choices` lists. */
export const choice = <const T extends string>(choices: readonly T[]): Kind<T> => {
  const read = (value: string, refuse: Refuse): T | undefined => {
    const found = choices.find((one) => one === value);
    if (found === undefined) refuse(`"${value}" is not one of ${choices.join(', ')}`);
    return found;
  };
  return Object.assign(read, { choices });
};

export const boolean: Kind<boolean> = (value, refuse) => {
  const parsed = parseBoolean(value);
  if (parsed === undefined) refuse(`"${value}" is neither true nor false`);
  return parsed;
};

/** `true`, `false`, or the release to go back to. */
export const rollback: Kind<{ rollback: boolean; rollbackTo: string | undefined }> = (value) => {
  const parsed = parseBoolean(value);
  return { rollback: parsed ?? false, rollbackTo: parsed === undefined ? value : undefined };
};

/** Milliseconds. */
export const duration: Kind<number> = (value, refuse) => {
  const parsed = parseDuration(value);
  if (parsed === undefined) refuse(`"${value}" is no duration; write it like 90s, 20m, 1h30m or 30d`);
  return parsed;
};

/** Milliseconds after which something is done; `off` is never. */
export const age: Kind<number | 'off'> = (value, refuse) => (value === 'off' ? value : duration(value, refuse));

/** A path inside the workspace: relative, and without a way out. */
export const path: Kind<string> = (value, refuse) => {
  if (value.split(/[\\/]/).includes('..')) refuse(`"${value}" leads out of the repository; write a path below it`);
  return value;
};

/** A public address, without a slash at its end; the scheme may be left out. */
export const url: Kind<string> = (value, refuse) => {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `https://${value}`;
  const parsed = URL.canParse(whole) ? new URL(whole) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol) || !parsed.hostname) {
    refuse(`"${value}" is no URL; write it like https://www.example.com`);
  } else if (parsed.username || parsed.password) {
    refuse('holds a user name or password; leave them out, because a URL is shown in logs');
  } else if (parsed.search || parsed.hash) {
    refuse('has a query or fragment; write the address alone');
  }
  return parsed?.href.replace(/\/+$/, '');
};

/** Algorithm of server-side encryption, and the key of KMS where there is one. */
export const encryption: Kind<string> = (value, refuse) => {
  if (!isEncryption(value)) refuse(`"${value}" is not AES256, aws:kms, aws:kms:<key id> or aws:kms:dsse`);
  return value;
};

/** A bucket's name alone; other forms get their name, and a message that says what to write. */
export const bucket: Kind<string> = (value, refuse) => {
  const { name, problem } = readBucket(value);
  if (problem !== undefined) refuse(problem);
  return name;
};

/** An address, with the vendor's name before it where that has to be said: `ceph+https://s3.example.com`. */
export const endpoint: Kind<{ endpoint: string | undefined; vendor: string | undefined }> = (value, refuse) => {
  if (value === '') return { endpoint: undefined, vendor: undefined };
  const [, vendor, address] = /^([a-z0-9]+)\+(https?:\/\/.*)$/.exec(value) ?? [];
  if (vendor !== undefined && !vendorNames.includes(vendor)) {
    refuse(`"${vendor}" is not one of the vendors ${vendorNames.join(', ')}`);
  }
  const whole = url(address ?? value, refuse);
  const problem = whole === undefined ? undefined : notAnEndpoint(whole);
  if (problem !== undefined) refuse(problem);
  return { endpoint: whole, vendor };
};

export const lines: Kind<string[]> = (value) => parseLines(value);

/** Origins as browsers send them, and `auto`. */
export const origins: Kind<OriginPattern[]> = (value, refuse) => {
  const found = parseLines(value).flatMap((line) => {
    if (line === 'auto') return line;
    const parsed = parseOrigin(line);
    if ('origin' in parsed) return parsed.origin;
    refuse(`"${line}" ${parsed.problem}`);
    return [];
  });
  return [...new Set(found)];
};

export const headerRules: Kind<HeaderRule[]> = (value, refuse) =>
  parseLines(value).flatMap((line) => {
    const rule = parseRule(line);
    if (typeof rule !== 'string') return rule;
    refuse(`"${line}" ${rule}`);
    return [];
  });

/** CDNs, one a line. */
export const cdnTargets: Kind<CdnTarget[]> = (value, refuse) =>
  parseLines(value).flatMap((line) => {
    const target = parseTarget(line);
    if (typeof target !== 'string') return target;
    refuse(`"${line}" ${target}`);
    return [];
  });

export const shard: Kind<Shard> = (value, refuse) => {
  const parsed = parseShard(value);
  if (!parsed) refuse(`"${value}" is no part; write it like 1/4, from 1/n to n/n`);
  return parsed;
};

export const count: Kind<number | 'auto'> = (value, refuse) => {
  if (value === 'auto') return value;
  if (!/^[1-9]\d{0,3}$/.test(value)) refuse(`"${value}" is neither auto nor a number from 1 to 9999`);
  return Number(value);
};

/** Variables by name. What could be read stays beside a mistake, so that it is masked. */
export const variables: Kind<Record<string, Secret>> = (value, refuse) => {
  const parsed = parseVariables(value);
  for (const problem of parsed.problems) refuse(problem);
  return Object.fromEntries(Object.entries(parsed.variables).map(([name, one]) => [name, new Secret(one)]));
};

/** `name: value` lines. `empty`: messages about those without a value, as a secret has none in a run that gets no secrets. */
export const namedOptions: Kind<{ options: HostOptions; empty: string[] }> = (value, refuse) => {
  const options: Record<string, string[]> = {};
  const empty: string[] = [];
  for (const { name, value: one, line } of parseNamedLines(value)) {
    if (!/^[a-z][a-z0-9-]*$/.test(name)) refuse(`line ${line} is not "name: value"`);
    else if (one === '') empty.push(`line ${line}: "${name}" has no value`);
    else options[name] = [...(options[name] ?? []), one];
  }
  return { options, empty };
};

/** A vendor of databases, and what it calls the database. */
export const trustedSource: Kind<SourceName> = (value, refuse) => {
  const parsed = parseSource(value);
  if (typeof parsed !== 'string') return parsed;
  refuse(parsed);
  return undefined;
};

/** A key prefix with places. */
export const prefix: Kind<string> = (value, refuse) => {
  for (const [whole, inner = ''] of value.matchAll(/\{([^{}]*)\}/g)) {
    if (!prefixPlaceholders.some((known) => known === inner)) {
      refuse(`${whole} stands for nothing; there are {${prefixPlaceholders.join('}, {')}}`);
    }
  }
  return value;
};
