import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { parse } from 'yaml';
import { runAction } from './parts/action.ts';
import { createLogView } from './parts/log-view.ts';
import { show } from './parts/show.ts';
import { todoLines } from './parts/todo-lines.ts';

/**
 * Runs the action on a project of yours, on this machine, without GitHub: on a clone of its last commit, so that the folder itself stays
 * as it is. `command: check` unless another one is given.
 */
const { positionals, values } = parseArgs({ allowPositionals: true, options: { log: { type: 'boolean' } } });
const [folder, ...given] = positionals;
const usage =
  'npm run try -- FOLDER [--log] [INPUT=VALUE …], for example: npm run try -- ../shop bucket=shop url=https://…';
const root = join(import.meta.dirname, '..');

const run = promisify(execFile);
/** What git prints in a folder; undefined where it fails. */
const git = (cwd: string, ...args: string[]): Promise<string | undefined> =>
  run('git', args, { cwd }).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );

/** The first of these names that is no input. */
async function unknownInput(names: readonly string[]): Promise<string | undefined> {
  const { inputs } = parse(await readFile(join(root, 'action.yml'), 'utf8')) as { inputs: object };
  return names.find((name) => !(name in inputs));
}

/** Where this action and the project are at GitHub, so that the workflow and the links are theirs. */
async function places(source: string): Promise<Record<string, string>> {
  const { repository } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { repository: string };
  const [, own] =
    /github\.com[:/](.+?)(?:\.git)?$/.exec((await git(source, 'remote', 'get-url', 'origin')) ?? '') ?? [];
  return {
    GITHUB_REPOSITORY: own ?? `local/${basename(source)}`,
    GITHUB_ACTION_REPOSITORY: repository.replace('github:', ''),
    GITHUB_ACTION_REF: (await git(root, 'rev-parse', 'HEAD')) ?? 'v1',
  };
}

/** Inputs that say where Django runs. */
const hostInputs = ['host', 'service', 'deploy-hook'];

async function tryIn(source: string, inputs: Record<string, string>): Promise<number> {
  const temp = await mkdtemp(join(tmpdir(), 'deploy-django-try-'));
  const workspace = join(temp, basename(source));
  try {
    const cloned = await git(temp, 'clone', '--quiet', '--no-hardlinks', source, workspace);
    const sha = cloned === undefined ? undefined : await git(workspace, 'rev-parse', 'HEAD');
    if (sha === undefined) {
      show(
        `${source} is no folder with a commit. Name the folder of your project; in it: git init && git add . && git commit`,
      );
      return 2;
    }
    if (await git(source, 'status', '--porcelain')) show('What is not committed is not looked at.');
    const named = hostInputs.some((name) => name in inputs);
    if (!named) show(`No host is named, so none is looked at. Add ${hostInputs.join('=… or ')}=… for that.`);
    const log = createLogView(show, values.log ? 'all' : 'stages');
    const {
      exitCode,
      outputs,
      temp: own,
    } = await runAction({
      workspace,
      sha,
      env: await places(source),
      inputs: { command: 'check', ...(named ? {} : { host: 'none' }), ...inputs },
      onOutput: log.write,
    });
    log.end();
    if (outputs.report) for (const line of todoLines(await readFile(outputs.report, 'utf8'))) show(line);
    show(`status: ${outputs.status}`);
    await rm(own, { recursive: true, force: true });
    return exitCode ?? 1;
  } finally {
    await rm(temp, { recursive: true, force: true });
  }
}

const inputs = given.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)] as const);
const unknown = await unknownInput(inputs.map(([name]) => name));
if (folder === undefined || given.some((text) => !/^[a-z-]+=/.test(text))) {
  show(usage);
  process.exitCode = 2;
} else if (unknown !== undefined) {
  show(`There is no input "${unknown}". README.md has all of them.`);
  process.exitCode = 2;
} else {
  // npm runs scripts in the folder of this package, and says where it was called.
  const from = process.env.INIT_CWD ?? process.cwd();
  process.exitCode = await tryIn(resolve(from, folder), Object.fromEntries(inputs));
}
