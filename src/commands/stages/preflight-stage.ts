import { DeployError } from '../../core/errors.ts';
import type { HostDefinition } from '../../hosts/contract/host.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { listSome, plural } from '../../lib/text.ts';
import type { Destination } from '../../plan/destination.ts';
import type { HostStatics, PreflightOptions } from '../../project/preflight/finding-places.ts';
import { countFindings, isOfStart, ofFailures, preflight, stopping } from '../../project/preflight/preflight.ts';
import { type Finding, todoOf } from '../../report/finding.ts';
import type { StageResult } from '../../report/recorder.ts';
import { sendsInHook } from '../run/hook-places.ts';
import type { Run } from '../run/run.ts';
import type { BuildStage } from './build-stage.ts';

function mediaOf(target: Destination | undefined): PreflightOptions['media'] {
  const { media, bucket } = target ?? {};
  const own = media?.bucket ?? bucket;
  return media && own ? { bucket: own, prefix: media.prefix } : undefined;
}

/** What is known of a host's own handling of static files; of a hook only that it gets the artifact. */
function staticsOf(
  { host, hostInputs }: Inputs,
  { title, artifactFormat, servesStatic, collectsStatic }: HostDefinition,
): HostStatics | undefined {
  if (host === 'hook')
    return sendsInHook(hostInputs, 'artifact-path')
      ? { title, takesArtifact: true, servesStatic, collectsStatic: false }
      : undefined;
  return { title, takesArtifact: artifactFormat !== undefined, servesStatic, collectsStatic: collectsStatic === true };
}

/** What of a build the preflight looks at; there is that much of one that failed, too. */
export interface Looked extends Pick<BuildStage, 'outcome' | 'workspace' | 'findings'> {
  /** The build has failed, and what it failed of is said by its error. */
  readonly failed?: boolean;
}

/** @throws DeployError CHECKS_FAILED with the findings that stop the deploy at this lowest level. */
export function refuseFindings(findings: readonly Finding[], lowest: 'error' | 'warning' | 'off'): void {
  const stops = stopping(findings, lowest);
  if (stops.length === 0) return;
  const [first] = findings;
  const ids = [...new Set(stops.map(({ id }) => id))];
  const quoted = ids.slice(0, 5).map((id) => JSON.stringify(id));
  const before =
    first && isOfStart(first) && !stops.includes(first)
      ? `${first.message}\nThat may be the reason for the rest. `
      : '';
  throw new DeployError(
    'CHECKS_FAILED',
    `The preflight found ${plural(stops.length, 'reason')} not to deploy: ${listSome(ids, 5)}.`,
    {
      hint: `${before}${stops.length > 1 ? 'Fix them.' : 'Fix it.'} What does not hold here can be silenced by its id: SILENCED_SYSTEM_CHECKS = [${quoted.join(', ')}] in the settings.`,
    },
  );
}

/** What the run knows of where the project goes. */
export function preflightOptions(run: Run, workspace: string, target: Destination | undefined): PreflightOptions {
  const { ports, inputs } = run;
  const definition = ports.hosts[inputs.host];
  return {
    workspace,
    bucket: target?.static && target.bucket,
    staticPrefix: target?.static?.prefix,
    media: mediaOf(target),
    planned: target !== undefined,
    url: run.site,
    preview: run.context.pullRequest !== undefined,
    // Who asks for everything that is to be fixed, and has no host yet, means to have one.
    releases: inputs.command === 'check' || (definition !== undefined && inputs.command !== 'build'),
    host: definition && staticsOf(inputs, definition),
    hostEnv: Object.keys(inputs.hostEnv),
  };
}

/**
 * Looks at what the build found out, and shows the findings where they are to be fixed.
 * @throws DeployError CHECKS_FAILED where one of them stops the deploy.
 */
export async function preflightStage(
  { outcome, workspace, findings: others, failed }: Looked,
  target: Destination | undefined,
  run: Run,
): Promise<StageResult<void>> {
  const { inputs, recorder } = run;
  const all = preflight(outcome, preflightOptions(run, workspace, target), others);
  recorder.note({ findings: all });
  const findings = failed ? all.filter(({ id }) => !ofFailures.has(id)) : all;
  run.tell(findings);
  refuseFindings(findings, inputs.checks);
  const off = inputs.checks === 'off' ? 'checks are off, so that only the settings were looked at' : 'nothing found';
  const nothing = failed ? 'nothing else is known yet' : off;
  const result = findings.length === 0 ? nothing : countFindings(findings);
  const open = findings.filter(({ level }) => level !== 'notice');
  if (open.length > 0) return { value: undefined, result, level: 'warning', todo: todoOf(open), isTold: true };
  return { value: undefined, result, ...(failed ? { level: 'open' } : {}) };
}
