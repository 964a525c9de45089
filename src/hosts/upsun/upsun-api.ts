import * as v from 'valibot';
import { ask, askJson } from '../contract/api.ts';
import { HostAnswerError, type HostInputs, type HostIO } from '../contract/host.ts';
import { whereThere } from '../contract/json-api.ts';
import { apiUrl } from '../contract/options.ts';

/** https://docs.upsun.com/api; the schemas hold only what is read. */
const text = v.nullish(v.string());

const activitySchema = v.object({
  id: v.string(),
  type: text,
  created_at: text,
  state: text,
  result: text,
  description: text,
  log: text,
  /** It differs between the kinds of activities; that of a push names its commits. */
  payload: v.optional(v.unknown()),
});

export type Activity = v.InferOutput<typeof activitySchema>;

const environmentSchema = v.object({
  id: v.string(),
  status: text,
  type: text,
  is_main: v.nullish(v.boolean()),
  head_commit: text,
});

export type Environment = v.InferOutput<typeof environmentSchema>;

const acceptedSchema = v.object({
  _embedded: v.nullish(v.object({ activities: v.nullish(v.array(v.object({ id: v.string() }))) })),
});

const tokenSchema = v.object({ access_token: v.string(), expires_in: v.nullish(v.number()) });
const deploymentSchema = v.object({
  routes: v.nullish(v.record(v.string(), v.object({ primary: v.nullish(v.boolean()), type: text }))),
});

/** A token is renewed this long before it ends. */
const margin = 60_000;

/** The requests that Upsun is asked, with the API token of the inputs. */
export function upsunApi(inputs: HostInputs) {
  const { options, service: project = '' } = inputs;
  const root = `${apiUrl(options, 'https://api.upsun.com')}/projects/${project}`;
  const authUrl = new URL('/oauth2/token', apiUrl(options, 'https://auth.upsun.com')).href;
  const secret = inputs.token?.reveal() ?? '';
  let access: { readonly token: string; readonly until: number } | undefined;

  /** An API token is exchanged for an access token, which lasts for minutes. */
  async function headers(io: HostIO): Promise<Record<string, string>> {
    if (access === undefined || access.until <= io.now()) {
      const body = new URLSearchParams({ grant_type: 'api_token', api_token: secret }).toString();
      const client = `Basic ${Buffer.from('platform-api-user:').toString('base64')}`;
      const typed = {
        authorization: client,
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
      };
      const request = { method: 'POST' as const, url: authUrl, headers: typed, body };
      const answer = await askJson(io, "Upsun's access token", request, tokenSchema, [secret]);
      if (!answer) throw new HostAnswerError("Upsun's access token: HTTP 200 with an empty answer", 200);
      access = { token: answer.access_token, until: io.now() + (answer.expires_in ?? 900) * 1_000 - margin };
    }
    return { authorization: `Bearer ${access.token}`, accept: 'application/json' };
  }

  async function get<const S extends v.GenericSchema>(io: HostIO, what: string, path: string, schema: S) {
    const request = { method: 'GET' as const, url: root + path, headers: await headers(io) };
    const answer = await askJson(io, what, request, schema, [secret]);
    if (answer === undefined) throw new HostAnswerError(`${what}: HTTP 200 with an empty answer`, 200);
    return answer;
  }

  /** Asks an environment to do something; the id of the activity that does it. */
  async function start(io: HostIO, what: string, path: string): Promise<string | undefined> {
    const typed = { ...(await headers(io)), 'content-type': 'application/json' };
    const request = { method: 'POST' as const, url: root + path, headers: typed, body: '{}' };
    return (await askJson(io, what, request, acceptedSchema, [secret]))?._embedded?.activities?.[0]?.id;
  }

  const pathOf = (environment: string) => `/environments/${encodeURIComponent(environment)}`;

  return {
    /** Undefined if there is no such environment. */
    environment: (id: string, io: HostIO): Promise<Environment | undefined> =>
      whereThere(get(io, `Upsun's environment ${id}`, pathOf(id), environmentSchema)),

    /** Activities of an environment, the newest first. */
    async activities(environment: string, io: HostIO): Promise<Activity[]> {
      const path = `${pathOf(environment)}/activities`;
      const found = await get(io, "Upsun's list of activities", path, v.array(activitySchema));
      return found.toSorted((a, b) => Date.parse(b.created_at ?? '') - Date.parse(a.created_at ?? '') || 0);
    },

    activity: (environment: string, id: string, io: HostIO): Promise<Activity> =>
      get(io, `Upsun's activity ${id}`, `${pathOf(environment)}/activities/${id}`, activitySchema),

    redeploy: (environment: string, io: HostIO) => start(io, "Upsun's redeploy", `${pathOf(environment)}/redeploy`),
    activate: (environment: string, io: HostIO) =>
      start(io, `Upsun's activation of ${environment}`, `${pathOf(environment)}/activate`),
    deactivate: (environment: string, io: HostIO) =>
      start(io, `Upsun's deactivation of ${environment}`, `${pathOf(environment)}/deactivate`),

    async cancel(environment: string, id: string, io: HostIO): Promise<void> {
      const url = `${root}${pathOf(environment)}/activities/${id}/cancel`;
      const typed = { ...(await headers(io)), 'content-type': 'application/json' };
      await ask(io, "Upsun's cancel", { method: 'POST', url, headers: typed, body: '{}' }, [secret]);
    },

    /** The primary URL of what is deployed. */
    async url(environment: string, io: HostIO): Promise<string | undefined> {
      const { routes } = await get(
        io,
        "Upsun's deployment",
        `${pathOf(environment)}/deployments/current`,
        deploymentSchema,
      );
      const all = Object.entries(routes ?? {}).filter(([url]) => url.startsWith('https://'));
      return (all.find(([, { primary }]) => primary) ?? all.find(([, { type }]) => type !== 'redirect'))?.[0];
    },
  };
}

export type UpsunApi = ReturnType<typeof upsunApi>;
