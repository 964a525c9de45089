import { DeployError } from '../../core/errors.ts';
import { pastTarget } from '../contract/history.ts';
import type { Host, HostIO, HostRelease, RollbackTarget } from '../contract/host.ts';
import { commitInImage } from '../contract/image.ts';
import type { FlyApi, Machine } from './fly-api.ts';
import { type FlyRelease, releaseOf, withRelease } from './fly-release.ts';
import { rolloutOf, rolloutStatus } from './fly-status.ts';

export const noMachines = (app: string): DeployError =>
  new DeployError('HOST_REFUSED', `The Fly.io app ${app} has no machines.`, {
    hint: 'Run "fly deploy" once on your computer: it makes the machines that later deploys change.',
  });

const hint = 'Fly.io has the last versions of a machine only. Deploy the older commit again, for example by a revert.';

/** What an app can do, be it production's or a preview's. */
export type AppHost = Required<Pick<Host, 'status' | 'url' | 'logs'>>;

/** A machine that stood still stays so; the first one of a deploy is started, because it shows whether the release works. */
const isLeftStopped = ({ state }: Machine): boolean => state === 'stopped' || state === 'suspended';

export function appHost(api: FlyApi, app: string): AppHost {
  return {
    /** One machine after the other: the next is changed when those before it are well, so that the app always serves. */
    async status(release, io) {
      const rollout = rolloutOf(await api.machines(app, io), release);
      const id = release.id ? { id: release.id, logUrl: `https://fly.io/apps/${app}/monitoring` } : {};
      const status = rolloutStatus(rollout);
      if (status) return { ...status, ...id };
      const [next] = rollout.waiting;
      const ours = rollout.updated[0] && releaseOf(rollout.updated[0]);
      if (next?.config && ours) {
        const body = { config: withRelease(next.config, ours), skip_launch: isLeftStopped(next) };
        await api.update(app, next.id, body, io);
      }
      const total = rollout.updated.length + rollout.waiting.length;
      return { phase: 'running', state: `${rollout.updated.length}-of-${total}-machines`, ...id };
    },
    url: async () => `https://${app}.fly.dev`,
    async *logs(_release, io) {
      yield* await api.log(app, io);
    },
  };
}

/** Changes the first machine to a release. */
export async function begin(
  api: FlyApi,
  app: string,
  release: FlyRelease,
  io: HostIO,
  secrets?: number,
): Promise<HostRelease> {
  const [first] = await api.machines(app, io);
  if (!first?.config) throw noMachines(app);
  const since = secrets === undefined ? {} : { min_secrets_version: secrets };
  await api.update(app, first.id, { config: withRelease(first.config, release), ...since }, io);
  return { id: release.id, startedAt: release.since, sha: commitInImage(release.image) ?? '' };
}

/** Puts the image of an earlier version of the first machine back. */
export function rollbackHost(api: FlyApi, app: string, to: RollbackTarget | undefined): Host {
  return {
    ...appHost(api, app),
    async trigger(request, io) {
      const since = io.now();
      const [first] = await api.machines(app, io);
      if (!first) throw noMachines(app);
      const versions = await api.versions(app, first.id, io);
      const earlier = versions.map(({ version, user_config: config }, at) => {
        const release = releaseOf({ config });
        const image = config?.image ?? '';
        return {
          id: release?.id ?? version,
          image,
          commit: commitInImage(image) ?? image,
          isLive: at === 0,
          wasLive: image !== '',
        };
      });
      const { image, id, isLive } = pastTarget(earlier, to, 'Fly.io', hint);
      if (isLive) return { id, startedAt: since, sha: commitInImage(image) ?? '' };
      return begin(api, app, { id: request.release, image, since }, io);
    },
  };
}
