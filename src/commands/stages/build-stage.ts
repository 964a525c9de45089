import { hashedNames } from '../../assets/hashed-names.ts';
import { loadManifest } from '../../assets/manifest.ts';
import type { Packed } from '../../project/artifact/pack.ts';
import { build } from '../../project/build.ts';
import { changedAt } from '../../project/checkout/changed-at.ts';
import type { Outcome } from '../../project/django/outcome.ts';
import type { Migrated } from '../../project/migrate/ask-database.ts';
import type { Finding } from '../../report/finding.ts';
import type { StageResult } from '../../report/recorder.ts';
import type { PlannedFile } from '../../sync/planned-file.ts';
import type { Run } from '../run/run.ts';
import { withProjectIO } from './project-io.ts';

/** What a build hands on, whether it was done here or in another job. */
export interface BuildStage {
  readonly outcome: Outcome;
  /** Absolute, real path of the checkout, or of what stands for it. */
  readonly workspace: string;
  /** Absolute, real path of the project in it. */
  readonly root: string;
  /** Packs it when it is first asked for, and waits until that is done. */
  readonly artifact: () => Promise<Packed>;
  /** Names with a hash of the content in them, out of the release's manifest. */
  readonly names: ReadonlySet<string>;
  /** Names that bundlers made from the content, as their own manifests say. */
  readonly bundled: ReadonlySet<string>;
  /** Findings in the project, apart from those of Django. */
  readonly findings: readonly Finding[];
  /** Milliseconds since the epoch when a media file last changed, where that is known. */
  readonly changedAt: (file: PlannedFile) => Promise<number | undefined>;
  /** The project whose databases can be migrated here; undefined with an artifact, whose code does not run here. */
  readonly migrated?: Migrated | undefined;
  /** Folder of the media that came along with an artifact. */
  readonly mediaFolder?: string | undefined;
}

export async function buildStage(run: Run): Promise<StageResult<BuildStage>> {
  const { ports, inputs, context, scratch } = run;
  return withProjectIO(run, async (io) => {
    const { workspace: folder, sha, branch, pullRequest } = context;
    const facts = { sha, branch, isPullRequest: pullRequest !== undefined, url: run.site };
    const host = ports.hosts[inputs.host];
    const hostVariables = host?.variables?.(facts) ?? {};
    const hostBuild = host?.builds && { title: host.title, needs: host.builds };
    const request = {
      inputs,
      workspace: folder,
      environment: ports.env,
      hostVariables,
      hostBuild,
      hostMigrations: host?.migrations,
      scratch,
      steps: ports.steps,
    };
    const { outcome, workspace, root, git, artifact, bundled, findings, migrated } = await build(request, io);
    const manifest = await loadManifest(outcome.collected?.manifest ?? undefined);
    const names = hashedNames(manifest);
    const settings = outcome.project;
    const result = `Django ${settings?.django} on Python ${settings?.python}, ${settings?.settings_module}`;
    const changed = (file: PlannedFile) => changedAt(file, workspace, git);
    const value = { outcome, workspace, root, artifact, names, bundled, findings, migrated, changedAt: changed };
    return { value, result };
  });
}
