import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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
  /** What `github.token` is; none where absent. */
  readonly token?: string;
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
  /** What later steps would get: variables, and folders of the PATH. */
  readonly later: { readonly env: string; readonly path: string };
  /** Folder in which RUNNER_TEMP is `temp`. */
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

/** The runner keeps them below RUNNER_TEMP, in one folder for all steps. */
const commandFiles = 'temp/_runner_file_commands';
const files = {
  GITHUB_OUTPUT: `${commandFiles}/set_output`,
  GITHUB_STATE: `${commandFiles}/save_state`,
  GITHUB_ENV: `${commandFiles}/set_env`,
  GITHUB_PATH: `${commandFiles}/add_path`,
  GITHUB_STEP_SUMMARY: `${commandFiles}/step_summary`,
  GITHUB_EVENT_PATH: 'event.json',
};

async function runnerEnvironment(run: ActionRun, temp: string): Promise<NodeJS.ProcessEnv> {
  const action = parse(await readFile(join(root, 'action.yml'), 'utf8')) as {
    inputs: Record<string, { default?: string }>;
  };
  const standard = (text = '') => text.replace(/\$\{\{ github\.token \}\}/, run.token ?? '');
  const inputs = Object.fromEntries(
    Object.entries(action.inputs).map(([name, input]) => [name, standard(input.default)]),
  );
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  await mkdir(join(temp, commandFiles), { recursive: true });
  for (const file of Object.values(files)) await writeFile(join(temp, file), '');
  await writeFile(
    join(temp, files.GITHUB_EVENT_PATH),
    JSON.stringify(run.payload ?? { repository: { default_branch: 'main' } }),
  );
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
  folders.push(temp);
  return execute(run, temp, {});
}

/** The folders that runners would take away after the job; an environment with Django in it has 100 MB. */
const folders: string[] = [];

/** Takes away what the runs of this process have left in the folder for temporary files. */
export async function removeRuns(): Promise<void> {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 3 })));
}

/** Runs `post`, as the runner does at the end of the job however the step ended: with its inputs, and what it kept. */
export function runPost(run: ActionRun, { temp, state }: ActionResult): Promise<ActionResult> {
  const { signal: _, crash: __, ...again } = run;
  const kept = Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]);
  return execute(again, temp, Object.fromEntries(kept));
}

async function execute(run: ActionRun, temp: string, state: Record<string, string>): Promise<ActionResult> {
  const env = { ...(await runnerEnvironment(run, temp)), ...state };
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
  const read = (name: keyof typeof files) => readFile(join(temp, files[name]), 'utf8');
  return {
    exitCode,
    log,
    outputs: readCommandFile(await read('GITHUB_OUTPUT')),
    summary: await read('GITHUB_STEP_SUMMARY'),
    state: readCommandFile(await read('GITHUB_STATE')),
    later: { env: await read('GITHUB_ENV'), path: await read('GITHUB_PATH') },
    temp,
  };
}
