import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { ofPlaces } from './live.ts';
import { wordFor } from './shell.ts';

/** What `npm run try` is to do. */
export interface TryCall {
  /** The folder as the user wrote it, which leads there from where they are. */
  readonly folder: string;
  /** The same as an absolute path. */
  readonly source: string;
  readonly flags: { readonly log?: boolean; readonly live?: boolean; readonly keep?: boolean };
  /** The inputs that the user gave. */
  readonly given: Readonly<Record<string, string>>;
  /** Names of the inputs that may be given. */
  readonly inputs: readonly string[];
}

const options = { log: { type: 'boolean' }, live: { type: 'boolean' }, keep: { type: 'boolean' } } as const;

const usage = `npm run try -- FOLDER [--log] [INPUT=VALUE …], for example: npm run try -- ../shop bucket=shop url=https://…
npm run try -- FOLDER --live [--keep] [--log] [INPUT=VALUE …] deploys to a bucket and a host on this machine, for example: npm run try -- ../shop --live env=API_KEY=…`;

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch {
    return undefined;
  }
}

/** What is wrong with a name that is no input. */
function unknownInput(wrong: string, known: readonly string[]): string {
  const letters = (name: string) => name.replaceAll('-', '');
  const same = known.filter((name) => letters(name) === letters(wrong));
  const near = same.length > 0 ? same : known.filter((name) => name.startsWith(wrong.slice(0, 2)));
  const meant = near.length > 0 ? ` Did you mean ${near.join(', ')}?` : '';
  return `There is no input "${wrong}".${meant} README.md has all of them.`;
}

/** An input that is given twice has two lines, as variables of env have. */
function joined(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  const byName = Object.groupBy(pairs, ([name]) => name);
  return Object.fromEntries(
    Object.entries(byName).map(([name, all = []]) => [name, all.map(([, value]) => value).join('\n')]),
  );
}

/**
 * Reads the command line.
 * @param root Folder of this action.
 * @returns A text that says how it is written, where it cannot be read.
 */
export async function readCall(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  root: string,
): Promise<TryCall | string> {
  // Without "--" before them, npm takes flags of ours for its own.
  const swallowed = Object.keys(options).filter((name) => env[`npm_config_${name}`] === 'true');
  if (swallowed.length > 0)
    return `npm took --${swallowed.join(' and --')} for itself. Write "--" before the folder:\n${usage}`;
  const read = readArguments(args);
  const [folder, ...texts] = read?.positionals ?? [];
  const flags = read?.values ?? {};
  if (folder === undefined || texts.some((text) => !/^[a-z-]+=/.test(text)) || (flags.keep && !flags.live))
    return usage;
  const pairs = texts.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)] as const);
  const action = parse(await readFile(join(root, 'action.yml'), 'utf8')) as { inputs: object };
  const known = Object.keys(action.inputs);
  const wrong = pairs.find(([name]) => !known.includes(name));
  if (wrong) return unknownInput(wrong[0], known);
  // npm runs scripts in the folder of this package, and says where it was called.
  const source = resolve(env.INIT_CWD ?? process.cwd(), folder);
  const inputs = flags.live ? known.filter((name) => !ofPlaces.test(name)) : known;
  return { folder, source, flags, given: joined(pairs), inputs };
}

/** How the command is written in a terminal, without inputs. */
export const commandOf = (folder: string, isLive = false): string =>
  `npm run -s try -- ${wordFor(folder)}${isLive ? ' --live' : ''}`;
