import { execFile } from 'node:child_process';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type BuildPart, measureBuild } from './build-times.ts';
import type { Tools } from './install.ts';
import type { Command } from './measure.ts';
import { bucketInputs } from './peers.ts';
import { actionCommand, runnerFolder } from './runner.ts';
import { median } from './samples.ts';

const run = promisify(execFile);

/** A file of dist/, and what loading it costs. */
interface Part {
  readonly name: string;
  readonly bytes: number;
  /** Milliseconds to load it; undefined where loading it starts a run. */
  readonly load: number | undefined;
}

/** Milliseconds of a whole process that does next to nothing. */
interface Start {
  readonly title: string;
  readonly milliseconds: number;
}

export interface Starts {
  readonly build: readonly BuildPart[];
  readonly parts: readonly Part[];
  readonly starts: readonly Start[];
}

const times = 9;

async function medianOf(work: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  // The first one reads the files from disk.
  await work();
  for (let at = 0; at < times; at++) values.push(await work());
  return median(values);
}

/**
 * Milliseconds of a process, which may end with a failure: a mistake in the inputs is one.
 * @throws Error where it did something else than what is to be measured.
 */
async function processTime({ program, args, cwd, env, says = '' }: Command): Promise<number> {
  const began = performance.now();
  const { stdout } = await run(program, args, { cwd, env }).catch((error: { code?: unknown; stdout: string }) => {
    if (typeof error.code !== 'number') throw error;
    return error;
  });
  const took = performance.now() - began;
  if (!stdout.includes(says)) throw new Error(`${args.join(' ')} does not say "${says}":\n${stdout}`);
  return took;
}

async function partsOf({ node, dist }: Tools): Promise<Part[]> {
  const parts: Part[] = [];
  for (const name of (await readdir(dist)).filter((file) => file.endsWith('.cjs'))) {
    const path = join(dist, name);
    const { size } = await stat(path);
    const code = `const t = performance.now(); require(${JSON.stringify(path)}); console.log(performance.now() - t)`;
    const load = async () => Number((await run(node, ['-e', code])).stdout);
    parts.push({ name, bytes: size, load: name === 'index.cjs' ? undefined : await medianOf(load) });
  }
  return parts.toSorted((a, b) => b.bytes - a.bytes);
}

/** What the runner starts for next to nothing: the end of a job, a run with nothing to do, a mistake in the inputs. */
export async function measureStarts(tools: Tools): Promise<Starts> {
  const workspace = join(tools.scratch, 'starts');
  await mkdir(workspace, { recursive: true });
  const empty = join(workspace, 'empty.cjs');
  await writeFile(empty, '');
  const event = join(workspace, 'event.json');
  await writeFile(event, JSON.stringify({ deleted: true, repository: { default_branch: 'main' } }));
  const action = (inputs: Record<string, string>, env: Record<string, string> = {}, says = '') =>
    actionCommand({ tools, workspace, run: 1, inputs, env, says });
  const host = { host: 'none', ...bucketInputs('http://127.0.0.1:9') };
  const kept = join(runnerFolder(tools), 'temp', 'deploy-django-kept');
  const commands: Readonly<Record<string, () => Command>> = {
    'an empty script': () => ({ ...action({}), args: [empty] }),
    '`post`, the end of the job': () => action({}, { STATE_scratch: kept }),
    'a run with nothing to do: the push deleted its branch': () =>
      action(host, { GITHUB_EVENT_PATH: event }, 'so there is nothing to deploy'),
    'a mistake in the inputs': () => action({ ...host, concurrency: 'many' }, {}, 'Failed: INVALID_INPUTS'),
  };
  const starts: Start[] = [];
  for (const [title, command] of Object.entries(commands))
    starts.push({ title, milliseconds: await medianOf(() => processTime(command())) });
  return { build: await measureBuild(tools), parts: await partsOf(tools), starts };
}
