import * as v from 'valibot';
import { ask, askJson } from '../contract/api.ts';
import { HostAnswerError, type HostInputs, type HostIO } from '../contract/host.ts';
import { apiUrl, option } from '../contract/options.ts';

/** https://northflank.com/docs/v1/api; the schemas hold only what is read. */
const text = v.nullish(v.string());

const buildSchema = v.object({
  id: text,
  sha: text,
  status: text,
  concluded: v.nullish(v.boolean()),
  createdAt: text,
  message: text,
});

export type Build = v.InferOutput<typeof buildSchema>;

const serviceSchema = v.object({
  serviceType: text,
  disabledCI: v.nullish(v.boolean()),
  disabledCD: v.nullish(v.boolean()),
  servicePaused: v.nullish(v.boolean()),
  status: v.nullish(v.object({ deployment: v.nullish(v.object({ status: text, lastTransitionTime: text })) })),
  /** `buildSHA` is what is to run, "latest" where every new build is deployed; `deployedSHA` is what runs. */
  deployment: v.nullish(v.object({ internal: v.nullish(v.object({ buildSHA: text, deployedSHA: text })) })),
  ports: v.nullish(
    v.array(
      v.object({
        public: v.nullish(v.boolean()),
        dns: text,
        disableNfDomain: v.nullish(v.boolean()),
        domains: v.nullish(v.array(v.object({ name: v.string() }))),
      }),
    ),
  ),
});

export type Service = v.InferOutput<typeof serviceSchema>;

const dataOf = <const S extends v.GenericSchema>(data: S) => v.object({ data });
const variablesSchema = dataOf(v.object({ runtimeEnvironment: v.nullish(v.record(v.string(), v.unknown())) }));
const logSchema = dataOf(v.array(v.object({ log: v.optional(v.unknown()) })));

/** The requests that Northflank is asked, with the token of the inputs. */
export function northflankApi(inputs: HostInputs) {
  const { service = '', options } = inputs;
  const project = option(options, 'project') ?? '';
  const services = `${apiUrl(options, 'https://api.northflank.com/v1')}/projects/${project}/services`;
  const root = `${services}/${service}`;
  const headers = { authorization: `Bearer ${inputs.token?.reveal()}`, accept: 'application/json' };
  const typed = { ...headers, 'content-type': 'application/json' };

  async function get<const S extends v.GenericSchema>(io: HostIO, what: string, path: string, schema: S) {
    const answer = await askJson(io, what, { method: 'GET', url: root + path, headers }, schema);
    if (answer === undefined) throw new HostAnswerError(`${what}: HTTP 200 with an empty answer`, 200);
    return answer;
  }

  return {
    service: async (io: HostIO): Promise<Service> =>
      (await get(io, `Northflank's service ${service}`, '', dataOf(serviceSchema))).data,

    async startBuild(sha: string, io: HostIO): Promise<Build | undefined> {
      const request = { method: 'POST' as const, url: `${root}/build`, headers: typed, body: JSON.stringify({ sha }) };
      return (await askJson(io, "Northflank's build request", request, dataOf(buildSchema)))?.data;
    },

    build: async (id: string, io: HostIO): Promise<Build> =>
      (await get(io, `Northflank's build ${id}`, `/build/${id}`, dataOf(buildSchema))).data,

    /** Builds of the service, the newest first. */
    async builds(io: HostIO): Promise<Build[]> {
      const schema = dataOf(v.object({ builds: v.array(buildSchema) }));
      const { builds } = (await get(io, "Northflank's list of builds", '/build?per_page=100', schema)).data;
      return builds.toSorted((a, b) => Date.parse(b.createdAt ?? '') - Date.parse(a.createdAt ?? '') || 0);
    },

    async abort(id: string, io: HostIO): Promise<void> {
      await ask(io, "Northflank's abort", { method: 'DELETE', url: `${root}/build/${id}`, headers });
    },

    /** Lets the service run a build that is done. */
    async deploy(buildId: string, io: HostIO): Promise<void> {
      const body = JSON.stringify({ internal: { buildId } });
      await ask(io, "Northflank's deployment", { method: 'POST', url: `${root}/deployment`, headers: typed, body });
    },

    /** Adds and changes variables. Northflank replaces all of them, so that those that are there are sent as well. */
    async setVariables(variables: Readonly<Record<string, string>>, io: HostIO): Promise<void> {
      const there = await get(
        io,
        "Northflank's variables",
        '/runtime-environment?show=this&replaceTemplatedValues=false',
        variablesSchema,
      );
      const runtimeEnvironment = { ...there.data.runtimeEnvironment, ...variables };
      const url = `${services}/combined/${service}`;
      const body = JSON.stringify({ runtimeEnvironment });
      const secrets = Object.values(runtimeEnvironment).map(String);
      await ask(io, "Northflank's variables", { method: 'PATCH', url, headers: typed, body }, secrets);
    },

    /** Lines of the log of a build, or of the app where no build is named, since then, the oldest first. */
    async log(buildId: string | undefined, since: number, io: HostIO): Promise<string[]> {
      const query = new URLSearchParams({ queryType: 'range', lineLimit: '100', direction: 'backward' });
      query.set('startTime', new Date(since).toISOString());
      if (buildId !== undefined) query.set('buildId', buildId);
      const path = `${buildId === undefined ? '/logs' : '/build-logs'}?${query}`;
      const { data } = await get(io, "Northflank's log", path, logSchema);
      return data.map(({ log }) => (typeof log === 'string' ? log : JSON.stringify(log ?? ''))).toReversed();
    },
  };
}

export type NorthflankApi = ReturnType<typeof northflankApi>;
