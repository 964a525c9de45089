import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Json, operationsOf, slice } from './api-slice.ts';

/**
 * Writes __tests__/fixtures/<host>-api.json out of the vendor's own description:
 * `node scripts/host-slice.ts koyeb openapi.json`, then `npm run format`. The table says where each description is.
 */
interface Wanted {
  readonly source: string;
  readonly operations: readonly string[];
  /** Makes OpenAPI 3 of what the vendor has. */
  readonly convert?: (whole: Json) => Json;
}

const hosts: Readonly<Record<string, Wanted>> = {
  digitalocean: {
    source: 'https://github.com/digitalocean/openapi at 7c1300c, bundled',
    operations: [
      'GET /v2/apps',
      'POST /v2/apps',
      'GET /v2/apps/{id}',
      'PUT /v2/apps/{id}',
      'DELETE /v2/apps/{id}',
      'GET /v2/apps/{app_id}/deployments',
      'POST /v2/apps/{app_id}/deployments',
      'GET /v2/apps/{app_id}/deployments/{deployment_id}',
      'POST /v2/apps/{app_id}/deployments/{deployment_id}/cancel',
      'GET /v2/apps/{app_id}/deployments/{deployment_id}/logs',
      'POST /v2/apps/{app_id}/rollback',
      'POST /v2/apps/{app_id}/rollback/validate',
      'GET /v2/databases/{database_cluster_uuid}/firewall',
      'PUT /v2/databases/{database_cluster_uuid}/firewall',
      'GET /v2/cdn/endpoints/{cdn_id}',
      'DELETE /v2/cdn/endpoints/{cdn_id}/cache',
    ],
  },
  heroku: {
    source: 'https://github.com/heroku/platform-api at 4f4f592, schema.json',
    convert: fromHyperSchema,
    operations: [
      'POST /sources',
      'GET /apps/{identity}',
      'GET /apps/{identity}/domains',
      'GET /apps/{identity}/formation',
      'PATCH /apps/{identity}/config-vars',
      'GET /apps/{identity}/builds',
      'POST /apps/{identity}/builds',
      'GET /apps/{identity}/builds/{identity2}',
      'DELETE /apps/{identity}/builds/{identity2}',
      'GET /apps/{identity}/releases',
      'POST /apps/{identity}/releases',
      'GET /apps/{identity}/releases/{identity2}',
      'GET /apps/{identity}/slugs/{identity2}',
      'POST /review-apps',
      'DELETE /review-apps/{identity}',
      'GET /pipelines/{identity}/review-apps',
    ],
  },
  koyeb: {
    source: 'https://github.com/koyeb/koyeb-api-client-go at 5958795, api/v1/koyeb/openapi.json',
    convert: fromSwagger,
    operations: [
      'GET /v1/apps',
      'POST /v1/apps',
      'GET /v1/apps/{id}',
      'DELETE /v1/apps/{id}',
      'GET /v1/services',
      'POST /v1/services',
      'GET /v1/services/{id}',
      'PATCH /v1/services/{id}',
      'POST /v1/services/{id}/redeploy',
      'GET /v1/deployments',
      'GET /v1/deployments/{id}',
      'POST /v1/deployments/{id}/cancel',
      'GET /v1/streams/logs/query',
    ],
  },
  render: {
    source: 'https://api-docs.render.com, as the npm package @renderinc/sdk has it',
    convert: withSharedParameters,
    operations: [
      'GET /services',
      'GET /services/{serviceId}',
      'DELETE /services/{serviceId}',
      'GET /services/{serviceId}/deploys',
      'POST /services/{serviceId}/deploys',
      'GET /services/{serviceId}/deploys/{deployId}',
      'POST /services/{serviceId}/deploys/{deployId}/cancel',
      'POST /services/{serviceId}/rollback',
      'POST /services/{serviceId}/preview',
      'GET /services/{serviceId}/env-vars',
      'PUT /services/{serviceId}/env-vars/{envVarKey}',
      'GET /services/{serviceId}/custom-domains',
      'GET /services/{serviceId}/events',
      'GET /logs',
      'GET /deploy/{serviceId}',
      'POST /deploy/{serviceId}',
      'GET /postgres/{postgresId}',
      'PATCH /postgres/{postgresId}',
    ],
  },
  'cloud-sql': {
    source: 'https://sqladmin.googleapis.com/$discovery/rest?version=v1, revision 20261018',
    convert: fromDiscovery,
    operations: [
      'GET /v1/projects/{project}/instances/{instance}',
      'PATCH /v1/projects/{project}/instances/{instance}',
      'GET /v1/projects/{project}/operations/{operation}',
    ],
  },
  coolify: {
    source: 'https://github.com/coollabsio/coolify at 379abb2, openapi.json',
    convert: (whole) => ({ ...(inOpenApi(whole) as Json), openapi: '3.0.3' }),
    operations: [
      'POST /deploy',
      'GET /applications/{uuid}',
      'PATCH /applications/{uuid}',
      'PATCH /applications/{uuid}/envs/bulk',
      'DELETE /applications/{uuid}/previews/{pull_request_id}',
      'GET /applications/{uuid}/rollback-images',
      'POST /applications/{uuid}/rollback',
      'GET /deployments/{uuid}',
      'GET /deployments/applications/{uuid}',
      'POST /deployments/{uuid}/cancel',
    ],
  },
};

/** Parameters that stand beside the operations of a path are those of each one. */
function withSharedParameters(whole: Json): Json {
  const paths = Object.entries(whole.paths as Record<string, Record<string, Json>>).map(([path, item]) => {
    const { parameters = [], servers: _, ...operations } = item as Record<string, Json> & { parameters?: Json[] };
    const own = Object.entries(operations).map(([method, operation]) => {
      const all = [...(parameters as Json[]), ...((operation.parameters ?? []) as Json[])];
      return [method, { ...operation, parameters: all }];
    });
    return [path, Object.fromEntries(own)];
  });
  return { ...whole, paths: Object.fromEntries(paths) };
}

const rewritten = (value: unknown, from: RegExp, to: string): unknown =>
  JSON.parse(JSON.stringify(value).replace(from, to));

/** Swagger 2, as far as Koyeb uses it. */
function fromSwagger(whole: Json): Json {
  const paths = rewritten(whole.paths, /#\/definitions\//g, '#/components/schemas/') as Record<
    string,
    Record<string, Json>
  >;
  for (const operation of Object.values(paths).flatMap((item) => Object.values(item))) {
    const parameters = (operation.parameters ?? []) as Json[];
    const body = parameters.find((one) => one.in === 'body');
    operation.parameters = parameters
      .filter((one) => one !== body)
      .map(({ name, in: place, required, description: _, collectionFormat: __, ...schema }) => ({
        name,
        in: place,
        required,
        schema,
      }));
    if (body) operation.requestBody = { required: true, content: { 'application/json': { schema: body.schema } } };
    const responses = Object.entries(operation.responses as Record<string, Json>);
    operation.responses = Object.fromEntries(
      responses.map(([status, { schema }]) => [status, { content: { 'application/json': { schema } } }]),
    );
  }
  const schemas = rewritten(whole.definitions, /#\/definitions\//g, '#/components/schemas/');
  return { openapi: '3.0.3', paths, components: { schemas } };
}

/** A discovery document of Google. Of the schemas of an instance only what its authorized networks need: all of it is 200 KB. */
function fromDiscovery(whole: Json): Json {
  const wanted: Readonly<Record<string, readonly string[]>> = {
    DatabaseInstance: ['kind', 'name', 'project', 'region', 'settings', 'state'],
    Settings: ['kind', 'settingsVersion', 'tier', 'ipConfiguration', 'activationPolicy'],
    IpConfiguration: ['authorizedNetworks', 'ipv4Enabled', 'privateNetwork', 'sslMode'],
    Operation: [
      'kind',
      'name',
      'status',
      'operationType',
      'error',
      'targetId',
      'targetProject',
      'insertTime',
      'endTime',
    ],
  };
  const named = rewritten(whole.schemas, /"\$ref":"(\w+)"/g, '"$ref":"#/components/schemas/$1"') as Record<
    string,
    Json
  >;
  const schemas = Object.entries(named).map(([name, { properties, id: _, ...rest }]) => {
    const kept = Object.entries((properties ?? {}) as Json).filter(([key]) => wanted[name]?.includes(key) ?? true);
    // A request with a property that no schema has is refused: "Unknown name".
    return [name, { ...rest, type: 'object', properties: Object.fromEntries(kept), additionalProperties: false }];
  });
  const paths: Record<string, Json> = {};
  const resources = whole.resources as Record<string, { methods?: Record<string, Json> }>;
  for (const { flatPath, httpMethod, id, parameters, request, response } of Object.values(resources).flatMap(
    ({ methods = {} }) => Object.values(methods),
  )) {
    const content = (schema: unknown) => ({
      content: {
        'application/json': {
          schema: rewritten(schema, /"\$ref":"(\w+)"/g, '"$ref":"#/components/schemas/$1"'),
        },
      },
    });
    const operation = {
      operationId: id,
      parameters: Object.entries((parameters ?? {}) as Record<string, Json>).map(([name, one]) => ({
        name,
        in: one.location,
        required: one.required === true,
        schema: { type: one.type },
      })),
      ...(request ? { requestBody: content(request) } : {}),
      // A discovery document describes no errors.
      responses: { 200: response ? content(response) : {}, 401: {}, 404: {}, 409: {}, 412: {} },
    };
    const path = `/${flatPath}`;
    paths[path] = { ...paths[path], [String(httpMethod).toLowerCase()]: operation };
  }
  return { openapi: '3.0.3', paths, components: { schemas: Object.fromEntries(schemas) } };
}

/** JSON hyper-schema of draft 4, as Heroku has it: each link is an operation. */
function fromHyperSchema(whole: Json): Json {
  const definitions = whole.definitions as Record<string, Json>;
  const paths: Record<string, Json> = {};
  for (const [name, { links }] of Object.entries(definitions)) {
    for (const { href, method, rel, schema, targetSchema } of (links ?? []) as Json[]) {
      let count = 0;
      const path = String(href).replace(/\{[^}]+\}/g, () => `{identity${++count === 1 ? '' : count}}`);
      const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, one]) => ({
        name: one,
        in: 'path',
        required: true,
        schema: { type: 'string' },
      }));
      const one = { $ref: `#/definitions/${name}` };
      const reply = {
        content: {
          'application/json': { schema: targetSchema ?? (rel === 'instances' ? { type: 'array', items: one } : one) },
        },
      };
      const earlier = paths[path]?.[String(method).toLowerCase()] as Operation | undefined;
      const body =
        schema && method !== 'GET'
          ? { content: { 'application/json': { schema: openTo(schema, earlier) } } }
          : undefined;
      const responses = { 200: reply, 201: reply, 202: reply, 206: reply };
      const operation = {
        operationId: `${method} ${path}`,
        parameters,
        ...(body ? { requestBody: body } : {}),
        responses,
      };
      paths[path] = { ...paths[path], [String(method).toLowerCase()]: operation };
    }
  }
  const flat = Object.entries(definitions).flatMap(([name, { links: _, definitions: inner = {}, ...whole }]) => [
    [name, whole] as const,
    ...Object.entries(inner as Json).map(([key, value]) => [`${name}.${key}`, value] as const),
  ]);
  const all = rewritten(
    { paths, schemas: Object.fromEntries(flat) },
    /#\/definitions\/([\w-]+)\/definitions\//g,
    '#/components/schemas/$1.',
  );
  const { paths: sliced, schemas } = rewritten(all, /#\/definitions\//g, '#/components/schemas/') as Record<
    string,
    Json
  >;
  return { openapi: '3.0.3', ...(inOpenApi({ paths: sliced, components: { schemas } }) as Json) };
}

/** Keywords of draft 4 that OpenAPI 3.0 has not. */
const foreign = ['strictProperties', 'patternProperties', 'definitions', '$schema', 'links', 'id', 'stability'];

/** A schema of draft 4 as OpenAPI 3.0 writes it: a list of types is one type that may be null. */
function inOpenApi(value: unknown, names = false): unknown {
  if (Array.isArray(value)) return value.map((item) => inOpenApi(item));
  if (typeof value !== 'object' || value === null) return value;
  // Heroku gives the names of hosts this format as well.
  const kept = Object.entries(value).filter(
    ([key, inner]) => names || !(foreign.includes(key) || (key === 'format' && inner === 'uri')),
  );
  const made = Object.fromEntries(kept.map(([key, inner]) => [key, inOpenApi(inner, !names && key === 'properties')]));
  if (names || !Array.isArray(made.type)) return 'patternProperties' in value ? { type: 'object' } : made;
  const { type, ...rest } = made as { readonly type: readonly string[] };
  const types = type.filter((one) => one !== 'null');
  const nullable = types.length < type.length ? { nullable: true } : {};
  if ('patternProperties' in value) return { type: 'object', ...nullable };
  return types.length === 1 ? { ...rest, type: types[0], ...nullable } : rest;
}

interface Operation {
  readonly requestBody?: { readonly content?: Record<string, { readonly schema: unknown }> };
}

/** A second link of the same method and path takes another body. */
function openTo(schema: unknown, earlier: Operation | undefined): unknown {
  const before = earlier?.requestBody?.content?.['application/json']?.schema;
  return before === undefined ? schema : { anyOf: [before, schema] };
}

const [host = '', file = ''] = process.argv.slice(2);
const wanted = hosts[host];
if (!wanted) throw new Error(`Write one of ${Object.keys(hosts).join(', ')}, and the file with its description.`);
const { source, operations, convert = (whole: Json) => whole } = wanted;
const whole = convert(JSON.parse(await readFile(file, 'utf8')) as Json);
const made = slice(whole, { title: host, version: source }, (operation) => operations.includes(operation));
if (operationsOf(made) !== operations.length) {
  throw new Error(`${operationsOf(made)} of ${operations.length} operations are there.`);
}
const target = join(import.meta.dirname, '..', '__tests__', 'fixtures', `${host}-api.json`);
await writeFile(target, `${JSON.stringify(made, null, 1)}\n`);
console.log(`${operations.length} operations in ${target}`);
