import { imageOf } from '../contract/commit-image.ts';
import type { Host, HostInputs } from '../contract/host.ts';
import { option } from '../contract/options.ts';
import { ecsApi } from './ecs-api.ts';
import { ecsPreview } from './ecs-preview.ts';
import { rollBack } from './ecs-rollback.ts';
import { checkMode, following, getService, putInto } from './ecs-service.ts';
import { serviceArn } from './service-arn.ts';
import { appContainer, nextRevision } from './task-definition.ts';

export function createEcs(inputs: HostInputs): Host {
  const [arn = '', region = '', cluster = '', name = ''] = serviceArn.exec(inputs.service ?? '') ?? [];
  const at = { arn, region, cluster, name };
  const api = ecsApi(inputs, region);
  const containerName = option(inputs.options, 'container');
  const follow = following(api, at, inputs);
  return {
    ...follow,
    async check(io) {
      const service = await getService(api, at, io);
      checkMode(service, inputs);
      appContainer(await api.taskDefinition(service.taskDefinition ?? '', io), containerName);
      const isBusy = service.deployments.some(({ rolloutState }) => rolloutState === 'IN_PROGRESS');
      return isBusy ? [`another deployment of the ECS service ${name} is going on; this one takes its place`] : [];
    },
    async trigger(request, io) {
      const startedAt = io.now();
      const service = await getService(api, at, io);
      checkMode(service, inputs);
      const current = await api.taskDefinition(service.taskDefinition ?? '', io);
      const next = nextRevision(current, containerName, imageOf(inputs, request.sha), request.variables);
      const id = await api.register(next, io);
      await putInto(api, at, service, id, io);
      return { id, startedAt, sha: request.sha };
    },
    rollback: (to) => ({ ...follow, trigger: (_request, io) => rollBack(api, at, containerName, to, io) }),
    ...(option(inputs.options, 'mode') === 'express'
      ? { preview: (pullRequest: number) => ecsPreview(api, at, inputs, pullRequest) }
      : {}),
  };
}
