import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..', '..');

export interface ActionRun {
  /** Folder of the checkout. */
  readonly workspace: string;
  /** Inputs by name; all others get their defaults from action.yml. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly sha: string;
  readonly event?: string;
  readonly payload?: object;
  /** More variables of the runner, or other values for them. */
  readonly env?: Readonly<Record<string, string>>;
  /** Shows the log as it comes. */
  readonly onOutput?: (text: string) => void;
  /** Cancels the run as the runner does. */
  readonly signal?: AbortSignal;
  /** Ends the process at once, as when the runner's machine is lost. */
  readonly crash?: AbortSignal;
}

export interface ActionResult {
  readonly exitCode: number | null;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly state: Readonly<Record<string, string>>;
  /** Folder that stands for RUNNER_TEMP. */
  readonly temp: string;
}

/** Reads a file of commands as the runner does: `name=value` and `name<<delimiter`. */
export function readCommandFile(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const heredoc = /^([^=<]+)<<(.+)$/.exec(line);
    if (heredoc) {
      const [, name = '', delimiter] = heredoc;
      const body: string[] = [];
      for (at += 1; at < lines.length && lines[at] !== delimiter; at++) body.push(lines[at] ?? '');
      values[name] = body.join('\n');
    } else if (line.includes('=')) {
      values[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
    }
  }
  return values;
}

/** Variables of this machine that the runner would not have: those of another run, and credentials. */
const foreign =
  /^(INPUT_|GITHUB_|ACTIONS_|RUNNER_|STATE_|AWS_(ACCESS|SECRET|SESSION|PROFILE|REGION|DEFAULT)|NODE_OPTIONS$)/;

async function runnerEnvironment(run: ActionRun, temp: string): Promise<NodeJS.ProcessEnv> {
  const action = parse(await readFile(join(root, 'action.yml'), 'utf8')) as {
    inputs: Record<string, { default?: string }>;
  };
  const inputs = Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [name, input.default ?? '']));
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  const files = {
    GITHUB_OUTPUT: 'output',
    GITHUB_STATE: 'state',
    GITHUB_STEP_SUMMARY: 'summary',
    GITHUB_EVENT_PATH: 'event.json',
  };
  for (const file of Object.values(files)) await writeFile(join(temp, file), '');
  await writeFile(join(temp, 'event.json'), JSON.stringify(run.payload ?? { repository: { default_branch: 'main' } }));
  return {
    ...Object.fromEntries(own),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: run.workspace,
    GITHUB_REPOSITORY: 'harbour/notes',
    GITHUB_EVENT_NAME: run.event ?? 'push',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_SHA: run.sha,
    GITHUB_RUN_ID: '1001',
    GITHUB_RUN_NUMBER: '1',
    GITHUB_RUN_ATTEMPT: '1',
    RUNNER_TEMP: join(temp, 'temp'),
    ...Object.fromEntries(Object.entries(files).map(([name, file]) => [name, join(temp, file)])),
    ...Object.fromEntries(
      Object.entries({ ...inputs, ...run.inputs }).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    ),
    ...run.env,
  };
}

/** Runs the bundle as the runner runs it: a process of its own, inputs as variables, files for what it gives back. */
export async function runAction(run: ActionRun): Promise<ActionResult> {
  const temp = await mkdtemp(join(tmpdir(), 'deploy-django-run-'));
  await mkdir(join(temp, 'temp'));
  const env = await runnerEnvironment(run, temp);
  const child = spawn(process.execPath, [join(root, 'dist', 'index.cjs')], {
    env,
    cwd: run.workspace,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const abort = () => child.kill('SIGINT');
  const kill = () => child.kill('SIGKILL');
  run.signal?.addEventListener('abort', abort, { once: true });
  run.crash?.addEventListener('abort', kill, { once: true });
  let log = '';
  const keep = (chunk: Buffer) => {
    log += chunk.toString();
    run.onOutput?.(chunk.toString());
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.once('close', resolve);
  const exitCode = await promise;
  run.signal?.removeEventListener('abort', abort);
  run.crash?.removeEventListener('abort', kill);
  const read = (name: string) => readFile(join(temp, name), 'utf8');
  return {
    exitCode,
    log,
    outputs: readCommandFile(await read('output')),
    summary: await read('summary'),
    state: readCommandFile(await read('state')),
    temp,
  };
}
