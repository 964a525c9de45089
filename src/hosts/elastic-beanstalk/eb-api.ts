import * as v from 'valibot';
import { DeployError } from '../../core/errors.ts';
import { awsApi } from '../aws/aws-api.ts';
import { askQuery, type QueryValue } from '../aws/aws-query.ts';
import { HostAnswerError, type HostInputs, type HostIO } from '../contract/host.ts';
import { option } from '../contract/options.ts';

const text = v.nullish(v.string());
/** A list; where there is nothing in it, the XML has an empty element. */
const listOf = <const S extends v.GenericSchema>(item: S) =>
  v.pipe(
    v.union([v.array(item), v.literal('')]),
    v.transform((found) => (found === '' ? [] : found)),
  );

const environmentSchema = v.object({
  EnvironmentName: v.string(),
  EnvironmentId: v.string(),
  VersionLabel: text,
  Status: v.string(),
  Health: text,
  HealthStatus: text,
  CNAME: text,
  DateUpdated: text,
});
export type Environment = v.InferOutput<typeof environmentSchema>;

const versionSchema = v.object({ VersionLabel: v.string(), Description: text, DateCreated: text, Status: text });
export type Version = v.InferOutput<typeof versionSchema>;

const eventSchema = v.object({ Message: text, Severity: text, EventDate: text });
export type EbEvent = v.InferOutput<typeof eventSchema>;

const infoSchema = v.object({ Message: text, SampleTimestamp: text, Ec2InstanceId: text });
const anything = v.unknown();

const variableNamespace = 'aws:elasticbeanstalk:application:environment';

/** A variable of the app as Elastic Beanstalk names its settings. */
export const variableSettings = (variables: Readonly<Record<string, string>>): QueryValue[] =>
  Object.entries(variables).map(([OptionName, Value]) => ({
    Namespace: variableNamespace,
    OptionName,
    Value,
  }));

/** https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_Operations.html, as far as a deploy needs it. */
export function ebApi(inputs: HostInputs, io: Pick<HostIO, 'environ'>) {
  const application = option(inputs.options, 'application') ?? '';
  const region = option(inputs.options, 'region') ?? io.environ('AWS_REGION') ?? io.environ('AWS_DEFAULT_REGION') ?? '';
  if (region === '')
    throw new DeployError('INVALID_INPUTS', 'The region of the Elastic Beanstalk environment is not known.', {
      hint: 'Write it into host-options, for example "region: eu-central-1".',
    });
  const aws = awsApi(inputs, 'elasticbeanstalk', region);
  const send = async <const S extends v.GenericSchema>(
    what: string,
    action: string,
    parameters: Readonly<Record<string, QueryValue | undefined>>,
    schema: S,
    io: HostIO,
  ) => askQuery(aws, '2010-12-01', `Elastic Beanstalk's ${what}`, action, parameters, schema, io);
  const ofApp = { ApplicationName: application };

  return {
    region,
    upload: aws.upload,

    async bucket(io: HostIO): Promise<string> {
      const schema = v.object({ S3Bucket: v.string() });
      return (await send('storage location', 'CreateStorageLocation', {}, schema, io)).result.S3Bucket;
    },

    /** The environment of that name, unless it is terminated. */
    async environment(name: string, io: HostIO): Promise<Environment | undefined> {
      const parameters = { ...ofApp, EnvironmentNames: [name], IncludeDeleted: false };
      const schema = v.object({ Environments: listOf(environmentSchema) });
      const { result } = await send(`environment ${name}`, 'DescribeEnvironments', parameters, schema, io);
      return result.Environments.find(
        ({ EnvironmentName, Status }) => EnvironmentName === name && Status !== 'Terminated',
      );
    },

    /** Versions of the application, the newest first. */
    async versions(labels: readonly string[] | undefined, io: HostIO): Promise<Version[]> {
      const schema = v.object({ ApplicationVersions: listOf(versionSchema), NextToken: text });
      const found: Version[] = [];
      let next: string | undefined;
      do {
        const parameters = { ...ofApp, MaxRecords: '100', VersionLabels: labels, NextToken: next };
        const { result } = await send('application versions', 'DescribeApplicationVersions', parameters, schema, io);
        found.push(...result.ApplicationVersions);
        next = result.NextToken || undefined;
      } while (next && found.length < 1_000);
      return found.sort((a, b) => Date.parse(b.DateCreated ?? '') - Date.parse(a.DateCreated ?? ''));
    },

    async createVersion(label: string, description: string, S3Bucket: string, S3Key: string, io: HostIO) {
      const SourceBundle = { S3Bucket, S3Key };
      const parameters = { ...ofApp, VersionLabel: label, Description: description, SourceBundle };
      try {
        await send('new application version', 'CreateApplicationVersion', parameters, anything, io);
      } catch (error) {
        // Asked again, because a later request of the same deploy was not taken: the same bytes are there.
        const isThere = error instanceof HostAnswerError && /already exists/i.test(error.message);
        if (!isThere) throw error;
      }
    },

    async describeVersion(label: string, description: string, io: HostIO): Promise<void> {
      const parameters = { ...ofApp, VersionLabel: label, Description: description };
      await send('application version', 'UpdateApplicationVersion', parameters, anything, io);
    },

    /** Puts a version into an environment; the id of the request, by which its events are known. */
    async update(environment: string, label: string, settings: QueryValue[], io: HostIO): Promise<string> {
      const OptionSettings = settings.length > 0 ? settings : undefined;
      const parameters = { ...ofApp, EnvironmentName: environment, VersionLabel: label, OptionSettings };
      return (await send('update of the environment', 'UpdateEnvironment', parameters, anything, io)).requestId;
    },

    /** The variables of the app in an environment. */
    async variables(environment: string, io: HostIO): Promise<Record<string, string>> {
      const setting = v.object({ Namespace: text, OptionName: text, Value: text });
      const schema = v.object({ ConfigurationSettings: listOf(v.object({ OptionSettings: listOf(setting) })) });
      const parameters = { ...ofApp, EnvironmentName: environment };
      const { result } = await send('settings', 'DescribeConfigurationSettings', parameters, schema, io);
      const settings = result.ConfigurationSettings.flatMap(({ OptionSettings }) => OptionSettings);
      const own = settings.filter(({ Namespace }) => Namespace === variableNamespace);
      return Object.fromEntries(own.map(({ OptionName, Value }) => [OptionName ?? '', Value ?? '']));
    },

    /** Saves the settings of an environment under a name, from which others can be made. */
    async saveSettings(name: string, environmentId: string, io: HostIO): Promise<void> {
      const parameters = { ...ofApp, TemplateName: name, EnvironmentId: environmentId };
      await send('configuration template', 'CreateConfigurationTemplate', parameters, anything, io);
    },

    async removeSettings(name: string, io: HostIO): Promise<void> {
      const parameters = { ...ofApp, TemplateName: name };
      await send('configuration template', 'DeleteConfigurationTemplate', parameters, anything, io);
    },

    /** A new environment from saved settings, without those variables. */
    async create(
      environment: string,
      template: string,
      label: string,
      settings: QueryValue[],
      without: readonly string[],
      io: HostIO,
    ) {
      const removed = without.map((OptionName) => ({ Namespace: variableNamespace, OptionName }));
      const OptionSettings = settings.length > 0 ? settings : undefined;
      const names = { EnvironmentName: environment, TemplateName: template, VersionLabel: label };
      const parameters = {
        ...ofApp,
        ...names,
        OptionSettings,
        ...(removed.length > 0 && { OptionsToRemove: removed }),
      };
      return (await send('new environment', 'CreateEnvironment', parameters, anything, io)).requestId;
    },

    async terminate(environment: string, io: HostIO): Promise<void> {
      const parameters = { EnvironmentName: environment };
      await send('end of the environment', 'TerminateEnvironment', parameters, anything, io);
    },

    async abort(environment: string, io: HostIO): Promise<void> {
      await send('abort', 'AbortEnvironmentUpdate', { EnvironmentName: environment }, anything, io);
    },

    /** What a request made happen, the newest first. */
    async events(environment: string, requestId: string, io: HostIO): Promise<EbEvent[]> {
      const parameters = { ...ofApp, EnvironmentName: environment, RequestId: requestId, MaxRecords: '100' };
      const schema = v.object({ Events: listOf(eventSchema) });
      return (await send('events', 'DescribeEvents', parameters, schema, io)).result.Events;
    },

    async askForTail(environment: string, io: HostIO): Promise<void> {
      const parameters = { EnvironmentName: environment, InfoType: 'tail' };
      await send('request for the log', 'RequestEnvironmentInfo', parameters, anything, io);
    },

    /** Addresses of log files that were asked for: they are signed, and so as secret as a key. */
    async tails(environment: string, io: HostIO): Promise<string[]> {
      const parameters = { EnvironmentName: environment, InfoType: 'tail' };
      const schema = v.object({ EnvironmentInfo: v.optional(listOf(infoSchema), '') });
      const { result } = await send('log', 'RetrieveEnvironmentInfo', parameters, schema, io);
      return result.EnvironmentInfo.flatMap(({ Message }) => Message || []);
    },
  };
}

export type EbApi = ReturnType<typeof ebApi>;
