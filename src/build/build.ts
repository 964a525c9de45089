import { readdir, realpath } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { DeployError } from '../errors.ts';
import type { Inputs } from '../inputs.ts';
import { listSome } from '../lib/text.ts';
import { walk } from '../lib/walk.ts';
import { type Artifact, fallbackTime, writeArtifact } from './artifact.ts';
import { artifactEntries, type Changes, changedBetween, noChanges, readSourceTree, takeSnapshot } from './contents.ts';
import { chooseInstaller, chooseManagePy, isOwnFolder, searchDepth } from './detect.ts';
import { type DjangoRequest, runDjango, type Steps } from './django.ts';
import { buildEnvironment } from './environment.ts';
import { fatalFailure } from './fatal.ts';
import { type Git, gitIn } from './git.ts';
import { installDependencies, type Python } from './install.ts';
import type { Outcome } from './outcome.ts';
import { run, type ShellIO, shell } from './shell.ts';

export interface BuildRequest {
  readonly inputs: Inputs;
  /** Absolute path of the checkout. */
  readonly workspace: string;
  /** The runner's environment, of which the build gets a part. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absolute path of a folder of this run. */
  readonly scratch: string;
  /** The Python files that run inside Django. */
  readonly steps: Steps;
}

export interface BuildIO extends ShellIO {
  readonly group: <T>(title: string, work: () => Promise<T>) => Promise<T>;
  readonly warn: (message: string) => void;
  readonly info: (line: string) => void;
}

export interface Build {
  readonly outcome: Outcome;
  /** Absolute, real path of the checkout. */
  readonly workspace: string;
  /** Absolute, real path of the working directory. */
  readonly root: string;
  readonly git: Git;
  /** Paths that git holds, relative to the root. */
  readonly tracked: ReadonlySet<string>;
  readonly artifact: Artifact;
}

interface Located {
  /** Relative to the root, with forward slashes. */
  readonly managePy: string;
  readonly folder: string;
}

async function realRoot(workspace: string, workingDirectory: string): Promise<string> {
  const root = await realpath(join(workspace, workingDirectory)).catch(() => undefined);
  if (root !== undefined) return root;
  throw new DeployError('PROJECT_NOT_FOUND', `There is no folder "${workingDirectory}" in the checkout.`, {
    hint: 'Check out the repository first (actions/checkout), and set working-directory to the folder of the project.',
  });
}

async function locate(root: string, workingDirectory: string): Promise<Located> {
  const found: string[] = [];
  const enter = (path: string, name: string) =>
    !name.startsWith('.') && path.split('/').length <= searchDepth && isOwnFolder(join(root, path), name);
  for await (const entry of walk(root, enter)) {
    if (entry.path.split('/').at(-1) === 'manage.py') found.push(entry.path);
  }
  const managePy = chooseManagePy(found, workingDirectory);
  return { managePy, folder: posix.dirname(managePy) };
}

async function install(
  request: BuildRequest,
  io: BuildIO,
  root: string,
  located: Located,
  env: Record<string, string>,
): Promise<Python> {
  const files = new Map<string, string[]>();
  for (const folder of new Set([located.folder, '.'])) files.set(folder, await readdir(join(root, folder)));
  const { installer, ignored } = chooseInstaller(files, located.folder);
  if (request.inputs.install === 'auto' && ignored.length > 0) {
    const used = installer?.kind === 'uv' ? posix.join(installer.folder, 'uv.lock') : installer?.requirements;
    io.warn(`Dependencies are installed from ${used}; ${listSome(ignored, 3)} is not used.`);
  }
  return installDependencies(io, {
    install: request.inputs.install,
    installer,
    root,
    venv: join(request.scratch, 'venv'),
    env,
  });
}

/** Runs a build hook, and returns what it did to the tree. */
async function hook(
  name: string,
  commandLine: string | undefined,
  io: BuildIO,
  root: string,
  python: Python,
): Promise<Changes> {
  if (commandLine === undefined) return noChanges;
  const before = await takeSnapshot(root);
  await io.group(name, () =>
    run(io, name, shell(commandLine, root, python.env), 'COMMAND_FAILED', `Mend the input ${name}.`),
  );
  return changedBetween(before, await takeSnapshot(root));
}

/**
 * From the checkout to collected static files and an artifact.
 * @throws DeployError that names what to mend.
 */
export async function build(request: BuildRequest, io: BuildIO): Promise<Build> {
  const { inputs, scratch } = request;
  // Python resolves links in its paths, so they are compared with resolved ones.
  const workspace = await realpath(request.workspace);
  const root = await realRoot(workspace, inputs.workingDirectory);
  const variables = Object.fromEntries(Object.entries(inputs.env).map(([name, value]) => [name, value.reveal()]));
  const settings = inputs.settingsModule ? { DJANGO_SETTINGS_MODULE: inputs.settingsModule } : {};
  const env = buildEnvironment(request.environment, { ...settings, ...variables });
  const located = await locate(root, inputs.workingDirectory);
  const git = gitIn(io, root, buildEnvironment(request.environment, {}));
  const source = await readSourceTree(git, root);
  if (!source.fromGit)
    io.warn('This is no git checkout, so the artifact holds the files as they are. Use actions/checkout.');
  const python = await io.group('Install dependencies', () => install(request, io, root, located, env));
  const before = await hook('build-command', inputs.buildCommand, io, root, python);
  const django: DjangoRequest = {
    managePy: join(root, located.managePy),
    projectRoot: root,
    workspace,
    scratch: join(scratch, 'django'),
    checks: inputs.checks !== 'off',
    migrations: inputs.migrate === 'check',
  };
  const { outcome, python: started } = await io.group('Django: checks and collectstatic', () =>
    runDjango(io, request.steps, python, django),
  );
  const fatal = fatalFailure(outcome, workspace);
  if (fatal) throw fatal;
  const after = await hook('post-build-command', inputs.postBuildCommand, io, root, started);
  const contents = { root, source, hooks: [before, after], staticRoot: outcome.collected?.root };
  const entries = await artifactEntries(git, contents);
  const time = (await git.commitTime()) ?? fallbackTime;
  const artifact = await writeArtifact(entries, time, join(scratch, 'artifact.tar.gz'));
  for (const reason of artifact.left) io.warn(`Left out of the artifact: ${reason}`);
  return { outcome, workspace, root, git, tracked: new Set(source.tracked.map(({ path }) => path)), artifact };
}
