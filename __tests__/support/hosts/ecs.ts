import { type Emulator, type EmulatorReply, type EmulatorRequest, startEmulator } from '../emulator.ts';
import { checkSigned, judgeAws } from './aws.ts';
import { type HostPlot, stages } from './states.ts';

const account = 'arn:aws:ecs:eu-central-1:123456789012';
export const ecsService = `${account}:service/default/shop`;
export const ecsImage = 'ghcr.io/acme/shop';

interface Deployment {
  readonly id: string;
  readonly taskDefinition: string;
  readonly createdAt: number;
  state: string;
  status: string;
  reason: string;
  rollout: string;
  rolloutReason: string;
}
export interface EcsService {
  readonly name: string;
  status: string;
  /** The newest first. */
  deployments: Deployment[];
  history: Deployment[];
}
interface Definition {
  readonly taskDefinitionArn: string;
  readonly containerDefinitions: {
    readonly image: string;
    readonly environment?: unknown;
    readonly secrets?: unknown;
  }[];
}

export interface EcsOptions extends HostPlot {
  readonly refuse?: EmulatorReply;
  readonly mode?: 'express' | 'standard';
  readonly environment?: readonly { readonly name: string; readonly value: string }[];
  readonly secrets?: readonly { readonly name: string; readonly valueFrom: string }[];
}

export interface Ecs extends Emulator {
  readonly services: readonly EcsService[];
  readonly definitions: readonly Definition[];
  asked(name: string): string[];
  served(): string | undefined;
  readonly complaints: readonly string[];
}

const breaker = 'ECS deployment circuit breaker: tasks failed to start.';

/** ECS, in Express Mode or not, with state, held against AWS's own model of the service. */
export async function startEcs(options: EcsOptions = {}): Promise<Ecs> {
  const { now = Date.now, mode = 'express' } = options;
  const next = stages(options.states ?? ['IN_PROGRESS', 'IN_PROGRESS', 'COMPLETED']);
  const complaints: string[] = [];
  const definitions: Definition[] = [];
  const asked = new Map<string, string[]>();
  let made = 0;
  const seconds = () => now() / 1_000;
  const refusal = (type: string, message: string): EmulatorReply => ({ status: 400, body: { __type: type, message } });

  function register(family: string, rest: Record<string, unknown>): Definition {
    const number = definitions.filter((one) => one.taskDefinitionArn.includes(`/${family}:`)).length + 1;
    const taskDefinitionArn = `${account}:task-definition/${family}:${number}`;
    const told = { family, revision: number, status: 'ACTIVE', registeredAt: seconds(), compatibilities: ['FARGATE'] };
    const definition = { ...rest, ...told, taskDefinitionArn } as unknown as Definition;
    definitions.push(definition);
    return definition;
  }

  const commitOf = (arn: string | undefined) => {
    const found = definitions.find(({ taskDefinitionArn }) => taskDefinitionArn === arn);
    return found?.containerDefinitions.map(({ image }) => image.split(':').at(-1)).find((tag) => tag?.length === 40);
  };

  function begin(service: EcsService, taskDefinition: string, rollout = 'IN_PROGRESS'): Deployment {
    for (const old of service.deployments) old.status = 'ACTIVE';
    const deployment = {
      id: `ecs-svc/${++made}`,
      taskDefinition,
      createdAt: seconds(),
      state: 'IN_PROGRESS',
      status: 'PRIMARY',
      reason: '',
      rollout,
      rolloutReason: '',
    };
    service.deployments.unshift(deployment);
    service.history.unshift(deployment);
    return deployment;
  }

  const finish = (service: EcsService, deployment: Deployment): void => {
    Object.assign(deployment, { state: 'COMPLETED', rollout: 'SUCCESSFUL' });
    service.deployments = service.deployments.filter((one) => one === deployment);
  };

  /** The deployment goes on with each look at its service. */
  function look(service: EcsService): void {
    const deployment = service.deployments.find(({ status }) => status === 'PRIMARY');
    if (deployment?.state !== 'IN_PROGRESS' && !/^[A-Z_]+$/.test(deployment?.state ?? '')) return;
    if (!deployment || deployment.state === 'COMPLETED') return;
    const old = service.deployments.find((one) => one !== deployment && one.state === 'COMPLETED');
    const word = next(deployment);
    const putBack = (state: string, rollout: string, reason: string, message: string) => {
      Object.assign(deployment, { state, rollout, reason, rolloutReason: message, status: 'ACTIVE' });
      const back = begin(service, old?.taskDefinition ?? '');
      Object.assign(back, {
        reason: state === 'FAILED' ? `ECS deployment circuit breaker: rolling back to deploymentId ${old?.id}.` : '',
      });
      finish(service, back);
    };
    if (word === 'COMPLETED' && options.otherCommit === undefined) {
      finish(service, deployment);
      return;
    }
    if (word === 'FAILED') {
      deployment.state = 'FAILED';
      Object.assign(deployment, { reason: breaker, rollout: 'ROLLBACK_SUCCESSFUL', rolloutReason: breaker });
      return;
    }
    if (word === 'rolled back') {
      putBack('FAILED', 'ROLLBACK_SUCCESSFUL', breaker, breaker);
      return;
    }
    if (word === 'cancelled') {
      putBack('STOPPED', 'ROLLBACK_SUCCESSFUL', '', 'Service deployment rolled back by the user.');
      return;
    }
    if (word === 'superseded' || word === 'COMPLETED') {
      deployment.rollout = 'STOPPED';
      const image = `${ecsImage}:${options.otherCommit ?? 'e'.repeat(40)}`;
      const other = register(service.name, { containerDefinitions: [{ name: 'Main', image }] });
      finish(service, begin(service, other.taskDefinitionArn));
      return;
    }
    deployment.state = word;
  }

  function describe(service: EcsService): object {
    const primary = service.deployments.find(({ status }) => status === 'PRIMARY');
    return {
      serviceArn: `${account}:service/default/${service.name}`,
      serviceName: service.name,
      clusterArn: `${account}:cluster/default`,
      status: service.status,
      desiredCount: 1,
      runningCount: 1,
      pendingCount: 0,
      launchType: 'FARGATE',
      resourceManagementType: mode === 'express' ? 'ECS' : 'CUSTOMER',
      taskDefinition: primary?.taskDefinition ?? '',
      currentServiceDeployment: `${account}:service-deployment/default/${service.name}/${primary?.id}`,
      events: [{ id: 'e', createdAt: seconds(), message: `(service ${service.name}) has started 1 tasks.` }],
      deployments: service.deployments.map((one) => ({
        id: one.id,
        status: one.status,
        taskDefinition: one.taskDefinition,
        desiredCount: 1,
        runningCount: one.state === 'COMPLETED' ? 1 : 0,
        pendingCount: 0,
        failedTasks: one.state === 'FAILED' ? 3 : 0,
        createdAt: one.createdAt,
        rolloutState: one.state,
        rolloutStateReason: one.reason,
      })),
    };
  }

  const base: Record<string, unknown> = {
    containerDefinitions: [
      {
        name: 'Main',
        image: `${ecsImage}:${'a'.repeat(40)}`,
        essential: true,
        portMappings: [{ containerPort: 8000, name: 'web' }],
        environment: options.environment ?? [{ name: 'DJANGO_SETTINGS_MODULE', value: 'config.settings' }],
        ...(options.secrets ? { secrets: options.secrets } : {}),
        logConfiguration: {
          logDriver: 'awslogs',
          options: { 'awslogs-group': '/ecs/shop', 'awslogs-stream-prefix': 'web' },
        },
      },
    ],
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: '256',
    memory: '512',
  };
  const production: EcsService = { name: 'shop', status: 'ACTIVE', deployments: [], history: [] };
  const services = [production];
  finish(production, begin(production, register('shop', base).taskDefinitionArn));
  const find = (name: unknown) =>
    services.find((one) => one.name === String(name).split('/').at(-1) && one.status === 'ACTIVE');
  const ask = (service: EcsService, arn: string): void => {
    asked.set(service.name, [commitOf(arn) ?? '', ...(asked.get(service.name) ?? [])]);
    begin(service, arn);
  };

  function answer(operation: string, given: Record<string, unknown>): object | EmulatorReply {
    const service = find(given.service ?? given.serviceArn ?? (given.services as string[] | undefined)?.[0]);
    const notFound = refusal('ServiceNotFoundException', 'Service not found.');
    const arn = String(given.taskDefinition ?? given.taskDefinitionArn);
    switch (operation) {
      case 'DescribeServices':
        if (!service) return { services: [], failures: [{ arn: String(given.services), reason: 'MISSING' }] };
        look(service);
        return { services: [describe(service)], failures: [] };
      case 'DescribeTaskDefinition': {
        const found = definitions.find(({ taskDefinitionArn }) => taskDefinitionArn === arn);
        return found ? { taskDefinition: found } : refusal('ClientException', 'Unable to describe task definition.');
      }
      case 'RegisterTaskDefinition': {
        const { family, ...rest } = given;
        return { taskDefinition: register(String(family), rest) };
      }
      case 'UpdateService':
      case 'UpdateExpressGatewayService': {
        if (!service) return notFound;
        if ((operation === 'UpdateService') === (mode === 'express'))
          complaints.push(`${operation} of another kind of service`);
        ask(service, arn);
        const { serviceName } = { serviceName: service.name };
        return {
          service:
            operation === 'UpdateService' ? describe(service) : { serviceArn: String(given.serviceArn), serviceName },
        };
      }
      case 'DescribeExpressGatewayService': {
        if (!service) return notFound;
        const roles = { executionRoleArn: 'arn:aws:iam::123456789012:role/execution' };
        const ingressPaths = [{ accessType: 'PUBLIC', endpoint: `${service.name}.ecs.eu-central-1.on.aws` }];
        const configuration = { ...roles, healthCheckPath: '/', ingressPaths };
        return {
          service: {
            serviceArn: String(given.serviceArn),
            infrastructureRoleArn: 'arn:aws:iam::123456789012:role/infrastructure',
            activeConfigurations: [configuration],
          },
        };
      }
      case 'CreateExpressGatewayService': {
        const created: EcsService = { name: String(given.serviceName), status: 'ACTIVE', deployments: [], history: [] };
        services.push(created);
        asked.delete(created.name);
        ask(created, arn);
        return { service: { serviceName: created.name } };
      }
      case 'DeleteExpressGatewayService':
        if (!service) return notFound;
        service.status = 'INACTIVE';
        return { service: { serviceName: service.name } };
      case 'ListServiceDeployments': {
        const wanted = given.status as string[] | undefined;
        const found = (service?.history ?? []).filter(({ rollout }) => !wanted || wanted.includes(rollout));
        return {
          serviceDeployments: found.map((one) => ({
            serviceDeploymentArn: `${account}:service-deployment/default/${service?.name}/${one.id}`,
            targetServiceRevisionArn: `revision of ${one.taskDefinition}`,
            createdAt: one.createdAt,
            status: one.rollout,
            statusReason: one.rolloutReason,
          })),
        };
      }
      case 'DescribeServiceRevisions': {
        const arns = given.serviceRevisionArns as string[];
        const serviceRevisions = arns.map((one) => ({
          serviceRevisionArn: one,
          taskDefinition: one.replace('revision of ', ''),
        }));
        return { serviceRevisions, failures: [] };
      }
      case 'StopServiceDeployment':
        return { serviceDeploymentArn: String(given.serviceDeploymentArn) };
      case 'ListTasks':
        return { taskArns: [`${account}:task/default/1`] };
      case 'DescribeTasks': {
        const ours = production.history[0]?.taskDefinition ?? '';
        const last = production.history.find(({ state }) => state === 'FAILED')?.taskDefinition ?? ours;
        const containers = [{ name: 'Main', exitCode: 1, reason: 'Error' }];
        return {
          tasks: [{ taskDefinitionArn: last, stoppedReason: 'Essential container in task exited', containers }],
          failures: [],
        };
      }
      case 'FilterLogEvents':
        return { events: [{ message: 'ModuleNotFoundError: No module named config' }] };
      default:
        return refusal('UnknownOperationException', operation);
    }
  }

  function reply(request: EmulatorRequest): EmulatorReply {
    if (options.refuse) return options.refuse;
    const [prefix = '', operation = ''] = String(request.headers['x-amz-target']).split('.');
    const service = prefix === 'Logs_20140328' ? 'logs' : 'ecs';
    if (service === 'ecs' && prefix !== 'AmazonEC2ContainerServiceV20141113') complaints.push(`target ${prefix}`);
    if (request.headers['content-type'] !== 'application/x-amz-json-1.1') complaints.push('content-type');
    complaints.push(...checkSigned(request, service, request.body));
    const given = JSON.parse(request.body) as Record<string, unknown>;
    complaints.push(...judgeAws(service, operation, 'input', given));
    const body = answer(operation, given);
    if ('status' in body && 'body' in body) return body as EmulatorReply;
    // A plot may have words that are in no model.
    if (!options.states) complaints.push(...judgeAws(service, operation, 'output', body));
    return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(body) };
  }

  const emulator = await startEmulator(reply);
  return Object.assign(emulator, {
    services,
    definitions,
    asked: (name: string) => asked.get(name) ?? [],
    served: () => commitOf(production.deployments.find(({ state }) => state === 'COMPLETED')?.taskDefinition),
    complaints,
  });
}
