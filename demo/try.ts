import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { runAction } from './parts/action.ts';
import { show, showLog } from './parts/show.ts';

/**
 * Runs the action on a project of yours, on this machine, without GitHub: on a clone of its last commit, so that the folder itself stays
 * as it is. `command: check` unless another one is given.
 */
const { positionals, values } = parseArgs({ allowPositionals: true, options: { log: { type: 'boolean' } } });
const [folder, ...given] = positionals;
const usage =
  'npm run try -- FOLDER [--log] [INPUT=VALUE …], for example: npm run try -- ../shop bucket=shop url=https://…';

const run = promisify(execFile);

async function tryIn(source: string, inputs: Record<string, string>): Promise<number> {
  const temp = await mkdtemp(join(tmpdir(), 'deploy-django-try-'));
  const workspace = join(temp, basename(source));
  try {
    await run('git', ['clone', '--quiet', '--no-hardlinks', source, workspace]);
    const { stdout: sha } = await run('git', ['rev-parse', 'HEAD'], { cwd: workspace });
    const { stdout: changed } = await run('git', ['status', '--porcelain'], { cwd: source });
    if (changed !== '') show('What is not committed is not looked at.');
    const {
      exitCode,
      outputs,
      summary,
      temp: own,
    } = await runAction({
      workspace,
      sha: sha.trim(),
      inputs: { command: 'check', ...inputs },
      onOutput: values.log ? (text) => process.stdout.write(text) : showLog,
    });
    show(`\n${summary}`);
    show(`status: ${outputs.status}`);
    await rm(own, { recursive: true, force: true });
    return exitCode ?? 1;
  } finally {
    await rm(temp, { recursive: true, force: true });
  }
}

const inputs = given.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)] as const);
if (folder === undefined || given.some((text) => !/^[a-z-]+=/.test(text))) {
  show(usage);
  process.exitCode = 2;
} else {
  // npm runs scripts in the folder of this package, and says where it was called.
  const from = process.env.INIT_CWD ?? process.cwd();
  process.exitCode = await tryIn(resolve(from, folder), Object.fromEntries(inputs));
}
