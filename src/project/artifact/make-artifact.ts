import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { ArtifactFormat } from '../../core/artifact-format.ts';
import { below } from '../../lib/paths.ts';
import type { Finding } from '../../report/finding.ts';
import type { Git } from '../checkout/git.ts';
import type { Outcome } from '../django/outcome.ts';
import type { ProjectSettings } from '../django/settings-shape.ts';
import type { Contents } from './contents.ts';
import { type Packed, packArtifact } from './pack.ts';
import { type ReleaseRecord, withoutWorkspace, writeRecord } from './record.ts';

/** What was built, before it is packed. */
export interface Built {
  readonly outcome: Outcome;
  readonly project: ProjectSettings;
  /** Absolute, real path of the working directory. */
  readonly root: string;
  /** Absolute, real path of the checkout. */
  readonly workspace: string;
  readonly workingDirectory: string;
  /** Git in the working directory. */
  readonly git: Git;
  readonly contents: Contents;
  /** Seconds since the epoch, for every file. */
  readonly time: number;
  /** What says which packages were installed, relative to the root; undefined where nothing does. */
  readonly lockFile: string | undefined;
  /** Names that bundlers made from the content. */
  readonly bundled: ReadonlySet<string>;
  readonly findings: readonly Finding[];
  readonly format: ArtifactFormat;
  /** Path to write. */
  readonly path: string;
}

/** Where the manifest of the static files' storage is in the artifact: among them, or elsewhere in the project. */
function manifestIn(folder: string, root: string, { collected }: Outcome): string | null {
  if (!collected?.manifest) return null;
  const path = below(collected.root, collected.manifest);
  return path === undefined ? (below(root, collected.manifest) ?? null) : posix.join(folder, path);
}

async function lockOf({ root, lockFile: path }: Built): Promise<ReleaseRecord['lock']> {
  if (path === undefined) return null;
  return { path, sha256: hash('sha256', await readFile(join(root, path))) };
}

/** Everything about a build that the files themselves do not say. */
async function recordOf(built: Built): Promise<Omit<ReleaseRecord, 'files'>> {
  const { outcome, project, git, contents } = built;
  const { static: folder, media } = contents;
  return {
    version: 1,
    commit: (await git.head()) ?? null,
    python: project.python,
    django: project.django,
    lock: await lockOf(built),
    workingDirectory: built.workingDirectory,
    static: folder === undefined ? null : { folder, manifest: manifestIn(folder, built.root, outcome) },
    media: media === undefined ? null : { folder: media, changed: Object.fromEntries(await git.lastChanges(media)) },
    bundled: [...built.bundled].sort(),
    findings: built.findings,
    outcome: withoutWorkspace(outcome, built.workspace),
  };
}

/** Packs what was built, with the record of it: the same bytes for the same commit and tools. */
export async function makeArtifact(built: Built): Promise<Packed> {
  const { contents, format, path, time } = built;
  const record = await recordOf(built);
  const write = (files: ReleaseRecord['files']) => writeRecord({ ...record, files });
  return packArtifact({ entries: contents.entries, format, time, path, record: write });
}
