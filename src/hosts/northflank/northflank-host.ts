import { DeployError } from '../../core/errors.ts';
import { findOurs, pastTarget } from '../contract/history.ts';
import type { Host, HostInputs, HostIO, HostRelease, RollbackTarget } from '../contract/host.ts';
import { option } from '../contract/options.ts';
import { publicUrl } from '../contract/public-url.ts';
import { type Build, type NorthflankApi, northflankApi } from './northflank-api.ts';
import { statusOf } from './northflank-status.ts';

const hint =
  'Northflank has the last builds only. Deploy the older commit again, for example by a revert of what came after.';

/** The builds of the service, as far as finding one needs. */
const pastOf = (builds: readonly Build[], deployed?: string | null) =>
  builds.flatMap(({ id, sha, createdAt, status }) => {
    const commit = sha ?? undefined;
    const isLive = commit !== undefined && commit === deployed;
    return id ? [{ id, commit, createdAt, isLive, wasLive: isLive || status === 'SUCCESS' }] : [];
  });

/** The build that an answer without an id started. */
async function find(api: NorthflankApi, release: HostRelease, io: HostIO): Promise<Build | undefined> {
  const builds = await api.builds(io);
  const ours = findOurs(pastOf(builds), release);
  return ours && builds.find(({ id }) => id === ours.id);
}

/** Lets the service run an earlier build, which is not built again. */
async function rollBack(api: NorthflankApi, to: RollbackTarget | undefined, io: HostIO): Promise<HostRelease> {
  const startedAt = io.now();
  const [builds, service] = [await api.builds(io), await api.service(io)];
  const deployed = service.deployment?.internal?.deployedSHA;
  const earlier = pastOf(builds, deployed);
  const { id, commit = '', isLive } = pastTarget(earlier, to, 'Northflank', hint);
  if (!isLive) await api.deploy(id, io);
  return { id, startedAt, sha: commit };
}

/** A combined service of Northflank: it builds a commit and then runs the build. */
export function createNorthflank(inputs: HostInputs): Host {
  const { service: name = '', options } = inputs;
  const api = northflankApi(inputs);
  const page = `https://app.northflank.com/s/account/projects/${option(options, 'project')}/services/${name}`;
  const following: Required<Pick<Host, 'status' | 'url' | 'logs'>> = {
    async status(release, io) {
      const build = release.id ? await api.build(release.id, io) : await find(api, release, io);
      if (!build) return { phase: 'queued' };
      const id = build.id ?? release.id;
      return { ...(await statusOf(api, { ...build, id }, release, io)), ...(id ? { id } : {}), logUrl: page };
    },
    async url(io) {
      const port = (await api.service(io)).ports?.find((one) => one.public);
      const own = port?.disableNfDomain ? undefined : port?.dns;
      return publicUrl(own ?? port?.domains?.[0]?.name);
    },
    async *logs({ id, startedAt }, io) {
      if (id) yield* await api.log(id, startedAt, io);
      yield* await api.log(undefined, startedAt, io);
    },
  };
  return {
    ...following,
    async check(io) {
      const service = await api.service(io);
      if (service.serviceType && service.serviceType !== 'combined') {
        throw new DeployError('INVALID_INPUTS', `The Northflank service ${name} is a ${service.serviceType} service.`, {
          hint: 'Name a combined service: one that builds the repository and runs the build.',
        });
      }
      const warnings: string[] = [];
      if (service.disabledCI === false) {
        warnings.push(
          `Northflank also builds ${name} by itself on every push, so each push deploys twice. Turn CI off in the service's build options.`,
        );
      }
      if (service.servicePaused) warnings.push(`the Northflank service ${name} is paused; resume it first`);
      return warnings;
    },
    async trigger({ sha, variables }, io) {
      const startedAt = io.now();
      if (Object.keys(variables).length > 0) await api.setVariables(variables, io);
      const build = await api.startBuild(sha, io);
      return { startedAt, sha, ...(build?.id ? { id: build.id } : {}) };
    },
    async cancel({ id }, io) {
      if (id) await api.abort(id, io);
    },
    rollback: (to) => ({ ...following, trigger: (_request, io) => rollBack(api, to, io) }),
  };
}
