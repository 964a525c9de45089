import type { BuildNeeds } from '../../hosts/contract/build-needs.ts';
import type { ExportRequirements } from '../install/export-requirements.ts';
import { minorOf } from '../install/python-version.ts';
import type { ArtifactEntry } from './artifact.ts';

/** What a host's build needs, and what the host is called. */
export interface HostBuild {
  readonly title: string;
  readonly needs: BuildNeeds;
}

/** Names at the top of the artifact. */
export const topNames = (paths: Iterable<string>): Set<string> =>
  new Set([...paths].map((path) => path.split('/')[0] ?? path));

/** What has to be added for the host's build, where these names are at the top of the artifact. */
export function planHostFiles({ packages, python }: BuildNeeds, names: ReadonlySet<string>) {
  return {
    requirements: packages.length > 0 && !packages.some((name) => names.has(name)),
    python: python !== undefined && !python.some((name) => names.has(name)),
  };
}

export interface HostFiles {
  readonly entries: readonly ArtifactEntry[];
  /** What was added and what it was made of, for the log. */
  readonly lines: readonly string[];
}

const entryOf = (path: string, text: string): ArtifactEntry => ({
  path,
  executable: false,
  from: { bytes: Buffer.from(text) },
});

/**
 * Makes the files that the host's build needs and the project does not have. They go into the artifact alone: nothing is
 * written to the checkout, and nothing that the project has is replaced.
 * @param pythonVersion Of the build: `3.13.1`.
 */
export async function makeHostFiles(
  { title, needs }: HostBuild,
  names: ReadonlySet<string>,
  pythonVersion: string,
  exportRequirements: ExportRequirements | undefined,
): Promise<HostFiles> {
  const plan = planHostFiles(needs, names);
  const entries: ArtifactEntry[] = [];
  const lines: string[] = [];
  const add = (path: string, text: string, from: string) => {
    entries.push(entryOf(path, text));
    lines.push(`Added to the artifact for ${title}: ${path} (${from})`);
  };
  const exported = plan.requirements ? await exportRequirements?.() : undefined;
  if (exported) add('requirements.txt', exported.text, `from ${exported.from}`);
  // The whole version would be one that the host may not have.
  const minor = minorOf(pythonVersion);
  if (plan.python) add('.python-version', `${minor}\n`, `${minor}, as in this build`);
  return { entries, lines };
}
