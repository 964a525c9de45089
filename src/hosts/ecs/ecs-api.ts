import * as v from 'valibot';
import { awsApi } from '../aws/aws-api.ts';
import { readJson } from '../aws/aws-json.ts';
import type { HostInputs, HostIO } from '../contract/host.ts';

const text = v.nullish(v.string());
/** Seconds since the epoch, with a fraction. */
const time = v.nullish(v.number());
const pair = v.object({ name: v.string(), value: v.nullish(v.string(), '') });

const deploymentSchema = v.object({
  id: text,
  status: v.string(),
  taskDefinition: v.string(),
  rolloutState: text,
  rolloutStateReason: text,
  createdAt: time,
  desiredCount: v.nullish(v.number()),
  runningCount: v.nullish(v.number()),
});

const serviceSchema = v.object({
  serviceArn: v.string(),
  status: v.string(),
  taskDefinition: text,
  resourceManagementType: text,
  currentServiceDeployment: text,
  deployments: v.nullish(v.array(deploymentSchema), []),
  events: v.nullish(v.array(v.object({ createdAt: time, message: text })), []),
});
export type Service = v.InferOutput<typeof serviceSchema>;

/** What is not read is kept, because a new revision is made from the whole of the old one. */
const containerSchema = v.looseObject({
  name: v.string(),
  image: text,
  essential: v.nullish(v.boolean()),
  environment: v.nullish(v.array(pair)),
  secrets: v.nullish(v.array(v.looseObject({ name: v.string() }))),
  logConfiguration: v.nullish(v.looseObject({ logDriver: text, options: v.nullish(v.record(v.string(), v.string())) })),
});
export type Container = v.InferOutput<typeof containerSchema>;

const taskDefinitionSchema = v.looseObject({
  taskDefinitionArn: v.string(),
  containerDefinitions: v.array(containerSchema),
});
export type TaskDefinition = v.InferOutput<typeof taskDefinitionSchema>;

const rolloutSchema = v.object({
  serviceDeploymentArn: v.string(),
  status: text,
  statusReason: text,
  createdAt: time,
  targetServiceRevisionArn: text,
});
export type Rollout = v.InferOutput<typeof rolloutSchema>;

const revisionSchema = v.object({ serviceRevisionArn: v.string(), taskDefinition: text });

const expressSchema = v.object({
  infrastructureRoleArn: text,
  activeConfigurations: v.nullish(
    v.array(
      v.object({
        executionRoleArn: text,
        taskRoleArn: text,
        healthCheckPath: text,
        networkConfiguration: v.nullish(v.looseObject({})),
        scalingTarget: v.nullish(v.looseObject({})),
        ingressPaths: v.nullish(v.array(v.object({ accessType: text, endpoint: v.string() }))),
      }),
    ),
    [],
  ),
});
export type Express = v.InferOutput<typeof expressSchema>;

const failures = v.nullish(v.array(v.object({ arn: text, reason: text })));

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Operations.html, as far as a deploy needs it. */
export function ecsApi(inputs: HostInputs, region: string) {
  const aws = { ecs: awsApi(inputs, 'ecs', region), logs: awsApi(inputs, 'logs', region) };
  const send = async <const S extends v.GenericSchema>(
    what: string,
    operation: string,
    parameters: object,
    schema: S,
    io: HostIO,
    service: keyof typeof aws = 'ecs',
  ): Promise<v.InferOutput<S>> => {
    const prefix = { ecs: 'AmazonEC2ContainerServiceV20141113', logs: 'Logs_20140328' }[service];
    const headers = { 'x-amz-target': `${prefix}.${operation}` };
    const body = JSON.stringify(parameters);
    const answer = await aws[service].call({ what, contentType: 'application/x-amz-json-1.1', headers, body }, io);
    return readJson(what, answer.body, schema);
  };
  const anything = v.unknown();

  return {
    /** A service that is there, be it that it is being deleted. */
    async service(cluster: string, name: string, io: HostIO): Promise<Service | undefined> {
      const schema = v.object({ services: v.array(serviceSchema), failures });
      const what = `ECS's service ${name}`;
      const { services } = await send(what, 'DescribeServices', { cluster, services: [name] }, schema, io);
      return services.find(({ status }) => status !== 'INACTIVE');
    },

    async taskDefinition(arn: string, io: HostIO): Promise<TaskDefinition> {
      const schema = v.object({ taskDefinition: taskDefinitionSchema });
      const what = "ECS's task definition";
      return (await send(what, 'DescribeTaskDefinition', { taskDefinition: arn }, schema, io)).taskDefinition;
    },

    /** A new revision; its ARN. */
    async register(definition: object, io: HostIO): Promise<string> {
      const schema = v.object({ taskDefinition: v.object({ taskDefinitionArn: v.string() }) });
      const what = "ECS's new task definition";
      return (await send(what, 'RegisterTaskDefinition', definition, schema, io)).taskDefinition.taskDefinitionArn;
    },

    async update(cluster: string, service: string, taskDefinition: string, io: HostIO): Promise<void> {
      await send("ECS's update", 'UpdateService', { cluster, service, taskDefinition }, anything, io);
    },

    async updateExpress(serviceArn: string, taskDefinitionArn: string, io: HostIO): Promise<void> {
      const parameters = { serviceArn, taskDefinitionArn };
      await send("ECS's update", 'UpdateExpressGatewayService', parameters, anything, io);
    },

    async express(serviceArn: string, io: HostIO): Promise<Express> {
      const schema = v.object({ service: expressSchema });
      return (await send("ECS's Express service", 'DescribeExpressGatewayService', { serviceArn }, schema, io)).service;
    },

    async createExpress(parameters: object, io: HostIO): Promise<void> {
      await send("ECS's new Express service", 'CreateExpressGatewayService', parameters, anything, io);
    },

    async removeExpress(serviceArn: string, io: HostIO): Promise<void> {
      await send("ECS's deletion", 'DeleteExpressGatewayService', { serviceArn }, anything, io);
    },

    /** Deployments of a service, the newest first; ECS keeps them for 90 days. */
    async rollouts(cluster: string, service: string, more: object, io: HostIO): Promise<Rollout[]> {
      const schema = v.object({ serviceDeployments: v.array(rolloutSchema) });
      const parameters = { cluster, service, ...more };
      const found = await send("ECS's deployments", 'ListServiceDeployments', parameters, schema, io);
      return found.serviceDeployments.sort((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0));
    },

    /** The task definition of each revision of a service. */
    async revisions(arns: readonly string[], io: HostIO): Promise<Map<string, string>> {
      if (arns.length === 0) return new Map();
      const schema = v.object({ serviceRevisions: v.array(revisionSchema) });
      const parameters = { serviceRevisionArns: arns };
      const { serviceRevisions } = await send("ECS's revisions", 'DescribeServiceRevisions', parameters, schema, io);
      return new Map(serviceRevisions.map((one) => [one.serviceRevisionArn, one.taskDefinition ?? '']));
    },

    async stop(serviceDeploymentArn: string, io: HostIO): Promise<void> {
      const parameters = { serviceDeploymentArn, stopType: 'ROLLBACK' };
      await send("ECS's cancel", 'StopServiceDeployment', parameters, anything, io);
    },

    /** Why tasks stopped: exit codes, images that could not be pulled, health checks. */
    async stoppedTasks(cluster: string, serviceName: string, taskDefinition: string, io: HostIO): Promise<string[]> {
      const listed = v.object({ taskArns: v.array(v.string()) });
      const query = { cluster, serviceName, desiredStatus: 'STOPPED', maxResults: 10 };
      const { taskArns } = await send("ECS's stopped tasks", 'ListTasks', query, listed, io);
      if (taskArns.length === 0) return [];
      const container = v.object({ name: text, exitCode: v.nullish(v.number()), reason: text });
      const task = v.object({
        taskDefinitionArn: text,
        stoppedReason: text,
        containers: v.nullish(v.array(container)),
      });
      const described = v.object({ tasks: v.array(task) });
      const { tasks } = await send("ECS's tasks", 'DescribeTasks', { cluster, tasks: taskArns }, described, io);
      const ours = tasks.filter((one) => one.taskDefinitionArn === taskDefinition);
      return ours.flatMap(({ stoppedReason, containers }) => [
        `a task stopped: ${stoppedReason ?? 'without a reason'}`,
        ...(containers ?? []).flatMap(({ name, exitCode, reason }) => {
          const parts = [exitCode === null || exitCode === undefined ? '' : `exit status ${exitCode}`, reason ?? ''];
          const line = parts.filter(Boolean).join(', ');
          return line ? [`  container ${name}: ${line}`] : [];
        }),
      ]);
    },

    /** The last lines of a log group since then. */
    async log(logGroupName: string, logStreamNamePrefix: string, startTime: number, io: HostIO): Promise<string[]> {
      const schema = v.object({ events: v.nullish(v.array(v.object({ message: text }))) });
      const parameters = { logGroupName, logStreamNamePrefix, startTime, limit: 200 };
      const { events } = await send("CloudWatch's log", 'FilterLogEvents', parameters, schema, io, 'logs');
      return (events ?? []).map(({ message }) => message ?? '');
    },
  };
}

export type EcsApi = ReturnType<typeof ecsApi>;
