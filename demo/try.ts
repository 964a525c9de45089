import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { listSome } from '../src/lib/text.ts';
import { removeRuns, runAction } from './parts/action.ts';
import { git } from './parts/git.ts';
import { type Live, prepareLive } from './parts/live.ts';
import { createLogView } from './parts/log-view.ts';
import { show } from './parts/show.ts';
import { aborted, stopSignal } from './parts/stop-signal.ts';

/**
 * Runs the action on a project of yours, on this machine, without GitHub: on a clone of its last commit, so that the folder itself stays
 * as it is. `command: check` unless another one is given. `--live` deploys it to a bucket and a host on this machine, and `--keep`
 * leaves them up.
 */
const options = { log: { type: 'boolean' }, live: { type: 'boolean' }, keep: { type: 'boolean' } } as const;
function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch {
    return undefined;
  }
}
const read = readArguments();
const values = read?.values ?? {};
const [folder, ...given] = read?.positionals ?? [];
const usage = `npm run try -- FOLDER [--log] [INPUT=VALUE …], for example: npm run try -- ../shop bucket=shop url=https://…
npm run try -- FOLDER --live [--keep] [--log] [INPUT=VALUE …] deploys to a bucket and a host on this machine, for example: npm run try -- ../shop --live env=API_KEY=…`;
const root = join(import.meta.dirname, '..');

/** What git prints in a folder; undefined where it fails. */
const tryGit = (...args: Parameters<typeof git>): Promise<string | undefined> => git(...args).catch(() => undefined);

/** What is wrong with the first of these names that is no input. */
async function unknownInput(names: readonly string[]): Promise<string | undefined> {
  const { inputs } = parse(await readFile(join(root, 'action.yml'), 'utf8')) as { inputs: object };
  const wrong = names.find((name) => !(name in inputs));
  if (wrong === undefined) return undefined;
  const letters = (name: string) => name.replaceAll('-', '');
  const known = Object.keys(inputs);
  const same = known.filter((name) => letters(name) === letters(wrong));
  const near = same.length > 0 ? same : known.filter((name) => name.startsWith(wrong.slice(0, 2)));
  const meant = near.length > 0 ? ` Did you mean ${near.join(', ')}?` : '';
  return `There is no input "${wrong}".${meant} README.md has all of them.`;
}

/** Flags of ours that npm took for its own, because there was no "--" before them. */
const swallowed = Object.keys(options).filter((name) => process.env[`npm_config_${name}`] === 'true');

/** Where this action and the project are at GitHub, so that the workflow and the links are theirs. */
async function places(source: string): Promise<Record<string, string>> {
  const { repository } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { repository: string };
  const [, own] =
    /github\.com[:/](.+?)(?:\.git)?$/.exec((await tryGit(source, 'remote', 'get-url', 'origin')) ?? '') ?? [];
  return {
    GITHUB_REPOSITORY: own ?? `local/${basename(source)}`,
    GITHUB_ACTION_REPOSITORY: repository.replace('github:', ''),
    GITHUB_ACTION_REF: (await tryGit(root, 'rev-parse', 'HEAD')) ?? 'v1',
  };
}

/** Inputs that say where Django runs. */
const hostInputs = ['host', 'service', 'deploy-hook'];

/** One try: what is run, and what is said before it. */
interface Try {
  readonly sha: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
}

function withoutHost(sha: string, inputs: Record<string, string>): Try {
  const named = hostInputs.some((name) => name in inputs);
  const note = `No host is named, so none is looked at. Add ${hostInputs.join('=… or ')}=… for that.`;
  return {
    sha,
    inputs: { command: 'check', ...(named ? {} : { host: 'none' }), ...inputs },
    notes: named ? [] : [note],
  };
}

/** Runs the action in a clone, and shows how it ended. */
async function runIn(workspace: string, source: string, { sha, inputs, env, notes }: Try, signal: AbortSignal) {
  for (const note of notes) show(note);
  const log = createLogView(show, values.log ? 'all' : 'stages');
  const { exitCode, outputs } = await runAction({
    workspace,
    sha,
    env: { ...(await places(source)), ...env },
    inputs,
    onOutput: log.write,
    signal,
  });
  log.end();
  if (values.live && outputs.url) show(outputs.url);
  show(`status: ${outputs.status}`);
  return { exitCode: exitCode ?? 1, isLive: outputs.status === 'live' };
}

/** Deploys to a bucket and a host on this machine. */
async function bringLive(live: Live, workspace: string, source: string, signal: AbortSignal): Promise<number> {
  const { isLive } = await runIn(workspace, source, live, signal);
  if (signal.aborted) return 130;
  if (!isLive) {
    const advice = live.advice();
    if (advice) show(advice);
    show(
      'An input is given behind the folder, for example env=API_KEY=… or health-path=/admin/. --log shows the whole log.',
    );
    return 1;
  }
  show(
    `For a real deploy, your own settings need what was set here (README.md, "Before you begin"): npm run -s try -- ${source} ${live.toCheck} says what is missing.`,
  );
  if (values.keep) {
    show('It stays up until Ctrl+C.');
    await aborted(signal);
  } else show('All of it is stopped now. To look at the site, add --keep.');
  return 0;
}

/** Files of a folder that git does not have as they are now. */
async function uncommitted(source: string): Promise<string[]> {
  const changed = await tryGit(source, 'diff', '--name-only', '--relative', 'HEAD');
  const others = await tryGit(source, 'ls-files', '--others', '--exclude-standard');
  return [changed, others].flatMap((names) => names?.split('\n') ?? []).filter((name) => name !== '');
}

async function tryIn(named: string, given: Record<string, string>, signal: AbortSignal): Promise<number> {
  const temp = await mkdtemp(join(tmpdir(), 'deploy-django-try-'));
  const source = (await tryGit(named, 'rev-parse', '--show-toplevel')) ?? named;
  // A project in a folder of its repository.
  const inside = await tryGit(named, 'rev-parse', '--show-prefix');
  const inputs = inside ? { 'working-directory': inside.replace(/\/$/, ''), ...given } : given;
  const workspace = join(temp, basename(source));
  let live: Live | undefined;
  try {
    const cloned = await tryGit(temp, 'clone', '--quiet', '--no-hardlinks', source, workspace);
    const sha = cloned === undefined ? undefined : await tryGit(workspace, 'rev-parse', 'HEAD');
    if (sha === undefined) {
      show(
        `${source} is no folder with a commit. Name the folder of your project; in it: git init && git add . && git commit`,
      );
      return 2;
    }
    const left = await uncommitted(named);
    if (left.length > 0) show(`What is not committed is not looked at: ${listSome(left, 5)}.`);
    if (!values.live) return (await runIn(workspace, source, withoutHost(sha, inputs), signal)).exitCode;
    live = await prepareLive(workspace, join(temp, 'host'), inputs);
    return await bringLive(live, workspace, source, signal);
  } catch (error) {
    const { message, hint } = error as { message: string; hint?: string };
    show([message, hint].filter(Boolean).join('\n'));
    return 2;
  } finally {
    await live?.stop();
    await removeRuns();
    await rm(temp, { recursive: true, force: true, maxRetries: 3 });
  }
}

const inputs = given.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)] as const);
const unknown = await unknownInput(inputs.map(([name]) => name));
if (swallowed.length > 0) {
  show(`npm took --${swallowed.join(' and --')} for itself. Write "--" before the folder:\n${usage}`);
  process.exitCode = 2;
} else if (folder === undefined || given.some((text) => !/^[a-z-]+=/.test(text)) || (values.keep && !values.live)) {
  show(usage);
  process.exitCode = 2;
} else if (unknown !== undefined) {
  show(unknown);
  process.exitCode = 2;
} else {
  // npm runs scripts in the folder of this package, and says where it was called.
  const source = resolve(process.env.INIT_CWD ?? process.cwd(), folder);
  // An input that is given twice has two lines, as variables of env have.
  const lines = Object.entries(Object.groupBy(inputs, ([name]) => name)).map(
    ([name, all = []]) => [name, all.map(([, value]) => value).join('\n')] as const,
  );
  process.exitCode = await tryIn(source, Object.fromEntries(lines), stopSignal());
}
