import * as v from 'valibot';
import type { HostInputs, HostIO } from '../contract/host.ts';
import { googleApi } from '../google/google-api.ts';

const text = v.nullish(v.string());
const conditionSchema = v.object({ type: text, state: text, message: text, reason: text });
const containerSchema = v.looseObject({
  name: text,
  image: text,
  ports: v.nullish(v.array(v.looseObject({}))),
  env: v.nullish(v.array(v.looseObject({ name: v.string() }))),
});
export type Container = v.InferOutput<typeof containerSchema>;

/** What is not read is kept, because a service is sent back as it came. */
const templateSchema = v.looseObject({
  labels: v.nullish(v.record(v.string(), v.string())),
  containers: v.array(containerSchema),
});
export type Template = v.InferOutput<typeof templateSchema>;

const trafficSchema = v.looseObject({
  type: text,
  revision: text,
  percent: v.nullish(v.number()),
  tag: text,
});
export type Traffic = v.InferOutput<typeof trafficSchema>;

const serviceSchema = v.looseObject({
  name: v.string(),
  etag: text,
  template: templateSchema,
  traffic: v.nullish(v.array(trafficSchema), []),
  trafficStatuses: v.nullish(v.array(trafficSchema), []),
  reconciling: v.nullish(v.boolean()),
  generation: text,
  observedGeneration: text,
  terminalCondition: v.nullish(conditionSchema),
  latestReadyRevision: text,
  latestCreatedRevision: text,
  deleteTime: text,
  uri: text,
});
export type Service = v.InferOutput<typeof serviceSchema>;

const revisionSchema = v.object({
  name: v.string(),
  createTime: text,
  labels: v.nullish(v.record(v.string(), v.string())),
  conditions: v.nullish(v.array(conditionSchema), []),
  containers: v.nullish(v.array(containerSchema), []),
  logUri: text,
});
export type Revision = v.InferOutput<typeof revisionSchema>;

const operationSchema = v.looseObject({ name: v.string() });
const policySchema = v.looseObject({ bindings: v.nullish(v.array(v.looseObject({}))) });

/** https://docs.cloud.google.com/run/docs/reference/rest/v2/projects.locations.services, for one service. */
export function cloudRunApi(inputs: HostInputs) {
  const google = googleApi(inputs);
  const root = google.root('https://run.googleapis.com/v2');
  const at = (name: string, query: Record<string, string> = {}) => {
    const search = new URLSearchParams(query).toString();
    return `${root}/${name}${search && `?${search}`}`;
  };

  return {
    log: google.log,
    get: (service: string, io: HostIO): Promise<Service> =>
      google.send("Cloud Run's service", 'GET', at(service), undefined, serviceSchema, io),

    revision: (service: string, revision: string, io: HostIO): Promise<Revision> =>
      google.send("Cloud Run's revision", 'GET', at(`${service}/revisions/${revision}`), undefined, revisionSchema, io),

    /** Revisions, the newest first. */
    async revisions(service: string, io: HostIO): Promise<Revision[]> {
      const schema = v.object({ revisions: v.nullish(v.array(revisionSchema), []) });
      const url = at(`${service}/revisions`, { pageSize: '100' });
      const { revisions } = await google.send("Cloud Run's revisions", 'GET', url, undefined, schema, io);
      return revisions.sort((a, b) => Date.parse(b.createTime ?? '') - Date.parse(a.createTime ?? ''));
    },

    /** Changes those fields of a service; the etag makes Cloud Run refuse a change on top of another one. */
    async patch(service: string, mask: readonly string[], body: object, io: HostIO): Promise<void> {
      const url = at(service, { updateMask: mask.join(',') });
      await google.send("Cloud Run's update", 'PATCH', url, body, operationSchema, io);
    },

    async create(parent: string, serviceId: string, body: object, io: HostIO): Promise<void> {
      const url = at(`${parent}/services`, { serviceId });
      await google.send("Cloud Run's new service", 'POST', url, body, operationSchema, io);
    },

    async remove(service: string, io: HostIO): Promise<void> {
      await google.send("Cloud Run's deletion", 'DELETE', at(service), undefined, operationSchema, io);
    },

    /** Lets the same callers in at another service. */
    async copyCallers(from: string, to: string, io: HostIO): Promise<void> {
      const policy = await google.send(
        "Cloud Run's callers",
        'GET',
        at(`${from}:getIamPolicy`),
        undefined,
        policySchema,
        io,
      );
      if (!policy.bindings?.length) return;
      const body = { policy: { bindings: policy.bindings } };
      await google.send("Cloud Run's callers", 'POST', at(`${to}:setIamPolicy`), body, policySchema, io);
    },
  };
}

export type CloudRunApi = ReturnType<typeof cloudRunApi>;
