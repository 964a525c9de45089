import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildClientSchema, type IntrospectionQuery, type IntrospectionType, printSchema } from 'graphql';

/**
 * Writes __tests__/fixtures/railway.graphql: of the introspection of Railway's API the fields that the action uses, with the
 * types that they reach. `node scripts/railway-slice.ts <introspection.json>`; the file is src/gql/schema.json of
 * github.com/railwayapp/cli. `npm run format` afterwards.
 */
const target = join(import.meta.dirname, '..', '__tests__', 'fixtures', 'railway.graphql');

/** The fields that stay of types with fields; all other types are whole. */
const fields: Readonly<Record<string, readonly string[]>> = {
  Query: [
    'projectToken',
    'serviceInstance',
    'serviceInstanceAutoDeployStatus',
    'deployment',
    'deployments',
    'deploymentEvents',
    'buildLogs',
    'deploymentLogs',
    'domains',
    'environments',
  ],
  Mutation: [
    'variableCollectionUpsert',
    'serviceInstanceUpdate',
    'serviceInstanceDeployV2',
    'deploymentCancel',
    'deploymentRollback',
    'serviceDomainCreate',
    'environmentCreate',
    'environmentDelete',
  ],
  ProjectToken: ['projectId', 'environmentId'],
  ServiceInstance: ['serviceName', 'source'],
  Deployment: ['id', 'status', 'createdAt', 'staticUrl', 'url', 'canRollback', 'meta'],
  DeploymentEvent: ['id', 'step', 'payload'],
  Log: ['message', 'timestamp'],
  Environment: ['id', 'name', 'isEphemeral', 'meta'],
  EnvironmentMeta: ['prNumber', 'prRepo', 'branch'],
  AllDomains: ['serviceDomains', 'customDomains'],
  ServiceDomain: ['id', 'domain', 'syncStatus'],
  CustomDomain: ['id', 'domain', 'syncStatus'],
  QueryDeploymentsConnection: ['edges'],
  QueryDeploymentEventsConnection: ['edges'],
  QueryEnvironmentsConnection: ['edges'],
};

type Reference = { readonly name?: string; readonly ofType?: Reference | null };

const nameOf = (type: Reference): string => type.name ?? nameOf(type.ofType ?? {});

function reduced(type: IntrospectionType): IntrospectionType {
  if (type.kind !== 'OBJECT') return type;
  const kept = fields[type.name];
  return { ...type, interfaces: [], fields: type.fields.filter(({ name }) => !kept || kept.includes(name)) };
}

/** The types that a type names. */
function named(type: IntrospectionType): string[] {
  if (type.kind === 'OBJECT')
    return type.fields.flatMap((field) => [nameOf(field.type), ...field.args.map((arg) => nameOf(arg.type))]);
  return type.kind === 'INPUT_OBJECT' ? type.inputFields.map((field) => nameOf(field.type)) : [];
}

const [path = ''] = process.argv.slice(2);
const plain = (key: string, value: unknown) => (key === 'description' ? null : value);
const read = JSON.parse(await readFile(path, 'utf8'), plain) as { data?: IntrospectionQuery } & IntrospectionQuery;
const { __schema: schema } = read.data ?? read;
const types = new Map(schema.types.map((type) => [type.name, reduced(type)]));
const reached = new Set(['Query', 'Mutation']);
for (const name of reached) for (const next of named(types.get(name) as IntrospectionType)) reached.add(next);
const slice: IntrospectionQuery = {
  __schema: {
    ...schema,
    subscriptionType: null,
    directives: [],
    types: schema.types.flatMap(({ name }) => (reached.has(name) ? (types.get(name) ?? []) : [])),
  },
};
await writeFile(target, printSchema(buildClientSchema(slice)));
