import { lstat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { walk } from '../lib/walk.ts';
import { type ArtifactEntry, isMadeOnPurpose } from './artifact.ts';
import { skippedFolders } from './detect.ts';
import type { Git, TrackedFile } from './git.ts';

/** A file's size and time by its path: enough to see what a command wrote. */
export type Snapshot = ReadonlyMap<string, string>;

const enter = (_path: string, name: string) => name !== '.git' && !skippedFolders.has(name);

/** The project's tree as it is now, without git's own folder, packages and caches. */
export async function takeSnapshot(root: string): Promise<Snapshot> {
  const snapshot = new Map<string, string>();
  for await (const entry of walk(root, enter)) {
    if (entry.kind !== 'file') continue;
    const { mtimeMs, size } = await lstat(entry.absolute);
    snapshot.set(entry.path, `${mtimeMs}:${size}`);
  }
  return snapshot;
}

/** What came or changed between two snapshots. */
export function changedBetween(before: Snapshot, after: Snapshot): string[] {
  return [...after].filter(([path, state]) => before.get(path) !== state).map(([path]) => path);
}

/** What is known of the tree before the build touched it. */
export interface SourceTree {
  readonly tracked: readonly TrackedFile[];
  /** False where there is no git, and the tree as it was found had to do. */
  readonly fromGit: boolean;
  /** Tracked files that differed from the commit when the build began: an earlier step changed them on purpose. */
  readonly changed: ReadonlySet<string>;
}

/** What git holds; without git every file that is there, except what a deploy never wants. */
export async function readSourceTree(git: Git, root: string): Promise<SourceTree> {
  const tracked = await git.trackedFiles();
  if (tracked) return { tracked, fromGit: true, changed: (await git.changedFiles()) ?? new Set() };
  const found: TrackedFile[] = [];
  for (const path of (await takeSnapshot(root)).keys()) {
    const { mode } = await lstat(join(root, path));
    if (isMadeOnPurpose(path)) found.push({ path, mode: mode & 0o100 ? '100755' : '100644', blob: '' });
  }
  return { tracked: found, fromGit: false, changed: new Set() };
}

/** A folder as a path below the root, '' where it is not. */
function below(root: string, folder: string): string {
  const path = relative(root, folder);
  return path.startsWith('..') || path === '' ? '' : path.split(sep).join('/');
}

export interface ContentsRequest {
  readonly root: string;
  readonly source: SourceTree;
  /** Paths that the build hooks wrote. */
  readonly made: readonly string[];
  /** Folder that collectstatic filled. */
  readonly staticRoot: string | undefined;
}

/**
 * The entries of the artifact: what git holds, what the hooks made on purpose, and the collected static files where
 * they are below the root. A tracked file that only a check changed goes in as git holds it.
 */
export async function artifactEntries(git: Git, request: ContentsRequest): Promise<ArtifactEntry[]> {
  const { root, source, made, staticRoot } = request;
  const entries = new Map<string, ArtifactEntry>();
  const onPurpose = new Set(made);
  const changed = source.fromGit ? ((await git.changedFiles()) ?? new Set<string>()) : new Set<string>();
  for (const { path, mode, blob } of source.tracked) {
    const byCheck = changed.has(path) && !source.changed.has(path) && !onPurpose.has(path);
    const bytes = byCheck ? await git.content(blob) : undefined;
    entries.set(path, { path, executable: mode === '100755', from: bytes ? { bytes } : { file: join(root, path) } });
  }
  for (const path of made.filter(isMadeOnPurpose)) addFile(entries, root, path);
  const folder = staticRoot === undefined ? '' : below(root, staticRoot);
  if (folder !== '') {
    for await (const { path, kind } of walk(join(root, folder))) {
      if (kind === 'file') addFile(entries, root, `${folder}/${path}`);
    }
  }
  return [...entries.values()];
}

function addFile(entries: Map<string, ArtifactEntry>, root: string, path: string): void {
  const executable = entries.get(path)?.executable ?? false;
  entries.set(path, { path, executable, from: { file: join(root, path) } });
}
