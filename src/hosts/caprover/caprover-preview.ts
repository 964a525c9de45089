import { DeployError } from '../../core/errors.ts';
import type { HostInputs, Preview } from '../contract/host.ts';
import { imageOf } from '../contract/image.ts';
import { previewName } from '../contract/preview-safety.ts';
import type { App, CaproverApi } from './caprover-api.ts';
import { caproverApp, findApp, setVariables } from './caprover-app.ts';

/** Longest name of an app: `isNameAllowed` of CapRover's src/datastore/AppsDataStore.ts. */
const longest = 49;

/** What a preview has in common with the app. */
const copied = ['containerHttpPort', 'captainDefinitionRelativeFilePath', 'websocketSupport'];

/** The preview of a pull request: an app of its own, with the variables of host-env and none of production's. */
export function caproverPreview(api: CaproverApi, base: string, inputs: HostInputs, pullRequest: number): Preview {
  const name = previewName(base, pullRequest, longest);
  /** By which the app is known as one that this action made. */
  const description = `Preview of pull request #${pullRequest} of ${base}, made by deploy-django`;
  const app = caproverApp(api, name);

  function refuseOthers(found: App): void {
    if (found.description === description) return;
    throw new DeployError('HOST_REFUSED', `The CapRover app ${name} exists, and this action did not make it.`, {
      hint: 'Rename or delete that app; that name is the preview’s.',
    });
  }

  return {
    status: app.status,
    url: app.url,
    logs: app.logs,
    async trigger(request, io) {
      const { appDefinitions } = await api.apps(io);
      const found = appDefinitions.find(({ appName }) => appName === name);
      if (found) refuseOthers(found);
      else await api.register(name, io);
      const model = appDefinitions.find(({ appName }) => appName === base);
      const settings = Object.fromEntries(copied.map((key) => [key, model?.[key]]));
      const now = found ?? (await findApp(api, name, io));
      await setVariables(api, { ...now, ...settings, description }, request.variables, io);
      if (!now.hasDefaultSubDomainSsl && model?.hasDefaultSubDomainSsl) await api.enableSsl(name, io);
      return app.begin(request, imageOf(inputs, request.sha, pullRequest), io);
    },
    async destroy(_request, io) {
      const found = (await api.apps(io)).appDefinitions.find(({ appName }) => appName === name);
      if (!found) return { outcome: 'gone', message: `CapRover has no app ${name} any more` };
      refuseOthers(found);
      await api.remove(name, io);
      return { outcome: 'removed', message: `CapRover deleted the app ${name}` };
    },
  };
}
