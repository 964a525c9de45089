import type { Mistake } from '../core/mistake.ts';
import type { HostOptions } from '../hosts/contract/host.ts';
import { parseBoolean, parseDuration, parseLines, parseNamedLines } from '../lib/parse.ts';
import { Secret } from '../lib/secret.ts';
import { parseShard, type Shard } from '../store/shard.ts';
import { vendorNames } from '../store/vendors.ts';
import { type HeaderRule, parseRule } from '../sync/header-rules.ts';

/** How the inputs are read: by name, '' where not given. Region falls back to AWS's own variables. */
export interface InputSource {
  input(name: string): string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What `{…}` in a prefix can stand for. */
const prefixPlaceholders = ['environment', 'pr', 'sha', 'branch'] as const;

/** Reads inputs by their kinds, and keeps every mistake that it finds. */
export class Reader {
  readonly mistakes: Mistake[] = [];
  readonly #source: InputSource;

  constructor(source: InputSource) {
    this.#source = source;
  }

  add(input: string, message: string): void {
    this.mistakes.push({ input, message });
  }

  text(name: string): string | undefined {
    return this.#source.input(name).trim() || undefined;
  }

  secret(name: string): Secret | undefined {
    const value = this.text(name);
    return value === undefined ? undefined : new Secret(value);
  }

  choice<T extends string>(name: string, choices: readonly T[], standard: T): T {
    return this.optionalChoice(name, choices) ?? standard;
  }

  optionalChoice<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const value = this.text(name);
    const choice = choices.find((one) => one === value);
    if (value !== undefined && choice === undefined) this.add(name, `"${value}" is none of ${choices.join(', ')}`);
    return choice;
  }

  boolean(name: string, standard: boolean): boolean {
    const value = this.text(name);
    if (value === undefined) return standard;
    const parsed = parseBoolean(value);
    if (parsed === undefined) this.add(name, `"${value}" is neither true nor false`);
    return parsed ?? standard;
  }

  /** `true`, `false`, or the release to go back to. */
  rollback(name: string): { rollback: boolean; rollbackTo: string | undefined } {
    const value = this.text(name) ?? 'false';
    const parsed = parseBoolean(value);
    return { rollback: parsed ?? false, rollbackTo: parsed === undefined ? value : undefined };
  }

  duration(name: string, standard: string): number {
    const value = this.text(name) ?? standard;
    const parsed = parseDuration(value);
    if (parsed === undefined) this.add(name, `"${value}" is no duration; write it like 90s, 20m, 1h30m or 30d`);
    return parsed ?? 0;
  }

  /** A path inside the workspace: relative, and without a way out. */
  path(name: string): string | undefined {
    const value = this.text(name);
    if (value?.split(/[\\/]/).includes('..')) {
      this.add(name, `"${value}" leads out of the repository; write a path below it`);
    }
    return value;
  }

  url(name: string, value = this.text(name)): string | undefined {
    if (value === undefined) return undefined;
    const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `https://${value}`;
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (!url || !/^https?:$/.test(url.protocol) || !url.hostname) {
      this.add(name, `"${value}" is no URL; write it like https://www.example.com`);
    } else if (url.username || url.password) {
      this.add(name, 'holds a user name or password; leave them out, because a URL is shown in logs');
    } else if (url.search || url.hash) {
      this.add(name, 'has a query or fragment; write the address alone');
    }
    return url ? url.href.replace(/\/+$/, '') : text;
  }

  /** An address, with the vendor's name before it where that has to be said. */
  endpoint(name: string): { endpoint: string | undefined; vendor: string | undefined } {
    const [, vendor, address] = /^([a-z0-9]+)\+(https?:\/\/.*)$/.exec(this.text(name) ?? '') ?? [];
    if (vendor !== undefined && !vendorNames.includes(vendor)) {
      this.add(name, `"${vendor}" is none of the vendors ${vendorNames.join(', ')}`);
    }
    return { endpoint: this.url(name, address ?? this.text(name)), vendor };
  }

  /** A duration after which something is done; undefined where it is `off`. */
  age(name: string, standard: string): number | undefined {
    return this.text(name) === 'off' ? undefined : this.duration(name, standard);
  }

  lines(name: string): string[] {
    return parseLines(this.text(name) ?? '');
  }

  rules(name: string): HeaderRule[] {
    return this.lines(name).flatMap((line) => {
      const rule = parseRule(line);
      if (typeof rule !== 'string') return rule;
      this.add(name, `"${line}" ${rule}`);
      return [];
    });
  }

  shard(name: string): Shard | undefined {
    const value = this.text(name);
    const shard = value === undefined ? undefined : parseShard(value);
    if (value !== undefined && !shard) this.add(name, `"${value}" is no part; write it like 1/4, from 1/n to n/n`);
    return shard;
  }

  count(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined || value === 'auto') return undefined;
    if (!/^[1-9]\d{0,3}$/.test(value)) this.add(name, `"${value}" is neither auto nor a number from 1 to 9999`);
    return Number(value);
  }

  env(name: string): Record<string, Secret> {
    const variables: Record<string, Secret> = {};
    for (const { name: variable, value, line } of parseNamedLines(this.text(name) ?? '', '=')) {
      // The line itself is not quoted: it may be a secret whose name was forgotten.
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable)) this.add(name, `line ${line} is not NAME=value`);
      else variables[variable] = new Secret(value);
    }
    return variables;
  }

  /** `empty`: what has no value, as a secret has none in a run that gets no secrets. */
  options(name: string): { options: HostOptions; empty: Mistake[] } {
    const options: Record<string, string[]> = {};
    const empty: Mistake[] = [];
    for (const { name: key, value, line } of parseNamedLines(this.text(name) ?? '', ':')) {
      if (!/^[a-z][a-z0-9-]*$/.test(key)) this.add(name, `line ${line} is not "name: value"`);
      else if (value === '') empty.push({ input: name, message: `line ${line}: "${key}" has no value` });
      else options[key] = [...(options[key] ?? []), value];
    }
    return { options, empty };
  }

  prefix(name: string): string | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    for (const [whole, inner = ''] of value.matchAll(/\{([^{}]*)\}/g)) {
      if (!prefixPlaceholders.some((known) => known === inner)) {
        this.add(name, `${whole} stands for nothing; there are {${prefixPlaceholders.join('}, {')}}`);
      }
    }
    return value;
  }
}
