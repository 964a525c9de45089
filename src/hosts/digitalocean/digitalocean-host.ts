import { DeployError } from '../../core/errors.ts';
import { pastTarget } from '../contract/history.ts';
import type { Host, HostInputs, HostIO, HostRelease, ReleaseRequest, RollbackTarget } from '../contract/host.ts';
import { option } from '../contract/options.ts';
import { type DigitalOceanApi, digitalOceanApi } from './digitalocean-api.ts';
import { appHost } from './digitalocean-app.ts';
import { digitalOceanPreview } from './digitalocean-preview.ts';
import { selfDeploying, withVariables } from './digitalocean-spec.ts';
import { type Followed, pastOf } from './digitalocean-status.ts';

const title = 'DigitalOcean';

/** Deploys the newest commit; with variables by the spec, which holds them and deploys as well. */
async function deploy(
  api: DigitalOceanApi,
  app: string,
  { sha, variables }: ReleaseRequest,
  io: HostIO,
): Promise<HostRelease> {
  const startedAt = io.now();
  if (Object.keys(variables).length === 0) {
    const id = (await api.deploy(app, io))?.id;
    return { startedAt, sha, ...(id ? { id } : {}) };
  }
  const { spec } = await api.app(app, io);
  const updated = await api.updateApp(app, withVariables(spec, variables), io);
  const id = updated?.pending_deployment?.id ?? updated?.in_progress_deployment?.id;
  return { startedAt, sha, ...(id ? { id } : {}) };
}

const rollbackHint =
  'DigitalOcean goes back to the last ten deployments at most. Deploy the older commit again, for example by a revert of what came after.';

async function rollBack(
  { api, app, component }: Followed,
  to: RollbackTarget | undefined,
  io: HostIO,
): Promise<HostRelease> {
  const startedAt = io.now();
  const list = (await api.deployments(app, 100, io)).map((one) => pastOf(one, component));
  const target = pastTarget(list, to, title, rollbackHint);
  const sha = target.commit ?? '';
  if (target.isLive) return { startedAt, sha, id: target.id };
  // A pinned app takes no deployment until somebody commits or reverts the rollback: the next push would fail.
  const body = { deployment_id: target.id, skip_pin: true };
  const validation = await api.validateRollback(app, body, io);
  if (validation?.valid === false) {
    const { message, code } = validation.error ?? {};
    throw new DeployError(
      'HOST_REFUSED',
      `DigitalOcean does not go back to ${target.id}: ${message ?? code ?? 'no reason given'}.`,
      {
        hint:
          code === 'app_pinned'
            ? 'The app is pinned to an earlier rollback: open it in the dashboard and commit or revert that.'
            : rollbackHint,
      },
    );
  }
  const begun = await api.rollBack(app, body, io);
  return { startedAt, sha, ...(begun?.id ? { id: begun.id } : {}) };
}

export function createDigitalOcean(inputs: HostInputs): Host {
  const api = digitalOceanApi(inputs);
  const app = inputs.service ?? '';
  const followed = { api, app, component: option(inputs.options, 'component') };
  const following = appHost(followed);
  return {
    ...following,
    async check(io) {
      const { spec, pinned_deployment: pinned } = await api.app(app, io);
      const warnings: string[] = [];
      const self = selfDeploying(spec);
      if (self.length > 0) {
        warnings.push(
          `DigitalOcean also deploys ${self.join(', ')} by itself on every push (deploy_on_push), so each push deploys twice. Turn Autodeploy off in the component's settings, or set deploy_on_push: false in the app spec.`,
        );
      }
      if (pinned?.id) {
        warnings.push(
          `the DigitalOcean app is pinned to a rollback and takes no deployment; open it in the dashboard and commit or revert the rollback first`,
        );
      }
      return warnings;
    },
    trigger: (request, io) => deploy(api, app, request, io),
    rollback: (to) => ({ ...following, trigger: (_request, io) => rollBack(followed, to, io) }),
    preview: (pullRequest) => digitalOceanPreview(followed, pullRequest),
  };
}
