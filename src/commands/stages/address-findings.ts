import type { Destination } from '../../plan/destination.ts';
import { fromHosts } from '../../project/preflight/allowed-hosts.ts';
import { fromHostCollects } from '../../project/preflight/host-collects.ts';
import { withoutSilenced } from '../../project/preflight/preflight.ts';
import type { LiveBefore } from '../../release/before.ts';
import { namedAssets, replacedAssets } from '../../release/hashed-words.ts';
import type { Finding } from '../../report/finding.ts';
import type { Run } from '../run/run.ts';
import type { BuildStage } from './build-stage.ts';
import { preflightOptions } from './preflight-stage.ts';

/** Findings that need the live address. */
const ofAddress: readonly string[] = ['deploy.allowed-hosts', 'deploy.csrf-origins'];

/**
 * Where only the host tells the live address, the preflight came too early for it. What the settings lack for it is a warning:
 * a host can set the variables that they read.
 */
export function addressFindings(run: Run, { outcome, workspace }: BuildStage, { url }: LiveBefore): readonly Finding[] {
  const { ports, inputs, site, context } = run;
  const { project, needed = [] } = outcome;
  const setsOwn = ports.hosts[inputs.host]?.variables !== undefined;
  if (!project || !url || site !== undefined || needed.length > 0 || setsOwn || inputs.checks === 'off') return [];
  const options = { workspace, bucket: undefined, staticPrefix: undefined };
  const preview = context.pullRequest !== undefined;
  const found = fromHosts(project, { ...options, url, preview })
    .filter(({ id }) => ofAddress.includes(id) && !project.silenced?.includes(id))
    .map((finding): Finding => ({ ...finding, level: 'warning' }));
  noteLater(run, found);
  return found;
}

/** Findings that come after those of the preflight. */
function noteLater({ recorder, tell }: Run, found: readonly Finding[]): void {
  if (found.length === 0) return;
  recorder.note({ findings: [...recorder.report().findings, ...found] });
  tell(found);
}

/**
 * That the host has to collect, too, is said until a page shows that it does: one with files of the manifest, in the form of this
 * release or of an earlier one, was made by an app that reads its own.
 */
export function collectFindings(
  run: Run,
  { outcome, workspace, names }: BuildStage,
  target: Destination | undefined,
  { page }: LiveBefore,
): void {
  const { project, needed = [] } = outcome;
  if (!project || needed.length > 0) return;
  if (page !== undefined && (namedAssets(page, names).size > 0 || replacedAssets(page, names).length > 0)) return;
  const found = fromHostCollects(project, preflightOptions(run, workspace, target));
  noteLater(run, withoutSilenced(found, project.silenced ?? []));
}
