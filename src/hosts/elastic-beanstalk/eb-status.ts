import type { HostRelease, HostStatus } from '../contract/host.ts';
import { reasonOf } from '../contract/reason.ts';
import type { EbEvent, Environment, Version } from './eb-api.ts';

/** A deploy's id: the label of its version, and the id of the request, by which its events are known. */
export const idOf = (label: string, requestId: string): string => `${label}/${requestId}`;

export function partsOf(id: string): { label: string; requestId: string } {
  const [label = '', requestId = ''] = id.split('/');
  return { label, requestId };
}

const isError = ({ Severity }: EbEvent): boolean => Severity === 'ERROR' || Severity === 'FATAL';

/**
 * Where a deploy is. An environment whose update failed is Ready again with the old version, so that Ready alone says
 * nothing: https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environments-status.html
 * @param events Those of the deploy's request, the newest first.
 * @param installed The version that the environment has where that is another than ours.
 */
export function statusOf(
  release: HostRelease,
  environment: Environment,
  events: readonly EbEvent[],
  installed: Version | undefined,
): HostStatus {
  const { label } = partsOf(release.id ?? '');
  const { Status, Health, HealthStatus, VersionLabel } = environment;
  if (Status === 'Terminating' || Status === 'Terminated')
    return { phase: 'cancelled', reason: 'the environment is being terminated' };
  if (Status !== 'Ready') return { phase: 'running', state: Status };
  const aborted = events.find(({ Message }) => /abort/i.test(Message ?? ''));
  if (aborted)
    return { phase: 'cancelled', reason: `the update was cancelled: ${reasonOf(aborted.Message, 'it was aborted')}` };
  const errors = events.filter(isError);
  if (errors.length > 0) {
    const messages = errors.map(({ Message }) => (Message ?? '').trim()).filter(Boolean);
    return {
      phase: 'failed',
      reason: `the update failed: ${reasonOf(messages.reverse().join(' '), 'Elastic Beanstalk does not say why')}`,
    };
  }
  if (VersionLabel === label) {
    if (Health === 'Red') return { phase: 'running', state: `Ready, health ${HealthStatus || Health}` };
    return { phase: 'live', commit: release.sha };
  }
  const isNewer = Date.parse(installed?.DateCreated ?? '') > release.startedAt;
  if (isNewer) return { phase: 'superseded', by: commitOf(installed) ?? VersionLabel ?? '' };
  // Until the environment says Updating it is Ready with the old version, as it is after a failure.
  const hasEnded = events.some(({ Message }) => /completed|complete,/i.test(Message ?? ''));
  if (!hasEnded && !(Date.parse(environment.DateUpdated ?? '') > release.startedAt + 120_000))
    return { phase: 'queued', state: 'Ready' };
  return { phase: 'failed', reason: `the environment is Ready with the version ${VersionLabel || 'none'} instead` };
}

/** What is noted at a version: by which environment and commit it is known, and whether it was ever live. */
export const describe = (environment: string, sha: string, isLive = false): string =>
  `deploy-django ${environment} ${sha}${isLive ? ' live' : ''}`;

export function noteOf(
  version: Version | undefined,
): { environment: string; sha: string; isLive: boolean } | undefined {
  const [, environment = '', sha = '', live] =
    /^deploy-django (\S+) ([0-9a-f]{40})( live)?$/.exec(version?.Description ?? '') ?? [];
  return sha === '' ? undefined : { environment, sha, isLive: live !== undefined };
}

const commitOf = (version: Version | undefined): string | undefined => noteOf(version)?.sha;
