import { imageOf } from '../contract/commit-image.ts';
import type { HostInputs, Preview } from '../contract/host.ts';
import { option } from '../contract/options.ts';
import { isMarked, left, warnOfMissing } from '../contract/preview-variables.ts';
import type { EcsApi } from './ecs-api.ts';
import { checkMode, following, getService, type ServiceName } from './ecs-service.ts';
import { appContainer, missingInPreview, nextRevision, previewDefinition, variablesOf } from './task-definition.ts';

/** Service names have at most 255 characters; Express Mode makes the address from the name, so that short is better. */
const previewOf = (at: ServiceName, pullRequest: number): ServiceName => {
  const name = `${at.name}-pr-${pullRequest}`;
  return { ...at, name, arn: at.arn.replace(/[^/]+$/, name) };
};

/** An Express service of its own, with roles, network and scaling of the service that it is a preview of. */
export function ecsPreview(api: EcsApi, base: ServiceName, inputs: HostInputs, pullRequest: number): Preview {
  const at = previewOf(base, pullRequest);
  const container = option(inputs.options, 'container');
  return {
    ...following(api, at, inputs),
    async check(io) {
      const service = await getService(api, base, io);
      checkMode(service, inputs);
      if (await api.service(at.cluster, at.name, io)) return [];
      const definition = await api.taskDefinition(service.taskDefinition ?? '', io);
      return warnOfMissing(missingInPreview(appContainer(definition, container)));
    },
    async trigger(request, io) {
      const startedAt = io.now();
      const service = await getService(api, base, io);
      checkMode(service, inputs);
      const found = await api.service(at.cluster, at.name, io);
      // The preview's own definition, where there is one, has the variables that earlier runs set.
      const current = await api.taskDefinition((found ?? service).taskDefinition ?? '', io);
      const definition = found ? current : previewDefinition(current, base.name);
      const next = nextRevision(definition, container, imageOf(inputs, request.sha, pullRequest), request.variables);
      const id = await api.register({ ...next, family: at.name }, io);
      if (found) {
        await api.updateExpress(at.arn, id, io);
        return { id, startedAt, sha: request.sha };
      }
      const { infrastructureRoleArn, activeConfigurations } = await api.express(base.arn, io);
      const { executionRoleArn, healthCheckPath, networkConfiguration } = activeConfigurations[0] ?? {};
      const names = { cluster: at.cluster, serviceName: at.name, taskDefinitionArn: id };
      const given = { executionRoleArn, infrastructureRoleArn, healthCheckPath, networkConfiguration };
      const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value != null));
      await api.createExpress({ ...names, ...known }, io);
      return { id, startedAt, sha: request.sha };
    },
    async destroy(_request, io) {
      const found = await api.service(at.cluster, at.name, io);
      if (!found || found.status === 'DRAINING')
        return { outcome: 'gone', message: `ECS has no service ${at.name} any more` };
      const definition = await api.taskDefinition(found.taskDefinition ?? '', io);
      if (!isMarked(variablesOf(appContainer(definition, container)), base.name)) return left(`the service ${at.name}`);
      await api.removeExpress(at.arn, io);
      return { outcome: 'removed', message: `ECS deletes the service ${at.name}` };
    },
  };
}
