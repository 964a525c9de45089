import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, lstat, mkdir, rename, symlink, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { below } from '../../lib/paths.ts';

/** Where the run has collected static files, and where the project looks for them. */
export interface StaticPlace {
  /** Absolute path of the checkout. */
  readonly workspace: string;
  /** Absolute path of STATIC_ROOT; undefined where it is not set. */
  readonly staticRoot: string | undefined;
  /** Absolute path of the run's own folder; undefined where nothing was collected. */
  readonly collected: string | undefined;
}

/**
 * Copies into the run's folder what belongs to STATIC_ROOT and that no finder has: files there that git holds, or that the
 * hook before collectstatic has written. Other files there are left over from something else.
 * @param paths Relative to `root`.
 */
export async function addTracked(
  root: string,
  { staticRoot, collected }: StaticPlace,
  paths: readonly string[],
): Promise<void> {
  if (!staticRoot || !collected) return;
  for (const path of new Set(paths)) {
    const file = join(root, path);
    const name = below(staticRoot, file);
    if (name === undefined || existsSync(join(collected, name))) continue;
    const stat = await lstat(file).catch(() => undefined);
    if (!stat?.isFile()) continue;
    await mkdir(dirname(join(collected, name)), { recursive: true });
    await copyFile(file, join(collected, name));
  }
}

/**
 * Does work while STATIC_ROOT leads to the collected files, as the hook behind collectstatic expects it: `compress` reads
 * them there and writes beside them. What stands at STATIC_ROOT waits under another name until then. A STATIC_ROOT outside
 * of the checkout is never touched.
 */
export async function atStaticRoot(
  { workspace, staticRoot, collected }: StaticPlace,
  work: () => Promise<void>,
): Promise<void> {
  if (!staticRoot || !collected || below(workspace, staticRoot) === undefined) return work();
  const kept = `${staticRoot}.kept-${randomBytes(4).toString('hex')}`;
  const wasThere = (await lstat(staticRoot).catch(() => undefined)) !== undefined;
  if (wasThere) await rename(staticRoot, kept);
  await mkdir(dirname(staticRoot), { recursive: true });
  await symlink(collected, staticRoot, 'junction');
  try {
    await work();
  } finally {
    const now = await lstat(staticRoot).catch(() => undefined);
    if (now?.isSymbolicLink()) await unlink(staticRoot);
    if (wasThere && (!now || now.isSymbolicLink())) await rename(kept, staticRoot);
  }
}
