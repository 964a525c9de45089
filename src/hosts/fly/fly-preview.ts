import { DeployError } from '../../core/errors.ts';
import { HostAnswerError, type HostInputs, type HostIO, type Preview } from '../contract/host.ts';
import { imageOf } from '../contract/image.ts';
import { previewName } from '../contract/preview-safety.ts';
import type { FlyApi, Machine } from './fly-api.ts';
import { appHost, begin, noMachines } from './fly-app.ts';
import { forPreview, isPreviewOf, withRelease } from './fly-release.ts';

/** The name of an app is a label of its domain: https://github.com/superfly/flyctl/issues/4283 */
const longest = 63;

/** The preview of a pull request: an app of its own, whose one machine is like the first one of the app. */
export function flyPreview(api: FlyApi, app: string, inputs: HostInputs, pullRequest: number): Preview {
  const name = previewName(app, pullRequest, longest);

  /** Names are shared by everybody: an app of this name can be somebody's own. */
  function refuseOthers(machines: readonly Machine[]): void {
    if (machines.every((machine) => isPreviewOf(app, machine))) return;
    throw new DeployError('HOST_REFUSED', `The Fly.io app ${name} exists, and this action did not make it.`, {
      hint: 'Rename or delete that app; that name is the preview’s.',
    });
  }

  async function createApp(io: HostIO): Promise<void> {
    const organization = await api.organization(app, io);
    if (organization === undefined) throw new HostAnswerError(`Fly.io's app ${app}: HTTP 404`, 404);
    await api.createApp(name, organization, io);
  }

  /** An app whose making was interrupted has none. */
  async function ensureAddress(io: HostIO): Promise<void> {
    if ((await api.addresses(name, io)) > 0) return;
    for (const type of ['shared_v4', 'v6'] as const) await api.assignAddress(name, type, io);
  }

  return {
    ...appHost(api, name),
    async trigger(request, io) {
      const since = io.now();
      const { sha, variables } = request;
      const release = { id: request.release, image: imageOf(inputs, sha, pullRequest) ?? '', since };
      const isThere = (await api.organization(name, io)) !== undefined;
      const machines = isThere ? await api.machines(name, io) : [];
      refuseOthers(machines);
      if (!isThere) await createApp(io);
      await ensureAddress(io);
      const secrets = Object.keys(variables).length > 0 ? await api.setSecrets(name, variables, io) : undefined;
      if (machines.length > 0) return begin(api, name, release, io, secrets);
      const [model] = await api.machines(app, io);
      if (!model?.config) throw noMachines(app);
      const config = withRelease(forPreview(model.config), release, app);
      await api.createMachine(name, { config, ...(model.region ? { region: model.region } : {}) }, io);
      return { id: release.id, startedAt: since, sha };
    },
    async destroy(_request, io) {
      const gone = { outcome: 'gone', message: `Fly.io has no app ${name} any more` } as const;
      if ((await api.organization(name, io)) === undefined) return gone;
      refuseOthers(await api.machines(name, io));
      await api.removeApp(name, io);
      return { outcome: 'removed', message: `Fly.io deleted the app ${name}` };
    },
  };
}
