import { DeployError } from '../../core/errors.ts';
import { findEarlier } from '../contract/earlier-deploy.ts';
import type { Host, HostInputs, HostIO, HostRelease, RollbackTarget } from '../contract/host.ts';
import { option } from '../contract/options.ts';
import { publicUrl } from '../contract/public-url.ts';
import { type Build, type NorthflankApi, northflankApi } from './northflank-api.ts';
import { statusOf } from './northflank-status.ts';

/** Northflank's clock and ours differ. */
const skew = 120_000;

/** The build that an answer without an id started: the newest of this commit since then. */
async function find(api: NorthflankApi, { sha, startedAt }: HostRelease, io: HostIO): Promise<Build | undefined> {
  const builds = await api.builds(io);
  return builds.find((build) => build.sha === sha && Date.parse(build.createdAt ?? '') >= startedAt - skew);
}

/** Lets the service run an earlier build, which is not built again. */
async function rollBack(api: NorthflankApi, to: RollbackTarget | undefined, io: HostIO): Promise<HostRelease> {
  const startedAt = io.now();
  const [builds, service] = [await api.builds(io), await api.service(io)];
  const deployed = service.deployment?.internal?.deployedSHA;
  const earlier = builds.flatMap(({ id, sha, status }) => {
    const commit = sha ?? undefined;
    return id
      ? [{ id, commit, isLive: commit !== undefined && commit === deployed, isKept: status === 'SUCCESS' }]
      : [];
  });
  const { id, commit = '', isLive } = findEarlier('Northflank', earlier, to);
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
