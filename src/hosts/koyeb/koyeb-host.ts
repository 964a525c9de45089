import { DeployError } from '../../core/errors.ts';
import { pastTarget } from '../contract/history.ts';
import type { Host, HostInputs, HostIO, HostRelease, RollbackTarget } from '../contract/host.ts';
import { whereTold } from '../contract/json-api.ts';
import { option } from '../contract/options.ts';
import { type KoyebApi, koyebApi } from './koyeb-api.ts';
import { koyebPreview } from './koyeb-preview.ts';
import { definitionOf, deployTo, needGit, serviceHost } from './koyeb-service.ts';
import { pastOf } from './koyeb-status.ts';

const rollbackHint = 'Deploy the older commit again, for example by a revert of what came after.';

async function rollBack(
  api: KoyebApi,
  service: string,
  to: RollbackTarget | undefined,
  io: HostIO,
): Promise<HostRelease> {
  const startedAt = io.now();
  const target = pastTarget((await api.deployments(service, io)).map(pastOf), to, 'Koyeb', rollbackHint);
  const { commit: sha, isLive, id } = target;
  if (isLive) return { startedAt, sha: sha ?? '', id };
  if (sha === undefined)
    throw new DeployError('HOST_REFUSED', `Koyeb does not tell the commit of ${id}.`, { hint: rollbackHint });
  const begun = await api.redeploy(service, { sha }, io);
  return { startedAt, sha, ...(begun?.id ? { id: begun.id } : {}) };
}

export function createKoyeb(inputs: HostInputs): Host {
  const api = koyebApi(inputs);
  const service = inputs.service ?? '';
  const redeploy = option(inputs.options, 'clear-cache') === 'true' ? { use_cache: false } : {};
  const following = serviceHost(api, service);
  return {
    ...following,
    async check(io) {
      const { status } = await api.service(service, io);
      const definition = await whereTold(definitionOf(api, service, io));
      if (definition) needGit(definition, service);
      const warnings: string[] = [];
      if (definition && !definition.git?.no_deploy_on_push) {
        warnings.push(
          `Koyeb also deploys ${service} by itself on every push, so each push deploys twice. Switch Autodeploy off in the service's settings.`,
        );
      }
      if (status === 'PAUSED' || status === 'PAUSING')
        warnings.push(`the Koyeb service ${service} is paused; resume it first`);
      return warnings;
    },
    trigger: (request, io) => deployTo(api, service, request, redeploy, io),
    rollback: (to) => ({ ...following, trigger: (_request, io) => rollBack(api, service, to, io) }),
    preview: (pullRequest) => koyebPreview(api, inputs, pullRequest),
  };
}
