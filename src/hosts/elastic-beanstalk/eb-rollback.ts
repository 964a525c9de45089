import { DeployError } from '../../core/errors.ts';
import type { HostIO, HostRelease, RollbackTarget } from '../contract/host.ts';
import type { EbApi, Version } from './eb-api.ts';
import { noEnvironment } from './eb-environment.ts';
import { idOf, noteOf, partsOf } from './eb-status.ts';

/** The version that was live in this environment before the one that is, or the one that is asked for. */
function versionToPutBack(versions: readonly Version[], name: string, current: string, to: RollbackTarget | undefined) {
  const ours = versions.filter((version) => noteOf(version)?.environment === name && noteOf(version)?.isLive);
  if (to) {
    const label = to.id === undefined ? to.release : partsOf(to.id).label;
    return ours.find((version) =>
      label === undefined ? noteOf(version)?.sha.startsWith(to.sha ?? '-') : version.VersionLabel === label,
    );
  }
  const at = versions.findIndex(({ VersionLabel }) => VersionLabel === current);
  const sha = noteOf(versions[at])?.sha;
  return ours.find((version) => versions.indexOf(version) > at && noteOf(version)?.sha !== sha);
}

export async function rollBack(
  api: EbApi,
  name: string,
  to: RollbackTarget | undefined,
  io: HostIO,
): Promise<HostRelease> {
  const environment = await api.environment(name, io);
  if (!environment) throw noEnvironment(name);
  const versions = await api.versions(undefined, io);
  const target = versionToPutBack(versions, name, environment.VersionLabel ?? '', to);
  if (!target)
    throw new DeployError('HOST_REFUSED', 'Elastic Beanstalk has no version that this action put live here before.', {
      hint: 'Deploy the older commit again. Versions go when the lifecycle of the application deletes them.',
    });
  const startedAt = io.now();
  const requestId = await api.update(name, target.VersionLabel, [], io);
  return { id: idOf(target.VersionLabel, requestId), startedAt, sha: noteOf(target)?.sha ?? '' };
}
