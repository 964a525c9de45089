import { realpath } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { DeployError } from '../core/errors.ts';
import { buildDatabaseUrl } from '../inputs/database-url.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { isOwnFolder } from '../lib/own-folder.ts';
import { walk } from '../lib/walk.ts';
import { fallbackTime } from './artifact/artifact.ts';
import { readSourceTree, type SourceTree } from './artifact/contents.ts';
import { buildEnvironment } from './checkout/build-environment.ts';
import { type Git, gitIn } from './checkout/git.ts';
import { chooseManagePy, searchDepth } from './checkout/manage-py.ts';
import type { SilentIO } from './checkout/shell.ts';

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

/** The checkout as the build finds it. */
export interface Checkout {
  /** Absolute, real path. */
  readonly workspace: string;
  /** Absolute, real path of the working directory. */
  readonly root: string;
  readonly located: Located;
  /** Git in the working directory. */
  readonly git: Git;
  /** Git in the whole checkout. */
  readonly whole: Git;
  /** What git holds in the working directory. */
  readonly source: SourceTree;
  /** Seconds since the epoch, for every file of the artifact. */
  readonly time: number;
  /** What the build's commands have. */
  readonly env: Readonly<Record<string, string>>;
  /** Names of those that inputs or the host give. */
  readonly given: readonly string[];
}

interface CheckoutRequest {
  readonly inputs: Inputs;
  /** Absolute path of the checkout. */
  readonly workspace: string;
  readonly hostVariables: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const noGit =
  'git is not on the PATH, so the artifact holds the files as they are. Install git in the container before actions/checkout.';
const noRepository = 'This is no git checkout, so the artifact holds the files as they are. Use actions/checkout.';

/**
 * Finds the project in the checkout, and asks git what it holds.
 * @throws DeployError PROJECT_NOT_FOUND.
 */
export async function openCheckout(
  request: CheckoutRequest,
  io: SilentIO & { readonly warn: (message: string) => void },
): Promise<Checkout> {
  const { inputs } = request;
  // Python resolves links in its paths, so they are compared with resolved ones.
  const workspace = await realpath(request.workspace);
  const root = await realRoot(workspace, inputs.workingDirectory);
  const located = await locate(root, inputs.workingDirectory);
  const withoutOwn = buildEnvironment(request.environment, {});
  const git = gitIn(io, root, withoutOwn);
  const whole = gitIn(io, workspace, withoutOwn);
  const time = (await git.commitTime()) ?? fallbackTime;
  const own = {
    SOURCE_DATE_EPOCH: String(time),
    ...request.hostVariables,
    ...(inputs.databaseUrl ? { DATABASE_URL: buildDatabaseUrl(inputs.databaseUrl.reveal()) } : {}),
    ...(inputs.settingsModule ? { DJANGO_SETTINGS_MODULE: inputs.settingsModule } : {}),
    ...Object.fromEntries(Object.entries(inputs.env).map(([name, value]) => [name, value.reveal()])),
  };
  const source = await readSourceTree(git, root);
  if (!source.fromGit) io.warn((await git.works()) ? noRepository : noGit);
  const env = buildEnvironment(request.environment, own);
  return { workspace, root, located, git, whole, source, time, env, given: Object.keys(own) };
}

/** Paths that git holds in the whole checkout, relative to it. */
export async function trackedInCheckout({ workspace, root, source, whole }: Checkout): Promise<string[]> {
  if (!source.fromGit) return [];
  const tracked = root === workspace ? source.tracked : ((await whole.trackedFiles()) ?? []);
  return tracked.map(({ path }) => path);
}
