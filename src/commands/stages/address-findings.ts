import { fromHosts } from '../../project/preflight/allowed-hosts.ts';
import { showFindings } from '../../project/preflight/show-findings.ts';
import type { LiveBefore } from '../../release/before.ts';
import type { Finding } from '../../report/finding.ts';
import type { Run } from '../run/run.ts';
import type { BuildStage } from './build-stage.ts';

/** Findings that need the live address. */
const ofAddress: readonly string[] = ['deploy.allowed-hosts', 'deploy.csrf-origins'];

/**
 * Where only the host tells the live address, the preflight came too early for it. What the settings lack for it is a warning:
 * a host can set the variables that they read.
 */
export function addressFindings(run: Run, { outcome, workspace }: BuildStage, { url }: LiveBefore): readonly Finding[] {
  const { ports, recorder, inputs, site, context } = run;
  const { project, needed = [] } = outcome;
  const setsOwn = ports.hosts[inputs.host]?.variables !== undefined;
  if (!project || !url || site !== undefined || needed.length > 0 || setsOwn || inputs.checks === 'off') return [];
  const options = { workspace, bucket: undefined, staticPrefix: undefined };
  const preview = context.pullRequest !== undefined;
  const found = fromHosts(project, { ...options, url, preview })
    .filter(({ id }) => ofAddress.includes(id) && !project.silenced?.includes(id))
    .map((finding): Finding => ({ ...finding, level: 'warning' }));
  if (found.length === 0) return [];
  recorder.note({ findings: [...recorder.report().findings, ...found] });
  showFindings(found, ports.log);
  return found;
}
