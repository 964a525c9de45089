import { hashedNames } from '../../assets/hashed-names.ts';
import { loadManifest } from '../../assets/manifest.ts';
import type { Packed } from '../../project/artifact/pack.ts';
import { type BuildIO, build } from '../../project/build.ts';
import { changedAt } from '../../project/checkout/changed-at.ts';
import type { Outcome } from '../../project/django/outcome.ts';
import type { Finding } from '../../report/finding.ts';
import type { StageResult } from '../../report/recorder.ts';
import type { PlannedFile } from '../../sync/planned-file.ts';
import { undone } from '../../workflow/command-files.ts';
import { createOutput, withCommandsStopped } from '../../workflow/step-output.ts';
import type { Run } from '../run/run.ts';

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
  /** Folder of the media that came along with an artifact. */
  readonly mediaFolder?: string | undefined;
}

/** Builds in folded groups in which the runner obeys no command, and says what it has to say after them. */
export async function buildStage(run: Run): Promise<StageResult<BuildStage>> {
  const { ports, inputs, context, scratch, recorder } = run;
  const later: string[] = [];
  let output = createOutput(ports.write, ports.redactor);
  const io: BuildIO = {
    exec: ports.exec,
    signal: ports.signal,
    redactor: ports.redactor,
    show: (chunk) => output.show(chunk),
    info: ports.log.info,
    cache: ports.cache,
    warn: (message) => later.push(message),
    group: (title, work) =>
      ports.log.group(title, () =>
        withCommandsStopped(ports.write, async () => {
          output = createOutput(ports.write, ports.redactor);
          try {
            return await work();
          } finally {
            output.end();
          }
        }),
      ),
  };
  try {
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
      scratch,
      steps: ports.steps,
    };
    const { outcome, workspace, root, git, artifact, bundled, findings } = await build(request, io);
    const manifest = await loadManifest(outcome.collected?.manifest ?? undefined);
    const names = hashedNames(manifest);
    const settings = outcome.project;
    const result = `Django ${settings?.django} on Python ${settings?.python}, ${settings?.settings_module}`;
    const changed = (file: PlannedFile) => changedAt(file, workspace, git);
    const value = { outcome, workspace, root, artifact, names, bundled, findings, changedAt: changed };
    return { value, result };
  } finally {
    const others = ports.undoOthers();
    if (others.length > 0) later.push(undone(others));
    for (const message of later) recorder.warn(message);
  }
}
