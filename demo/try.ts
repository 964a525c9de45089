import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { listSome } from '../src/lib/text.ts';
import type { Report } from '../src/report/report.ts';
import { removeRuns, runAction } from './parts/action.ts';
import { git } from './parts/git.ts';
import { type Live, prepareLive } from './parts/live.ts';
import { createLogView } from './parts/log-view.ts';
import { onThisMachine } from './parts/on-this-machine.ts';
import { show } from './parts/show.ts';
import { aborted, stopSignal } from './parts/stop-signal.ts';
import { commandOf, readCall, type TryCall } from './parts/try-call.ts';
import { findUncommitted, missingLines, namesUncommitted, type Uncommitted } from './parts/uncommitted.ts';

/**
 * Runs the action on a project of yours, on this machine, without GitHub: on a clone of its last commit, so that the folder itself stays
 * as it is. `command: check` unless another one is given. `--live` deploys it to a bucket and a host on this machine, and `--keep`
 * leaves them up.
 */
const root = join(import.meta.dirname, '..');

/** What git prints in a folder; undefined where it fails. */
const tryGit = (...args: Parameters<typeof git>): Promise<string | undefined> => git(...args).catch(() => undefined);

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

/** The project as it is tried. */
interface Clone {
  /** Folder of the clone, whose name is that of the project. */
  readonly workspace: string;
  /** Top of the user's repository. */
  readonly source: string;
  /** The user's last commit. */
  readonly sha: string;
  readonly uncommitted: Uncommitted;
}

/** One try: what is run, and what is said before it. */
interface Try {
  readonly inputs: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
}

const namesHost = (inputs: object): boolean => hostInputs.some((name) => name in inputs);

const withoutHost = (inputs: Record<string, string>): Try => ({
  inputs: { command: 'check', ...(namesHost(inputs) ? {} : { host: 'none' }), ...inputs },
  notes: [],
});

/** What there is to do after a run, as it is done here. */
function advise(report: Report, call: TryCall, { uncommitted }: Clone): string[] {
  const { error, findings } = report;
  const text = [error?.message, error?.hint, ...findings.map(({ message }) => message)].join('\n');
  const failure = { text, folder: call.folder, hasEnv: 'env' in call.given };
  const command = commandOf(call.folder, call.flags.live);
  const inputs = onThisMachine(report, { command, inputs: call.inputs, given: Object.keys(call.given) });
  const missing = error ? missingLines(uncommitted, failure) : [];
  const here = [
    ...(namesUncommitted(uncommitted, text) ? [...missing, ...inputs] : [...inputs, ...missing]),
    ...(call.flags.live || namesHost(call.given)
      ? []
      : [`No host is named, so none was looked at. Add ${hostInputs.join('=… or ')}=… for that.`]),
  ];
  return here.length > 0 ? ['', 'On this machine:', ...here.map((line) => `  ${line}`)] : [];
}

/** Runs the action in a clone, and shows how it ended. */
async function runIn(clone: Clone, call: TryCall, { inputs, env, notes }: Try, signal: AbortSignal) {
  const { live, log: all } = call.flags;
  for (const note of notes) show(note);
  const log = createLogView(show, all ? 'all' : 'stages');
  const { exitCode, outputs } = await runAction({
    workspace: clone.workspace,
    sha: clone.sha,
    env: { ...(await places(clone.source)), ...env },
    inputs,
    onOutput: log.write,
    signal,
  });
  log.end();
  if (outputs.report && !signal.aborted) {
    const report = JSON.parse(await readFile(outputs.report, 'utf8')) as Report;
    for (const line of advise(report, call, clone)) show(line);
  }
  const page = live && outputs.url ? `   ${outputs.url}${inputs['health-path'] ?? ''}` : '';
  show(`status: ${outputs.status ?? 'cancelled'}${page}`);
  return { exitCode: exitCode ?? 1, isLive: outputs.status === 'live' };
}

/** What a user does after a deploy to this machine. */
function toDeployReally({ folder, given }: TryCall, { usesBucket }: Live): string {
  const same = ['working-directory', 'settings-module'].flatMap((name) =>
    given[name] ? [`${name}=${given[name]}`] : [],
  );
  const check = [commandOf(folder), ...same, ...(usesBucket ? ['bucket=…'] : []), 'url=…'].join(' ');
  const elsewhere = usesBucket ? ' For a bucket that is not at Amazon, add endpoint=…' : '';
  return `What a real deploy needs that your own settings lack: ${check} says it, and prints the workflow.${elsewhere}`;
}

/** Deploys to a bucket and a host on this machine. */
async function bringLive(live: Live, clone: Clone, call: TryCall, signal: AbortSignal): Promise<number> {
  const { isLive } = await runIn(clone, call, live, signal);
  if (signal.aborted) return 130;
  if (!isLive) {
    const advice = live.advice();
    if (advice) show(advice);
    if (!call.flags.log) show('--log shows the whole log.');
    return 1;
  }
  show(toDeployReally(call, live));
  if (call.flags.keep) {
    show('It stays up until Ctrl+C.');
    await aborted(signal);
    show('All of it is stopped.');
  } else show('All of it is stopped now. To look at the site, add --keep.');
  return 0;
}

async function tryIt(call: TryCall, signal: AbortSignal): Promise<number> {
  const { source: named, flags, given } = call;
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
        `${source} is no folder with a commit. Name the folder of your project; in it, with a virtual environment named in .gitignore: git init && git add . && git commit -m First`,
      );
      return 2;
    }
    const clone = { workspace, source, sha, uncommitted: await findUncommitted(named) };
    const { changed } = clone.uncommitted;
    if (changed.length > 0) show(`What is not committed is not looked at: ${listSome(changed, 5)}.`);
    if (!flags.live) return (await runIn(clone, call, withoutHost(inputs), signal)).exitCode;
    live = await prepareLive(workspace, join(temp, 'host'), inputs);
    return await bringLive(live, clone, call, signal);
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

const call = await readCall(process.argv.slice(2), process.env, root);
if (typeof call === 'string') {
  show(call);
  process.exitCode = 2;
} else {
  process.exitCode = await tryIt(call, stopSignal());
}
