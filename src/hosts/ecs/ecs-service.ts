import { DeployError } from '../../core/errors.ts';
import { type Host, HostAnswerError, type HostInputs, type HostIO, type HostRelease } from '../contract/host.ts';
import { option } from '../contract/options.ts';
import type { EcsApi, Rollout, Service } from './ecs-api.ts';
import { statusOf } from './ecs-status.ts';
import { appContainer } from './task-definition.ts';

/** A service, by the parts of its ARN. */
export interface ServiceName {
  readonly arn: string;
  readonly region: string;
  readonly cluster: string;
  readonly name: string;
}

export async function getService(api: EcsApi, { cluster, name }: ServiceName, io: HostIO): Promise<Service> {
  const service = await api.service(cluster, name, io);
  if (!service) throw new HostAnswerError(`ECS has no service ${name} in the cluster ${cluster}`, 404);
  return service;
}

/** Puts a task definition into a service, by the API of its kind. */
export async function putInto(api: EcsApi, at: ServiceName, service: Service, arn: string, io: HostIO): Promise<void> {
  if (service.resourceManagementType === 'ECS') await api.updateExpress(at.arn, arn, io);
  else await api.update(at.cluster, at.name, arn, io);
}

/** What is the same for every service that was asked to deploy a task definition. */
export function following(
  api: EcsApi,
  at: ServiceName,
  inputs: HostInputs,
): Required<Pick<Host, 'status' | 'logs' | 'cancel'>> & Pick<Host, 'url'> {
  const { cluster, name } = at;

  /** Our deployment in the history of the service. */
  async function rolloutOf(release: HostRelease, io: HostIO): Promise<Rollout | undefined> {
    // A minute back, because the clock of AWS and ours differ.
    const createdAt = { after: release.startedAt / 1_000 - 60 };
    const found = await api.rollouts(cluster, name, { createdAt }, io);
    const arns = found.flatMap(({ targetServiceRevisionArn: arn }) => arn ?? []).slice(0, 20);
    const revisions = await api.revisions(arns, io);
    return found.find((one) => revisions.get(one.targetServiceRevisionArn ?? '') === release.id);
  }

  return {
    async status(release, io) {
      const service = await api.service(cluster, name, io);
      if (!service || service.status === 'DRAINING') return { phase: 'cancelled', reason: 'the service is deleted' };
      const ours = service.deployments.find(({ taskDefinition }) => taskDefinition === release.id);
      const isPlain = ours?.status === 'PRIMARY' && ours.rolloutState !== 'FAILED';
      const status = statusOf(release, service, isPlain ? undefined : await rolloutOf(release, io));
      const page = `https://${at.region}.console.aws.amazon.com/ecs/v2/clusters/${cluster}/services/${name}/deployments?region=${at.region}`;
      return { ...status, ...(release.id ? { id: release.id } : {}), logUrl: page };
    },
    async *logs(release, io) {
      const service = await getService(api, at, io);
      const since = service.events.filter(({ createdAt }) => (createdAt ?? 0) * 1_000 >= release.startedAt);
      for (const { message } of since.toReversed()) yield message ?? '';
      if (!release.id) return;
      yield* await api.stoppedTasks(cluster, name, release.id, io);
      const container = appContainer(await api.taskDefinition(release.id, io), option(inputs.options, 'container'));
      const { logDriver, options } = container.logConfiguration ?? {};
      const group = options?.['awslogs-group'];
      if (logDriver !== 'awslogs' || !group) return;
      yield* await api.log(group, options?.['awslogs-stream-prefix'] ?? '', release.startedAt, io);
    },
    async cancel(_release, io) {
      const current = (await getService(api, at, io)).currentServiceDeployment;
      if (current) await api.stop(current, io);
    },
    ...(option(inputs.options, 'mode') === 'express'
      ? {
          url: async (io: HostIO) => {
            const { activeConfigurations } = await api.express(at.arn, io);
            const paths = activeConfigurations.flatMap(({ ingressPaths }) => ingressPaths ?? []);
            const endpoint = (paths.find(({ accessType }) => accessType === 'PUBLIC') ?? paths[0])?.endpoint;
            return endpoint && (endpoint.includes('://') ? endpoint : `https://${endpoint}`);
          },
        }
      : {}),
  };
}

/** @throws DeployError INVALID_INPUTS where `mode` is not the one of the service. */
export function checkMode(service: Service, inputs: HostInputs): void {
  const isExpress = service.resourceManagementType === 'ECS';
  const saysExpress = option(inputs.options, 'mode') === 'express';
  if (isExpress === saysExpress) return;
  const kind = isExpress ? 'a service of Express Mode' : 'a standard service';
  throw new DeployError('INVALID_INPUTS', `The ECS service is ${kind}.`, {
    hint: isExpress ? 'Write "mode: express" into host-options.' : 'Leave "mode: express" out of host-options.',
  });
}
