import { existsSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { isOwnFolder } from '../../lib/own-folder.ts';
import { below } from '../../lib/paths.ts';
import { walk } from '../../lib/walk.ts';
import type { Git, TrackedFile } from '../checkout/git.ts';
import { compiledNames } from '../checkout/translations.ts';
import { type ArtifactEntry, isLeftover, isMadeOnPurpose } from './artifact.ts';
import { recordFolder } from './record.ts';

/** A file's size and time by its path: enough to see what a command wrote. */
export type Snapshot = ReadonlyMap<string, string>;

/** What a build hook did to the tree. */
export interface Changes {
  readonly written: readonly string[];
  readonly removed: readonly string[];
}

export const noChanges: Changes = { written: [], removed: [] };

/** The project's tree as it is now, without git's own folder, packages and caches. */
export async function takeSnapshot(root: string): Promise<Snapshot> {
  const snapshot = new Map<string, string>();
  for await (const entry of walk(root, (path, name) => isOwnFolder(join(root, path), name))) {
    if (entry.kind === 'other') continue;
    const { mtimeMs, size } = await lstat(join(root, entry.path));
    snapshot.set(entry.path, `${mtimeMs}:${size}`);
  }
  return snapshot;
}

export function changedBetween(before: Snapshot, after: Snapshot): Changes {
  const written = [...after].filter(([path, state]) => before.get(path) !== state).map(([path]) => path);
  return { written, removed: [...before.keys()].filter((path) => !after.has(path)) };
}

/**
 * What installing the project has written into it on purpose: a module with its version, which build backends make beside the
 * others (setuptools-scm, hatch-vcs, pdm-backend). What else it leaves there is for building alone.
 */
export function madeByInstall({ written }: Changes, tracked: readonly TrackedFile[]): Changes {
  const packages = new Set(
    tracked.filter(({ path }) => posix.basename(path) === '__init__.py').map(({ path }) => posix.dirname(path)),
  );
  return { written: written.filter((path) => path.endsWith('.py') && packages.has(posix.dirname(path))), removed: [] };
}

/** What is known of the tree before the build touched it. */
export interface SourceTree {
  readonly tracked: readonly TrackedFile[];
  /** False where there is no git, and the tree as it was found had to do. */
  readonly fromGit: boolean;
  /** Tracked files that differed from the commit when the build began: an earlier step changed them on purpose. */
  readonly changed: ReadonlySet<string>;
}

/** Folders and files that belong to a developer's machine and not to the project. */
const personal = /(^|\/)\.(env[^/]*|git|hg|svn|idea|vscode|DS_Store|[a-z_]*cache|tox|nox|secrets)(\/|$)/;

/** What git holds; without git every file that is there, except what a deploy never wants. */
export async function readSourceTree(git: Git, root: string): Promise<SourceTree> {
  const tracked = (await git.trackedFiles()) ?? [];
  // A folder that an outer repository ignores is as good as no repository.
  if (tracked.length > 0) return { tracked, fromGit: true, changed: (await git.changedFiles()) ?? new Set() };
  const found: TrackedFile[] = [];
  for (const path of (await takeSnapshot(root)).keys()) {
    if (personal.test(path) || isLeftover(path)) continue;
    const { mode } = await lstat(join(root, path));
    found.push({ path, mode: mode & 0o100 ? '100755' : '100644', blob: '' });
  }
  return { tracked: found, fromGit: false, changed: new Set() };
}

export interface ContentsRequest {
  readonly root: string;
  readonly source: SourceTree;
  /** What the build hooks did, in their order. */
  readonly hooks: readonly Changes[];
  /** Folder that collectstatic filled. */
  readonly staticRoot: string | undefined;
  /** Manifest of the static files, which a storage can keep apart from them. */
  readonly manifest?: string | undefined;
  /** Where the project itself looks for those files, STATIC_ROOT, if that is not this folder. */
  readonly staticPlace?: string | undefined;
  /** Folder of media that the job which deploys is to find. */
  readonly mediaRoot?: string | undefined;
  /** Another job deploys, so that folders outside the project have to come along. */
  readonly forAnotherJob?: boolean;
}

export interface Contents {
  readonly entries: readonly ArtifactEntry[];
  /** Where in the artifact the folders are, or undefined. */
  readonly static: string | undefined;
  readonly media: string | undefined;
}

/** What the project itself is made of: what git holds, as it is or as git has it, and what the hooks made on purpose. */
async function projectEntries(git: Git, { root, source, hooks }: ContentsRequest): Promise<Map<string, ArtifactEntry>> {
  const entries = new Map<string, ArtifactEntry>();
  const onPurpose = new Set(hooks.flatMap(({ written, removed }) => [...written, ...removed]));
  const changed = source.fromGit ? ((await git.changedFiles()) ?? new Set<string>()) : new Set<string>();
  for (const { path, mode, blob } of source.tracked) {
    const byCheck = changed.has(path) && !source.changed.has(path) && !onPurpose.has(path);
    const bytes = byCheck ? await git.content(blob) : undefined;
    entries.set(path, { path, executable: mode === '100755', from: bytes ? { bytes } : { file: join(root, path) } });
  }
  for (const { written, removed } of hooks) {
    for (const path of written.filter((made) => entries.has(made) || isMadeOnPurpose(made))) {
      const executable = entries.get(path)?.executable ?? false;
      entries.set(path, { path, executable, from: { file: join(root, path) } });
    }
    for (const path of removed) entries.delete(path);
  }
  for (const path of compiledNames(entries.keys())) {
    // Git ignores what an earlier step has compiled, and Django reads nothing else.
    const file = join(root, path);
    if (!entries.has(path) && existsSync(file)) entries.set(path, { path, executable: false, from: { file } });
  }
  if (source.fromGit) for (const path of await git.exportIgnored([...entries.keys()])) entries.delete(path);
  return entries;
}

/**
 * Adds the files of a folder of the build's where it is, or apart where that is outside the project. A folder that the project
 * itself is in is not one of the build's.
 */
async function addFolder(
  entries: Map<string, ArtifactEntry>,
  { root, forAnotherJob }: ContentsRequest,
  folder: string | undefined,
  apart: string,
  place = folder,
): Promise<string | undefined> {
  if (folder === undefined || folder === root || below(folder, root) !== undefined) return undefined;
  const at = (place && below(root, place)) ?? (forAnotherJob ? `${recordFolder}/${apart}` : undefined);
  if (at === undefined) return undefined;
  for await (const { path, kind } of walk(folder)) {
    if (kind !== 'file') continue;
    const name = `${at}/${path}`;
    const executable = entries.get(name)?.executable ?? false;
    entries.set(name, { path: name, executable, from: { file: join(folder, path) } });
  }
  return at;
}

/** The app looks for it at the path at which the build has written it. */
function addManifest(entries: Map<string, ArtifactEntry>, { root, manifest, staticRoot }: ContentsRequest): void {
  // Among the static files it comes along with them.
  if (manifest === undefined || (staticRoot && below(staticRoot, manifest) !== undefined)) return;
  const path = below(root, manifest);
  if (path === undefined || path === '') return;
  entries.set(path, { path, executable: false, from: { file: manifest } });
}

/**
 * What goes into the artifact: what git holds and .gitattributes does not keep out (`export-ignore`), what the hooks made on
 * intent, and the collected static files. A tracked file that only a check changed or removed goes in as git holds it.
 */
export async function artifactContents(git: Git, request: ContentsRequest): Promise<Contents> {
  const entries = await projectEntries(git, request);
  const media = await addFolder(entries, request, request.mediaRoot, 'media');
  const collected = await addFolder(entries, request, request.staticRoot, 'static', request.staticPlace);
  addManifest(entries, request);
  return { entries: [...entries.values()], static: collected, media };
}
