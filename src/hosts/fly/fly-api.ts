import * as v from 'valibot';
import type { HttpRequest } from '../../core/ports.ts';
import { ask, askJson } from '../contract/api.ts';
import type { HostInputs, HostIO } from '../contract/host.ts';
import { whereThere, whereTold } from '../contract/json-api.ts';
import { apiUrl } from '../contract/options.ts';

/** https://docs.machines.dev; the schemas hold only what is read. */
const text = v.nullish(v.string());

/** A machine's configuration is sent back whole, with what the action does not know in it. */
const configSchema = v.looseObject({
  image: text,
  metadata: v.nullish(v.record(v.string(), v.string())),
  mounts: v.nullish(v.array(v.unknown())),
  standbys: v.nullish(v.array(v.unknown())),
  services: v.nullish(v.array(v.looseObject({ autostop: v.nullish(v.union([v.boolean(), v.string()])) }))),
});

const exitSchema = v.object({
  exit_code: v.nullish(v.number()),
  oom_killed: v.nullish(v.boolean()),
  requested_stop: v.nullish(v.boolean()),
});

const machineSchema = v.object({
  id: v.string(),
  state: v.string(),
  region: text,
  config: v.nullish(configSchema),
  /** The newest first. */
  events: v.nullish(
    v.array(v.object({ type: v.string(), request: v.nullish(v.object({ exit_event: v.nullish(exitSchema) })) })),
  ),
  checks: v.nullish(v.array(v.object({ name: text, status: text, output: text }))),
});

export type Machine = v.InferOutput<typeof machineSchema>;
export type MachineConfig = v.InferOutput<typeof configSchema>;

const appSchema = v.object({ organization: v.nullish(v.object({ slug: v.string() })) });
const leaseSchema = v.object({ data: v.object({ nonce: v.string() }) });
const versionsSchema = v.array(v.object({ version: v.string(), user_config: v.nullish(configSchema) }));
const addressesSchema = v.object({ ips: v.nullish(v.array(v.unknown())) });
const secretsSchema = v.object({ version: v.nullish(v.number()) });
const logsSchema = v.object({ data: v.nullish(v.array(v.object({ attributes: v.object({ message: text }) }))) });

/** Tokens of `fly tokens create` have a scheme of their own. */
const authorizationOf = (token: string): string =>
  /^FlyV1 /.test(token) ? token : /^fm\d/.test(token) ? `FlyV1 ${token}` : `Bearer ${token}`;

/** Seconds after which a lease ends by itself, where the run dies before it gives it back. */
const leaseTime = 60;

/** The requests that Fly.io is asked, with the token of the inputs. */
export function flyApi(inputs: HostInputs) {
  const root = apiUrl(inputs.options, 'https://api.machines.dev/v1');
  const logRoot = apiUrl(inputs.options, 'https://api.fly.io/api/v1');
  const headers = { authorization: authorizationOf(inputs.token?.reveal() ?? ''), accept: 'application/json' };
  const get = (url: string): HttpRequest => ({ method: 'GET', url, headers });
  const post = (path: string, body: object, more: Record<string, string> = {}): HttpRequest => ({
    method: 'POST',
    url: root + path,
    headers: { ...headers, 'content-type': 'application/json', ...more },
    body: JSON.stringify(body),
  });

  return {
    /** The organization of an app; undefined if there is no such app. */
    async organization(app: string, io: HostIO): Promise<string | undefined> {
      const request = get(`${root}/apps/${app}`);
      const found = await whereThere(askJson(io, `Fly.io's app ${app}`, request, appSchema));
      return found?.organization?.slug;
    },

    /** The machines that serve an app or work for it, in an order that stays. */
    async machines(app: string, io: HostIO): Promise<Machine[]> {
      const request = get(`${root}/apps/${app}/machines`);
      const all = (await askJson(io, `Fly.io's machines of ${app}`, request, v.array(machineSchema))) ?? [];
      const isOfApp = ({ state, config }: Machine) =>
        !/^destroy(ed|ing)$/.test(state) && !config?.metadata?.fly_process_group?.startsWith('fly_app_');
      return all.filter(isOfApp).sort((a, b) => (a.id < b.id ? -1 : 1));
    },

    /** Configurations that a machine had, the newest first. */
    async versions(app: string, machine: string, io: HostIO) {
      const request = get(`${root}/apps/${app}/machines/${machine}/versions`);
      return (await askJson(io, `Fly.io's versions of machine ${machine}`, request, versionsSchema)) ?? [];
    },

    /** Replaces a machine's configuration, under a lease, so that two deploys do not change it at the same time. */
    async update(app: string, machine: string, body: object, io: HostIO): Promise<void> {
      const path = `/apps/${app}/machines/${machine}`;
      const description = { description: 'deploy', ttl: leaseTime };
      const lease = await askJson(
        io,
        `Fly.io's lease of machine ${machine}`,
        post(`${path}/lease`, description),
        leaseSchema,
      );
      const nonce = { 'fly-machine-lease-nonce': lease?.data.nonce ?? '' };
      await ask(io, `Fly.io's update of machine ${machine}`, post(path, body, nonce));
      const release = { method: 'DELETE' as const, url: `${root}${path}/lease`, headers: { ...headers, ...nonce } };
      // A lease that is not given back ends by itself.
      await whereTold(io.request(release));
    },

    async createMachine(app: string, body: object, io: HostIO): Promise<void> {
      await ask(io, `Fly.io's new machine of ${app}`, post(`/apps/${app}/machines`, body));
    },

    async createApp(app: string, organization: string, io: HostIO): Promise<void> {
      await ask(io, `Fly.io's new app ${app}`, post('/apps', { app_name: app, org_slug: organization }));
    },

    /** How many public addresses an app has. */
    async addresses(app: string, io: HostIO): Promise<number> {
      const request = get(`${root}/apps/${app}/ip_assignments`);
      return (await askJson(io, `Fly.io's addresses of ${app}`, request, addressesSchema))?.ips?.length ?? 0;
    },

    async assignAddress(app: string, type: 'shared_v4' | 'v6', io: HostIO): Promise<void> {
      await ask(io, `Fly.io's address of ${app}`, post(`/apps/${app}/ip_assignments`, { type }));
    },

    async removeApp(app: string, io: HostIO): Promise<void> {
      const request = { method: 'DELETE' as const, url: `${root}/apps/${app}?force=true`, headers };
      await ask(io, `Fly.io's deletion of ${app}`, request);
    },

    /** Adds and changes secrets, and leaves all others. The version that has them. */
    async setSecrets(app: string, values: Readonly<Record<string, string>>, io: HostIO): Promise<number | undefined> {
      const request = post(`/apps/${app}/secrets`, { values });
      const what = `Fly.io's secrets of ${app}`;
      return (await askJson(io, what, request, secretsSchema, Object.values(values)))?.version ?? undefined;
    },

    async log(app: string, io: HostIO): Promise<string[]> {
      const page = await askJson(io, "Fly.io's log", get(`${logRoot}/apps/${app}/logs?next_token=`), logsSchema);
      return (page?.data ?? []).flatMap(({ attributes }) => attributes.message ?? []);
    },
  };
}

export type FlyApi = ReturnType<typeof flyApi>;
