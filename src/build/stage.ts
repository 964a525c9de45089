import { DeployError } from '../errors.ts';
import type { StageResult } from '../journal.ts';
import { formatBytes, plural } from '../lib/text.ts';
import type { Run } from '../run.ts';
import { createOutput, withCommandsStopped } from '../runner/output.ts';
import { hashedNames } from '../sync/immutable.ts';
import { loadManifest } from '../sync/sync.ts';
import type { DeploymentTarget } from '../target.ts';
import { type Build, type BuildIO, build } from './build.ts';
import { countFindings, preflight, stopping } from './preflight/preflight.ts';

/** GitHub shows ten annotations of a level for a step; two are left for what else the run has to say. */
const mostAnnotations = 8;

/** What a build hands on. */
export interface BuildStage {
  readonly build: Build;
  /** Names with a hash of the content in them, out of the release's manifest. */
  readonly names: ReadonlySet<string>;
}

/** Builds in folded groups in which the runner obeys no command, and says what it has to say after them. */
export async function buildStage({ ports, inputs, context, scratch, journal }: Run): Promise<StageResult<BuildStage>> {
  const later: string[] = [];
  let output = createOutput(ports.write);
  const io: BuildIO = {
    exec: ports.exec,
    signal: ports.signal,
    show: (chunk) => output.show(chunk),
    info: ports.log.info,
    warn: (message) => later.push(message),
    group: (title, work) =>
      ports.log.group(title, () =>
        withCommandsStopped(ports.write, async () => {
          output = createOutput(ports.write);
          try {
            return await work();
          } finally {
            output.end();
          }
        }),
      ),
  };
  try {
    const request = { inputs, workspace: context.workspace, environment: ports.env, scratch, steps: ports.steps };
    const built = await build(request, io);
    const { outcome, artifact } = built;
    journal.note({ artifact });
    const manifest = await loadManifest(outcome.collected?.manifest ?? undefined);
    const names = hashedNames(manifest);
    const settings = outcome.project;
    const result = `Django ${settings?.django} on Python ${settings?.python}, ${settings?.settings_module}; artifact of ${plural(artifact.files, 'file')}, ${formatBytes(artifact.bytes)}`;
    return { value: { build: built, names }, result };
  } finally {
    for (const message of later) journal.warn(message);
  }
}

/**
 * Looks at what the build found out, and shows the findings where they are to be mended.
 * @throws DeployError CHECKS_FAILED where one of them stops the deploy.
 */
export async function preflightStage(
  { build }: BuildStage,
  target: DeploymentTarget,
  { ports, inputs, journal }: Run,
): Promise<StageResult<void>> {
  const { log } = ports;
  const findings = preflight(build.outcome, {
    workspace: build.workspace,
    bucket: target.bucket,
    staticPrefix: target.static?.prefix,
    url: inputs.url,
  });
  journal.note({ findings });
  const shown = { error: 0, warning: 0, notice: 0 };
  for (const { level, id, message, at } of findings) {
    const text = `${message} (${id})`;
    if (shown[level]++ < mostAnnotations) log[level](text, at);
    else log.info(`${level}: ${text}`);
  }
  const stops = stopping(findings, inputs.checks);
  if (stops.length > 0) {
    const lines = stops.slice(0, 10).map(({ id, message }) => `  ${id}: ${message}`);
    throw new DeployError(
      'CHECKS_FAILED',
      [`The preflight found ${plural(stops.length, 'reason')} not to deploy:`, ...lines].join('\n'),
      {
        hint: 'Mend them. To deploy all the same, set checks to off.',
      },
    );
  }
  return { value: undefined, result: findings.length === 0 ? 'nothing found' : countFindings(findings) };
}
