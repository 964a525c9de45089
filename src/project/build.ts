import { realpath } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { findBundled } from '../assets/bundled-files.ts';
import { DeployError } from '../core/errors.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { isOwnFolder } from '../lib/own-folder.ts';
import { below } from '../lib/paths.ts';
import { walk } from '../lib/walk.ts';
import type { Finding } from '../report/finding.ts';
import { refuseOutside } from '../sync/checked-root.ts';
import { type Artifact, fallbackTime } from './artifact/artifact.ts';
import { tooLarge } from './artifact/artifact-size.ts';
import {
  artifactContents,
  type Changes,
  changedBetween,
  noChanges,
  readSourceTree,
  takeSnapshot,
} from './artifact/contents.ts';
import { makeArtifact } from './artifact/make-artifact.ts';
import { buildEnvironment } from './checkout/build-environment.ts';
import { type Git, gitIn } from './checkout/git.ts';
import { chooseManagePy, searchDepth } from './checkout/manage-py.ts';
import { run, shell } from './checkout/shell.ts';
import { adviseHook } from './command-advice.ts';
import { type DjangoRequest, runDjango, type Steps } from './django/django.ts';
import { fatalFailure } from './django/fatal-failure.ts';
import type { Outcome } from './django/outcome.ts';
import { forgottenFrontEnds } from './frontend/frontend.ts';
import { readFrontEnds } from './frontend/frontend-files.ts';
import { type InstallIO, install } from './install/install.ts';
import type { Python } from './install/python.ts';

export interface BuildRequest {
  readonly inputs: Inputs;
  /** Absolute path of the checkout. */
  readonly workspace: string;
  /** Variables that the host sets in its own builds. */
  readonly hostVariables: Readonly<Record<string, string>>;
  /** The runner's environment, of which the build gets a part. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absolute path of a folder of this run. */
  readonly scratch: string;
  /** The Python files that run inside Django. */
  readonly steps: Steps;
}

export interface BuildIO extends InstallIO {
  readonly group: <T>(title: string, work: () => Promise<T>) => Promise<T>;
}

export interface Build {
  readonly outcome: Outcome;
  /** Absolute, real path of the checkout. */
  readonly workspace: string;
  /** Absolute, real path of the working directory. */
  readonly root: string;
  readonly git: Git;
  readonly artifact: Artifact;
  /** Names that bundlers made from the content, as their own manifests say. */
  readonly bundled: ReadonlySet<string>;
  /** What there is to say of the project besides what Django says. */
  readonly findings: readonly Finding[];
}

/** Django has left nothing to deploy. What it found out is worth saying all the same: one mistake hides no other. */
export class BuildFailure extends DeployError {
  readonly outcome: Outcome;
  /** Absolute, real path of the checkout. */
  readonly workspace: string;
  readonly findings: readonly Finding[];

  constructor(
    { code, message, hint, at }: DeployError,
    outcome: Outcome,
    workspace: string,
    findings: readonly Finding[],
  ) {
    super(code, message, { ...(hint ? { hint } : {}), ...(at ? { at } : {}) });
    this.outcome = outcome;
    this.workspace = workspace;
    this.findings = findings;
  }
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
  await io.group(name, () => run(io, name, shell(commandLine, root, python.env), 'COMMAND_FAILED', adviseHook(name)));
  return changedBetween(before, await takeSnapshot(root));
}

/** Folder of media that the artifact is to hold for the job that deploys it. */
async function mediaFolder(
  { inputs, scratch }: BuildRequest,
  { workspace, root, outcome }: Pick<Build, 'workspace' | 'root' | 'outcome'>,
): Promise<string | undefined> {
  if (inputs.command !== 'build' || inputs.mediaDir === undefined) return undefined;
  const folder = inputs.mediaDir === 'auto' ? outcome.project?.media_root : join(root, inputs.mediaDir);
  const real = folder && (await realpath(folder).catch(() => undefined));
  if (folder && real) await refuseOutside(real, folder, 'media-dir', [workspace, scratch]);
  return folder ?? undefined;
}

/** Front-ends that nothing has built, looked for before collectstatic copies what there is. */
async function findForgotten(workspace: string, root: string, projectFolder: string): Promise<Finding[]> {
  const inside = below(workspace, root);
  return forgottenFrontEnds(await readFrontEnds(root, projectFolder, inside === undefined ? '' : `${inside}/`));
}

/**
 * From the checkout to collected static files and an artifact.
 * @throws DeployError that names what to fix.
 */
export async function build(request: BuildRequest, io: BuildIO): Promise<Build> {
  const { inputs, scratch } = request;
  // Python resolves links in its paths, so they are compared with resolved ones.
  const workspace = await realpath(request.workspace);
  const root = await realRoot(workspace, inputs.workingDirectory);
  const variables = Object.fromEntries(Object.entries(inputs.env).map(([name, value]) => [name, value.reveal()]));
  const settings = inputs.settingsModule ? { DJANGO_SETTINGS_MODULE: inputs.settingsModule } : {};
  const located = await locate(root, inputs.workingDirectory);
  const git = gitIn(io, root, buildEnvironment(request.environment, {}));
  const time = (await git.commitTime()) ?? fallbackTime;
  const epoch = { SOURCE_DATE_EPOCH: String(time) };
  const own = { ...epoch, ...request.hostVariables, ...settings, ...variables };
  const env = buildEnvironment(request.environment, own);
  const source = await readSourceTree(git, root);
  if (!source.fromGit)
    io.warn('This is no git checkout, so the artifact holds the files as they are. Use actions/checkout.');
  const installing = { ...request, install: inputs.install, workspace, root, folder: located.folder, env };
  const { python, lockFile } = await io.group('Install dependencies', () => install(installing, io));
  const before = await hook('build-command', inputs.buildCommand, io, root, python);
  const findings = inputs.buildCommand === undefined ? await findForgotten(workspace, root, located.folder) : [];
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
  if (fatal) throw new BuildFailure(fatal, outcome, workspace, findings);
  const after = await hook('post-build-command', inputs.postBuildCommand, io, root, started);
  if (!outcome.project) throw new DeployError('INTERNAL', 'Django wrote no settings.');
  const contents = await artifactContents(git, {
    root,
    source,
    hooks: [before, after],
    staticRoot: inputs.staticDir ? join(root, inputs.staticDir) : outcome.collected?.root,
    manifest: outcome.collected?.manifest ?? undefined,
    mediaRoot: await mediaFolder(request, { workspace, root, outcome }),
    forAnotherJob: inputs.command === 'build',
  });
  const bundled = await findBundled(root, outcome.collected?.root);
  const { artifact, left } = await makeArtifact({
    outcome,
    project: outcome.project,
    root,
    workspace,
    workingDirectory: inputs.workingDirectory,
    git,
    contents,
    time,
    lockFile,
    bundled,
    findings,
    format: inputs.artifactFormat,
    path: join(scratch, `artifact.${inputs.artifactFormat}`),
  });
  for (const reason of left) io.warn(`Left out of the artifact: ${reason}`);
  const large = tooLarge(artifact.bytes);
  if (large) io.info(large);
  return { outcome, workspace, root, git, artifact, bundled, findings };
}
