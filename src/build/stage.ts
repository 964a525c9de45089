import { changedAt } from '../bucket.ts';
import { DeployError } from '../errors.ts';
import type { StageResult } from '../journal.ts';
import { formatBytes, plural } from '../lib/text.ts';
import { siteOf } from '../preview.ts';
import type { Run } from '../run.ts';
import { undone } from '../runner/command-files.ts';
import { createOutput, withCommandsStopped } from '../runner/output.ts';
import { hashedNames } from '../sync/immutable.ts';
import type { PlannedFile } from '../sync/planned.ts';
import { loadManifest } from '../sync/sync.ts';
import type { DeploymentTarget } from '../target.ts';
import type { Artifact } from './artifact.ts';
import { type BuildIO, build } from './build.ts';
import type { Outcome } from './outcome.ts';
import type { Finding } from './preflight/finding.ts';
import { countFindings, isOfStart, ofFailures, preflight, stopping } from './preflight/preflight.ts';
import { showFindings } from './preflight/show.ts';

/** What a build hands on, whether it was done here or in another job. */
export interface BuildStage {
  readonly outcome: Outcome;
  /** Absolute, real path of the checkout, or of what stands for it. */
  readonly workspace: string;
  /** Absolute, real path of the project in it. */
  readonly root: string;
  readonly artifact: Artifact;
  /** Names with a hash of the content in them, out of the release's manifest. */
  readonly names: ReadonlySet<string>;
  /** Names that bundlers made from the content, as their own manifests say. */
  readonly bundled: ReadonlySet<string>;
  /** What there is to say of the project besides what Django says. */
  readonly findings: readonly Finding[];
  /** Milliseconds since the epoch when a media file last changed, where that is known. */
  readonly changedAt: (file: PlannedFile) => Promise<number | undefined>;
  /** Folder of the media that came along with an artifact. */
  readonly mediaFolder?: string | undefined;
}

/** What of a build the preflight looks at; there is that much of one that failed, too. */
interface Looked extends Pick<BuildStage, 'outcome' | 'workspace' | 'findings'> {
  /** The build has failed, and what it failed of is said by its error. */
  readonly failed?: boolean;
}

/** Builds in folded groups in which the runner obeys no command, and says what it has to say after them. */
export async function buildStage(run: Run): Promise<StageResult<BuildStage>> {
  const { ports, inputs, context, scratch, journal } = run;
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
    const facts = { sha, branch, isPullRequest: pullRequest !== undefined, url: siteOf(run) };
    const hostVariables = ports.hosts[inputs.host]?.variables?.(facts) ?? {};
    const request = {
      inputs,
      workspace: folder,
      environment: ports.env,
      hostVariables,
      scratch,
      steps: ports.steps,
    };
    const { outcome, workspace, root, git, artifact, bundled, findings } = await build(request, io);
    journal.note({ artifact });
    const manifest = await loadManifest(outcome.collected?.manifest ?? undefined);
    const names = hashedNames(manifest);
    const settings = outcome.project;
    const result = `Django ${settings?.django} on Python ${settings?.python}, ${settings?.settings_module}; artifact of ${plural(artifact.files, 'file')}, ${formatBytes(artifact.bytes)}`;
    const changed = (file: PlannedFile) => changedAt(file, workspace, git);
    return { value: { outcome, workspace, root, artifact, names, bundled, findings, changedAt: changed }, result };
  } finally {
    const others = ports.undoOthers();
    if (others.length > 0) later.push(undone(others));
    for (const message of later) journal.warn(message);
  }
}

/**
 * Looks at what the build found out, and shows the findings where they are to be mended.
 * @throws DeployError CHECKS_FAILED where one of them stops the deploy.
 */
export async function preflightStage(
  { outcome, workspace, findings: others, failed }: Looked,
  target: DeploymentTarget | undefined,
  run: Run,
): Promise<StageResult<void>> {
  const { ports, inputs, journal } = run;
  const options = { workspace, bucket: target?.bucket, staticPrefix: target?.static?.prefix, url: siteOf(run) };
  const all = preflight(outcome, options, others);
  journal.note({ findings: all });
  const findings = failed ? all.filter(({ id }) => !ofFailures.has(id)) : all;
  showFindings(findings, ports.log);
  const stops = stopping(findings, inputs.checks);
  if (stops.length > 0) {
    const lines = stops.slice(0, 10).map(({ id, message }) => `  ${id}: ${message}`);
    const [first] = findings;
    const before =
      first && isOfStart(first) && !stops.includes(first)
        ? `${first.message}\nThat may be the reason for the rest. `
        : '';
    throw new DeployError(
      'CHECKS_FAILED',
      [`The preflight found ${plural(stops.length, 'reason')} not to deploy:`, ...lines].join('\n'),
      {
        hint: `${before}Mend them. To deploy all the same, set checks to off.`,
      },
    );
  }
  const nothing = failed ? 'nothing else is known yet' : 'nothing found';
  return { value: undefined, result: findings.length === 0 ? nothing : countFindings(findings) };
}
