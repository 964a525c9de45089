import { createHash } from 'node:crypto';
import { type Emulator, type EmulatorReply, type EmulatorRequest, startEmulator } from '../emulator.ts';
import { checkSigned, judgeAws, queryError, queryReply, readQuery } from './aws.ts';
import { type HostPlot, stages, uuids } from './states.ts';

export const ebApplication = 'shop';
export const ebEnvironment = 'shop-prod';
const bucket = 'elasticbeanstalk-eu-central-1-123456789012';
const namespace = 'aws:elasticbeanstalk:application:environment';

interface Version {
  readonly label: string;
  readonly createdAt: number;
  readonly key: string;
  description: string;
}
export interface EbEnvironment {
  readonly id: string;
  readonly name: string;
  /** The version that it has; while an update goes on that is the old one. */
  label: string;
  status: string;
  health: string;
  updatedAt: number;
  readonly variables: Record<string, string>;
  /** The update that goes on or was the last. */
  update?: { readonly id: string; readonly label: string; state: string };
  readonly events: { readonly requestId: string; readonly severity: string; readonly message: string; at: number }[];
}

export interface EbOptions extends HostPlot {
  readonly refuse?: EmulatorReply;
  readonly variables?: Readonly<Record<string, string>>;
}

export interface ElasticBeanstalk extends Emulator {
  readonly environments: readonly EbEnvironment[];
  readonly versions: readonly Version[];
  /** Commits that an environment was asked for, the newest first. */
  asked(name: string): string[];
  served(): string | undefined;
  readonly complaints: readonly string[];
}

/** How an update ends: the events that Elastic Beanstalk writes, and whether the version is installed. */
const endings: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  live: [['INFO', 'Environment update completed successfully.']],
  'live, red': [['INFO', 'Environment update completed successfully.']],
  'with errors': [
    [
      'ERROR',
      'Update environment operation is complete, but with errors. For more information, see troubleshooting documentation.',
    ],
  ],
  failed: [
    [
      'ERROR',
      '[Instance: i-0abc] Command failed on instance. An unexpected error has occurred [ErrorCode: 0000000001].',
    ],
    ['ERROR', 'Failed to deploy application.'],
  ],
  aborted: [['INFO', 'Environment update aborted; the environment was reverted to the previous version.']],
};

/** Elastic Beanstalk and the bucket for its bundles, with state, held against AWS's own model of the service. */
export async function startElasticBeanstalk(options: EbOptions = {}): Promise<ElasticBeanstalk> {
  const { now = Date.now } = options;
  const next = stages(options.states ?? ['Updating', 'Updating', 'live']);
  const nextId = uuids('eb000000');
  const complaints: string[] = [];
  const objects = new Set<string>();
  const templates = new Map<string, EbEnvironment>();
  const asked = new Map<string, string[]>();
  const versions: Version[] = [];
  const make = (name: string): EbEnvironment => ({
    id: `e-${createHash('sha256').update(name).digest('hex').slice(0, 10)}`,
    name,
    label: 'initial',
    status: 'Ready',
    health: 'Green',
    updatedAt: now() - 3_600_000,
    variables: { ...options.variables },
    events: [],
  });
  const environments = [make(ebEnvironment)];
  const time = (at: number) => new Date(at).toISOString();

  const commitOf = (label: string) =>
    / ([0-9a-f]{40})/.exec(versions.find((one) => one.label === label)?.description ?? '')?.[1];

  function begin(environment: EbEnvironment, label: string, status: string): string {
    const id = nextId();
    environment.update = { id, label, state: status };
    Object.assign(environment, { status, updatedAt: now() });
    // A new environment of an old name starts anew.
    if (status === 'Launching') asked.delete(environment.name);
    asked.set(environment.name, [commitOf(label) ?? label, ...(asked.get(environment.name) ?? [])]);
    environment.events.unshift({
      requestId: id,
      severity: 'INFO',
      message: 'Environment update is starting.',
      at: now(),
    });
    return id;
  }

  /** An update goes on with each look at its environment. */
  function look(environment: EbEnvironment): EbEnvironment {
    const { update } = environment;
    if (!update || environment.status === 'Ready' || environment.status.startsWith('Terminat')) return environment;
    const word = next({ id: update.id, state: update.state });
    const isSuperseded = word === 'superseded';
    if (!endings[word] && !isSuperseded) {
      environment.status = word;
      return environment;
    }
    for (const [severity, message] of endings[word] ?? endings.live ?? [])
      environment.events.unshift({ requestId: update.id, severity, message, at: now() });
    Object.assign(environment, { status: 'Ready', updatedAt: now() });
    if (word.startsWith('live') || word === 'with errors') environment.label = update.label;
    if (word === 'live, red') environment.health = 'Red';
    if (isSuperseded || options.otherCommit) {
      const label = `newer-${update.label}`;
      const description = `deploy-django ${environment.name} ${options.otherCommit ?? 'e'.repeat(40)}`;
      versions.push({ label, createdAt: now() + 1, key: '', description });
      environment.label = label;
    }
    return environment;
  }

  const describe = (one: EbEnvironment) => ({
    EnvironmentName: one.name,
    EnvironmentId: one.id,
    ApplicationName: ebApplication,
    VersionLabel: one.label,
    SolutionStackName: '64bit Amazon Linux 2023 v4.7.2 running Python 3.13',
    EndpointURL: '10.0.0.1',
    CNAME: `${one.name}.eba-abc.eu-central-1.elasticbeanstalk.com`,
    DateCreated: time(now() - 7_200_000),
    DateUpdated: time(one.updatedAt),
    Status: one.status,
    AbortableOperationInProgress: String(one.status === 'Updating'),
    Health: one.status === 'Ready' ? one.health : 'Grey',
    Tier: { Name: 'WebServer', Type: 'Standard', Version: '1.0' },
  });

  const setVariables = (one: EbEnvironment, settings: unknown) => {
    for (const { Namespace, OptionName, Value } of (settings ?? []) as Record<string, string>[])
      if (Namespace === namespace && OptionName) one.variables[OptionName] = Value ?? '';
  };
  const find = (name: unknown) => environments.find((one) => one.name === name && one.status !== 'Terminated');
  const invalid = (message: string) => queryError(400, 'InvalidParameterValue', message);

  function answer(action: string, given: Record<string, unknown>): object | EmulatorReply {
    const { EnvironmentName: name, VersionLabel: label } = given as Record<string, string>;
    const environment = find(name);
    const known = versions.find((one) => one.label === label);
    switch (action) {
      case 'CreateStorageLocation':
        return { S3Bucket: bucket };
      case 'DescribeEnvironments': {
        const names = given.EnvironmentNames as string[];
        const found = environments.filter((one) => names.includes(one.name) && one.status !== 'Terminated');
        return { Environments: found.map((one) => describe(look(one))) };
      }
      case 'CreateApplicationVersion': {
        const { S3Bucket = '', S3Key = '' } = given.SourceBundle as Record<string, string>;
        if (known) return invalid(`Application Version ${label} already exists.`);
        if (!objects.has(`${S3Bucket}/${S3Key}`)) return invalid('Unable to download from S3 location');
        versions.push({
          label: label ?? '',
          key: S3Key,
          createdAt: now() + versions.length,
          description: String(given.Description),
        });
        return { ApplicationVersion: { VersionLabel: label, Status: 'Unprocessed' } };
      }
      case 'UpdateApplicationVersion':
        if (!known) return invalid(`No Application Version named '${label}' found.`);
        known.description = String(given.Description);
        return { ApplicationVersion: { VersionLabel: label } };
      case 'DescribeApplicationVersions': {
        const labels = given.VersionLabels as string[] | undefined;
        const found = versions.filter((one) => !labels || labels.includes(one.label));
        return {
          ApplicationVersions: found.map((one) => ({
            ApplicationName: ebApplication,
            VersionLabel: one.label,
            Description: one.description,
            DateCreated: time(one.createdAt),
            Status: 'Processed',
          })),
        };
      }
      case 'UpdateEnvironment':
        if (!environment) return invalid(`No Environment found for EnvironmentName = '${name}'.`);
        if (environment.status !== 'Ready')
          return invalid(`Environment named ${name} is in an invalid state for this operation. Must be Ready.`);
        if (!known) return invalid(`No Application Version named '${label}' found.`);
        setVariables(environment, given.OptionSettings);
        return { requestId: begin(environment, known.label, 'Updating'), result: describe(environment) };
      case 'CreateConfigurationTemplate': {
        const source = environments.find(({ id }) => id === given.EnvironmentId);
        if (!source) return invalid('No such environment');
        templates.set(String(given.TemplateName), source);
        return { ApplicationName: ebApplication, TemplateName: String(given.TemplateName) };
      }
      case 'DeleteConfigurationTemplate':
        templates.delete(String(given.TemplateName));
        return {};
      case 'CreateEnvironment': {
        const source = templates.get(String(given.TemplateName));
        if (!source || !known || environment) return invalid('The environment cannot be made.');
        const made = { ...make(String(name)), variables: { ...source.variables } };
        for (const { OptionName = '' } of (given.OptionsToRemove ?? []) as Record<string, string>[])
          Reflect.deleteProperty(made.variables, OptionName);
        setVariables(made, given.OptionSettings);
        environments.push(made);
        return { requestId: begin(made, known.label, 'Launching'), result: describe(made) };
      }
      case 'TerminateEnvironment':
        if (!environment) return invalid(`No Environment found for EnvironmentName = '${name}'.`);
        environment.status = 'Terminated';
        return describe(environment);
      case 'AbortEnvironmentUpdate':
        if (environment?.status !== 'Updating')
          return invalid(`Environment named ${name} has no operation in progress.`);
        environment.status = 'Aborting';
        return {};
      case 'DescribeEvents': {
        const found = environment?.events.filter(({ requestId }) => requestId === given.RequestId) ?? [];
        return {
          Events: found.map(({ severity, message, at, requestId }) => ({
            EventDate: time(at),
            Message: message,
            EnvironmentName: String(name),
            RequestId: requestId,
            Severity: severity,
          })),
        };
      }
      case 'DescribeConfigurationSettings': {
        const entries = Object.entries(environment?.variables ?? {});
        const OptionSettings = entries.map(([OptionName, Value]) => ({ Namespace: namespace, OptionName, Value }));
        return { ConfigurationSettings: [{ EnvironmentName: String(name), OptionSettings }] };
      }
      case 'RequestEnvironmentInfo':
        return {};
      case 'RetrieveEnvironmentInfo':
        return {
          EnvironmentInfo: [
            {
              InfoType: 'tail',
              Ec2InstanceId: 'i-0abc',
              Message: `${emulator.origin}/log?X-Amz-Signature=signed-secret-of-the-log`,
            },
          ],
        };
      default:
        return queryError(400, 'InvalidAction', action);
    }
  }

  function reply(request: EmulatorRequest): EmulatorReply {
    if (options.refuse) return options.refuse;
    if (request.path.startsWith('/log?'))
      return { status: 200, body: '----- web.stdout.log -----\nModuleNotFoundError: No module named config\n' };
    if (request.method === 'PUT') {
      complaints.push(...checkSigned(request, 's3', request.body));
      if (!request.headers['content-length']) complaints.push('an upload without content-length');
      objects.add(request.path.slice(1));
      return { status: 200 };
    }
    complaints.push(...checkSigned(request, 'elasticbeanstalk', request.body));
    const { Action, Version: version, ...given } = readQuery(request.body);
    const action = String(Action);
    if (version !== '2010-12-01') complaints.push(`version ${version}`);
    complaints.push(...judgeAws('elasticbeanstalk', action, 'input', given));
    const made = answer(action, given);
    if ('status' in made && 'body' in made) return made as EmulatorReply;
    const isStarted = 'requestId' in made;
    const result = isStarted ? (made as unknown as { result: object }).result : made;
    const expected = options.states ? [] : judgeAws('elasticbeanstalk', action, 'output', result);
    complaints.push(...expected);
    return queryReply(
      action,
      result,
      isStarted ? String((made as unknown as { requestId: string }).requestId) : nextId(),
    );
  }

  const emulator = await startEmulator(reply);
  return Object.assign(emulator, {
    environments,
    versions,
    asked: (name: string) => asked.get(name) ?? [],
    served: () => commitOf(environments[0]?.label ?? ''),
    complaints,
  });
}
