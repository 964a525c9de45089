import { DeployError } from '../../core/errors.ts';
import {
  HostAnswerError,
  type HostInputs,
  type HostIO,
  type HostRelease,
  type Preview,
  type ReleaseRequest,
} from '../contract/host.ts';
import { type BaseService, type ListedService, type RenderApi, runsImage, type Service } from './render-api.ts';
import { setVariables } from './render-env.ts';
import { type ServiceHost, serviceHost } from './render-service.ts';
import { refuseImage, sourceOf } from './render-source.ts';
import { endedBadly } from './render-status.ts';

/** Render makes a preview within seconds of the push; after this long it makes none. */
const patience = 5 * 60_000;

/** When Render makes previews of its own: never, where asked for, or always. Once it was a switch. */
function generationOf({ serviceDetails }: Service): string {
  const standard = serviceDetails?.pullRequestPreviewsEnabled === 'yes' ? 'automatic' : 'off';
  return serviceDetails?.previews?.generation ?? standard;
}

const switchOn =
  'In the dashboard, open the service, then Previews, and set Pull Request Previews to Automatic; in a Blueprint, write "generation: automatic" under "previews:".';
const askFor =
  'Its previews are set to manual: give the pull request the label "render-preview", or set Pull Request Previews to Automatic.';

function noPreview(pullRequest: number, generation: string): DeployError {
  const isOff = generation === 'off';
  const message = isOff
    ? 'Render makes no previews of this service: they are switched off.'
    : `Render has made no preview of pull request #${pullRequest}.`;
  const look =
    'Look at the service’s page Previews for what became of it; a skip phrase in the title keeps Render from it.';
  const hint = isOff ? switchOn : generation === 'manual' ? askFor : look;
  return new DeployError('HOST_REFUSED', message, { hint });
}

const noImage = () =>
  new DeployError('INVALID_INPUTS', 'This Render service runs an image, and a preview needs the image of its commit.', {
    hint: 'Write it into host-options, for example "image: ghcr.io/acme/shop:{sha}", and push it before this step.',
  });

/**
 * The preview of a pull request. Of a service that is built from git Render makes and updates it by itself, so that its
 * deploy of the commit is looked for before one is asked for; of a service that runs an image it is made here.
 */
export function renderPreview(api: RenderApi, service: string, inputs: HostInputs, pullRequest: number): Preview {
  const source = sourceOf(inputs, pullRequest);
  const hostOf = (preview: ListedService): ServiceHost => serviceHost(api, preview.id, source);

  async function getBase(io: HostIO): Promise<BaseService> {
    const base = await api.service(service, io);
    if (!base) throw new HostAnswerError(`Render's service ${service}: an empty answer`, 200);
    const { name, ownerId } = base;
    if (name && ownerId) return { ...base, name, ownerId };
    throw new HostAnswerError(`Render's service ${service}: an answer without name or ownerId`, 200);
  }

  const nameOf = (base: BaseService) =>
    runsImage(base) ? `${base.name}-pr-${pullRequest}` : `${base.name} PR #${pullRequest}`;

  /** Render's filter may know more names than this one, and names are nobody's alone: the parent decides. */
  async function find(base: BaseService, io: HostIO): Promise<ListedService | undefined> {
    const name = nameOf(base);
    const query = { name, ownerId: base.ownerId, includePreviews: 'true', limit: '20' };
    const found = await api.services(query, io);
    return found.find(
      (one) => one.name === name && one.id !== service && one.serviceDetails?.parentServer?.id === service,
    );
  }

  const look = async (io: HostIO) => {
    const base = await getBase(io);
    return { base, found: await find(base, io) };
  };

  /** The deploy of this commit that Render began by itself; one that failed and is the last is worth another. */
  async function begun(preview: ListedService, sha: string, io: HostIO): Promise<HostRelease | undefined> {
    const deploys = await api.deploys(preview.id, [['limit', '20']], io);
    const ours = deploys.find((deploy) => source.made(deploy, sha));
    if (!ours || (ours === deploys[0] && endedBadly(ours))) return undefined;
    const startedAt = ours.createdAt ? Date.parse(ours.createdAt) : io.now();
    return { id: ours.id, sha, startedAt };
  }

  /** Follows the deploy that Render began, unless it lacks variables; the next one has them. */
  async function deployTo(preview: ListedService, request: ReleaseRequest, io: HostIO): Promise<HostRelease> {
    const changed = await setVariables(api, preview.id, request.variables, io);
    const ours = changed ? undefined : await begun(preview, request.sha, io);
    return ours ?? hostOf(preview).trigger({ ...request, variables: {} }, io);
  }

  // Asked for before there was a preview whose variables could be set.
  let waiting: ReleaseRequest | undefined;

  return {
    async check(io) {
      const { base, found } = await look(io);
      refuseImage(base, source);
      if (runsImage(base) && !source.image) throw noImage();
      const generation = generationOf(base);
      if (found || runsImage(base)) return [];
      if (generation === 'off') throw noPreview(pullRequest, generation);
      return generation === 'manual' ? [`Render has no preview of pull request #${pullRequest} yet. ${askFor}`] : [];
    },
    async trigger(request, io) {
      const startedAt = io.now();
      const { base, found } = await look(io);
      refuseImage(base, source);
      if (runsImage(base)) {
        if (!source.image) throw noImage();
        if (found) return hostOf(found).trigger(request, io);
        const body = { imagePath: source.image(request.sha), name: nameOf(base) };
        const made = await api.createPreview(service, body, io);
        const id = made?.service?.id;
        if (id && (await setVariables(api, id, request.variables, io)))
          return serviceHost(api, id, source).trigger({ ...request, variables: {} }, io);
        return { startedAt, sha: request.sha, ...(made?.deployId ? { id: made.deployId } : {}) };
      }
      if (found) return deployTo(found, request, io);
      if (generationOf(base) === 'off') throw noPreview(pullRequest, 'off');
      waiting = Object.keys(request.variables).length > 0 ? request : undefined;
      return { startedAt, sha: request.sha };
    },
    async status(release, io) {
      const { base, found } = await look(io);
      if (found && waiting) {
        const { id } = await deployTo(found, waiting, io);
        waiting = undefined;
        return { phase: 'queued', ...(id ? { id } : {}) };
      }
      if (found) return hostOf(found).status(release, io);
      if (release.id) return { phase: 'cancelled', reason: 'its preview is gone, as when the pull request is closed' };
      if (io.now() - release.startedAt > patience) throw noPreview(pullRequest, generationOf(base));
      return { phase: 'queued' };
    },
    url: async (io) => (await look(io)).found?.serviceDetails?.url ?? undefined,
    async *logs(release, io) {
      const { found } = await look(io);
      if (found) yield* hostOf(found).logs(release, io);
    },
    async cancel(release, io) {
      const { found } = await look(io);
      if (found) await hostOf(found).cancel(release, io);
    },
    async destroy(_request, io) {
      const { found } = await look(io);
      const gone = {
        outcome: 'gone',
        message: `Render has no preview of pull request #${pullRequest} any more`,
      } as const;
      if (!found) return gone;
      try {
        await api.remove(found.id, io);
        return { outcome: 'removed', message: `Render deleted ${found.name} (${found.id})` };
      } catch (error) {
        // Render deletes its own previews when the pull request closes, and may be faster.
        if (error instanceof HostAnswerError && (error.status === 404 || error.status === 410)) return gone;
        throw error;
      }
    },
  };
}
