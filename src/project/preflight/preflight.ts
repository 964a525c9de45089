import { plural } from '../../lib/text.ts';
import type { Finding } from '../../report/finding.ts';
import type { Outcome } from '../django/outcome.ts';
import type { ProjectSettings } from '../django/settings-shape.ts';
import { withFrontEnd } from '../frontend/consequences.ts';
import { fromHosts } from './allowed-hosts.ts';
import { fromChecks } from './checks.ts';
import { fromCompressor } from './compressor.ts';
import { fromDeadSettings } from './dead-settings.ts';
import { fromDebug } from './debug.ts';
import type { PreflightOptions } from './finding-places.ts';
import { fromDisabled } from './host-collects.ts';
import { fromFailedLook, fromMigrations } from './migrations.ts';
import { fromPipeline } from './pipeline.ts';
import { fromMediaStorage, fromSettingsModule, fromStart, fromThrowAway } from './start-failures.ts';
import { fromStaticFiles, fromStaticRoot, fromUnusedBucket } from './static-files.ts';
import { fromServing } from './static-serving.ts';
import { fromStorage } from './storage.ts';

/** What keeps Django from starting, or starts another than the live one. */
const ofStart = ['deploy.variable', 'deploy.start', 'deploy.settings-module'];

/** Whether it may be what others follow from. */
export const isOfStart = ({ id }: Finding): boolean => ofStart.includes(id);

/** What a failed build has failed of. */
export const ofFailures: ReadonlySet<string> = new Set([
  'deploy.variable',
  'deploy.start',
  'deploy.link',
  'deploy.missing-file',
  'deploy.collect',
]);

/** What breaks the release for everyone, in the order in which it is best fixed. */
const ofRelease = [
  'deploy.link',
  'deploy.missing-file',
  'deploy.collect',
  'deploy.front-end',
  'deploy.not-made',
  'deploy.pipeline',
  'deploy.lfs',
  'deploy.submodule',
  'deploy.package-files',
  'deploy.host-start',
  'deploy.host-packages',
  'staticfiles.W004',
  'deploy.static-name',
  'deploy.template',
  'deploy.static-path',
  'deploy.duplicate',
  'deploy.sources',
  'deploy.dead-setting',
  'deploy.static-root',
  'deploy.static-storage',
  'deploy.manifest-storage',
  'deploy.media-storage',
  'deploy.static-url',
  'deploy.media-url',
  'deploy.signed-urls',
  'deploy.object-parameters',
  'deploy.no-hashes',
  'deploy.static-serving',
  'deploy.static-order',
  'deploy.static-settings',
  'deploy.uncompressed',
  'deploy.migration-conflict',
  'deploy.migrations',
  'deploy.no-database',
  'deploy.needs-database',
  'deploy.checks',
  'deploy.allowed-hosts',
  'deploy.csrf-origins',
  'deploy.https-redirect',
  'deploy.redirect-loop',
];

const levels: readonly Finding['level'][] = ['error', 'warning', 'notice'];

/** What is to be fixed first sorts first: by what it breaks, inside of that errors first, then in the order of the lists. */
function urgency({ id, level }: Finding): number[] {
  const start = ofStart.indexOf(id);
  const release = ofRelease.indexOf(id);
  // An error of an app's own check, or of a finding that stands in no list, breaks the release too.
  const breaks = release !== -1 || (level === 'error' && !id.startsWith('security.'));
  const unsafe = /^(security|deploy)\./.test(id);
  const rank = level === 'notice' ? 4 : start !== -1 ? 0 : breaks ? 1 : unsafe ? 2 : 3;
  const within = start !== -1 ? start : release !== -1 ? release : ofRelease.length;
  return [rank, levels.indexOf(level), within];
}

function compare(one: Finding, other: Finding): number {
  const left = urgency(one);
  const right = urgency(other);
  const differs = left.findIndex((value, index) => value !== right[index]);
  if (differs !== -1) return (left[differs] ?? 0) - (right[differs] ?? 0);
  const byPlace = comparePlaces(one, other);
  return one.id.localeCompare(other.id) || byPlace || one.message.localeCompare(other.message);
}

function comparePlaces({ at: one }: Finding, { at: other }: Finding): number {
  return (one?.file ?? '').localeCompare(other?.file ?? '') || (one?.line ?? 0) - (other?.line ?? 0);
}

/** Where variables have made-up values, only what no value of theirs is likely to change. */
const fromSettings = (settings: ProjectSettings, options: PreflightOptions, madeUp: boolean): Finding[] => [
  ...fromDeadSettings(settings, options),
  ...fromStaticRoot(settings, options),
  ...fromSettingsModule(settings, options),
  ...(madeUp
    ? fromDebug(settings, options)
    : [
        ...fromStorage(settings, options),
        ...fromHosts(settings, options),
        ...fromUnusedBucket(settings, options),
        ...fromServing(settings, options),
        ...fromDisabled(settings, options),
      ]),
];

/**
 * Everything that the preflight found, in the order in which to fix it, and the same for the same project on every run.
 * @param others What was found elsewhere.
 */
export function preflight(outcome: Outcome, options: PreflightOptions, others: readonly Finding[] = []): Finding[] {
  const { project, migrations, checks, failures, needed = [] } = outcome;
  const ours = [
    ...fromStart(outcome, options),
    ...fromStaticFiles(outcome, options),
    ...fromPipeline(outcome, options),
    ...fromCompressor(outcome, options),
    ...fromMediaStorage(outcome, options),
    ...failures.flatMap((failure) => fromFailedLook(failure, options)),
    ...(project ? fromSettings(project, options, needed.length > 0) : []),
    ...(migrations ? fromMigrations(migrations, options) : []),
    ...fromThrowAway(outcome.throw_away ?? []),
  ];
  const reported = new Set(ours.map(({ id }) => id));
  const all = [...ours, ...fromChecks(checks ?? [], project, reported, options), ...others];
  return withFrontEnd(withoutSilenced(all, project?.silenced ?? [])).sort(compare);
}

/** Django's own SILENCED_SYSTEM_CHECKS silences ours, too; what the build itself failed of stays. */
export const withoutSilenced = (findings: readonly Finding[], silenced: readonly string[]): Finding[] =>
  findings.filter(({ id }) => !silenced.includes(id) || ofFailures.has(id));

/** The findings that stop the deploy at this lowest level. */
export function stopping(findings: readonly Finding[], lowest: 'error' | 'warning' | 'off'): Finding[] {
  if (lowest === 'off') return [];
  return findings.filter(({ level }) => level === 'error' || (level === 'warning' && lowest === 'warning'));
}

/** One line that says how many of each level there are. */
export function countFindings(findings: readonly Finding[]): string {
  const count = (wanted: Finding['level']) => findings.filter(({ level }) => level === wanted).length;
  const notices = count('notice');
  return [
    plural(count('error'), 'error'),
    plural(count('warning'), 'warning'),
    ...(notices > 0 ? [plural(notices, 'notice')] : []),
  ].join(', ');
}
