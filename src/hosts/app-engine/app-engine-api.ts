import * as v from 'valibot';
import type { HostInputs, HostIO } from '../contract/host.ts';
import { googleApi } from '../google/google-api.ts';

const text = v.nullish(v.string());
const serviceSchema = v.object({
  split: v.nullish(v.object({ allocations: v.nullish(v.record(v.string(), v.number()), {}) })),
});
export type Service = v.InferOutput<typeof serviceSchema>;

/** What is not read is kept, because a new version is made from the one that serves. */
const versionSchema = v.looseObject({
  id: v.string(),
  createTime: text,
  servingStatus: text,
  versionUrl: text,
  envVariables: v.nullish(v.record(v.string(), v.string())),
  deployment: v.nullish(v.looseObject({ zip: v.nullish(v.looseObject({ sourceUrl: text })) })),
});
export type Version = v.InferOutput<typeof versionSchema>;

const operationSchema = v.object({
  name: v.string(),
  done: v.nullish(v.boolean()),
  error: v.nullish(v.object({ code: v.nullish(v.number()), message: text })),
  metadata: v.nullish(
    v.looseObject({ createVersionMetadata: v.nullish(v.looseObject({ cloudBuildId: text })), ephemeralMessage: text }),
  ),
});
export type Operation = v.InferOutput<typeof operationSchema>;

/** https://docs.cloud.google.com/appengine/docs/admin-api/reference/rest/v1/apps.services.versions */
export function appEngineApi(inputs: HostInputs) {
  const google = googleApi(inputs);
  const root = google.root('https://appengine.googleapis.com/v1');
  const send = <const S extends v.GenericSchema>(
    what: string,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body: object | undefined,
    schema: S,
    io: HostIO,
  ) => google.send(`App Engine's ${what}`, method, `${root}/${path}`, body, schema, io);

  return {
    log: google.log,
    upload: google.upload,
    service: (name: string, io: HostIO): Promise<Service> => send('service', 'GET', name, undefined, serviceSchema, io),

    version: (service: string, id: string, io: HostIO): Promise<Version> =>
      send(`version ${id}`, 'GET', `${service}/versions/${id}?view=FULL`, undefined, versionSchema, io),

    /** Versions of a service, the newest first. */
    async versions(service: string, io: HostIO): Promise<Version[]> {
      const schema = v.object({ versions: v.nullish(v.array(versionSchema), []) });
      const path = `${service}/versions?view=FULL&pageSize=100`;
      const { versions } = await send('versions', 'GET', path, undefined, schema, io);
      return versions.sort((a, b) => Date.parse(b.createTime ?? '') - Date.parse(a.createTime ?? ''));
    },

    /** The operation that makes a version. */
    async create(service: string, version: object, io: HostIO): Promise<string> {
      return (await send('new version', 'POST', `${service}/versions`, version, operationSchema, io)).name;
    },

    /** Sends all traffic to a version; the operation. */
    async moveTraffic(service: string, version: string, io: HostIO): Promise<string> {
      const body = { split: { allocations: { [version]: 1 } } };
      return (await send('traffic', 'PATCH', `${service}?updateMask=split`, body, operationSchema, io)).name;
    },

    async remove(service: string, version: string, io: HostIO): Promise<void> {
      await send('deletion', 'DELETE', `${service}/versions/${version}`, undefined, operationSchema, io);
    },

    operation: (name: string, io: HostIO): Promise<Operation> =>
      send('operation', 'GET', name, undefined, operationSchema, io),

    /** The name under which the app's services are reached. */
    async hostname(project: string, io: HostIO): Promise<string | undefined> {
      const schema = v.object({ defaultHostname: text });
      return (await send('app', 'GET', `apps/${project}`, undefined, schema, io)).defaultHostname ?? undefined;
    },
  };
}

export type AppEngineApi = ReturnType<typeof appEngineApi>;
