import * as v from 'valibot';
import type { HttpRequest } from '../../core/ports.ts';
import { askJson, checkAnswer, withoutValues } from '../contract/api.ts';
import { HostAnswerError, type HostInputs, type HostIO, type ReleaseRequest } from '../contract/host.ts';
import { multipart } from '../contract/multipart.ts';
import { apiUrl } from '../contract/options.ts';

/** https://github.com/caprover/caprover (src/routes); the schemas hold only what is read. */
const text = v.nullish(v.string());

const variableSchema = v.object({ key: v.string(), value: v.string() });

/** An app's definition is sent back whole where one field changes, with what the action does not know in it. */
const appSchema = v.looseObject({
  appName: v.string(),
  deployedVersion: v.number(),
  description: text,
  hasDefaultSubDomainSsl: v.nullish(v.boolean()),
  customDomain: v.nullish(v.array(v.object({ publicDomain: v.string(), hasSsl: v.nullish(v.boolean()) }))),
  envVars: v.nullish(v.array(variableSchema)),
  versions: v.nullish(v.array(v.object({ version: v.number(), deployedImageName: text, gitHash: text }))),
});

export type App = v.InferOutput<typeof appSchema>;

const appsSchema = v.object({ appDefinitions: v.array(appSchema), rootDomain: text });
const buildSchema = v.object({
  isAppBuilding: v.boolean(),
  isBuildFailed: v.boolean(),
  logs: v.nullish(v.object({ lines: v.array(v.string()) })),
});

export type Build = v.InferOutput<typeof buildSchema>;

/** CapRover answers with 200 whatever happened; `status` is its own code: 100 to 102 are good. */
const envelopeSchema = v.object({ status: v.number(), description: text, data: v.optional(v.unknown()) });

/** The HTTP statuses of CapRover's codes: src/api/ApiStatusCodes.ts. All others are 400. */
const statuses: Readonly<Record<number, number>> = {
  1102: 403,
  1105: 401,
  1106: 401,
  1111: 404,
  1112: 401,
  1113: 429,
  1114: 403,
};

/** After wrong passwords CapRover takes none for this long. */
const backOff = 30_000;
/** An artifact of hundreds of megabytes takes minutes. */
const uploadTimeout = 15 * 60_000;

/** The requests that CapRover is asked, with the password or the app token of the inputs. */
export function caproverApi(inputs: HostInputs) {
  const root = apiUrl(inputs.options, 'https://captain.example.com/api/v2');
  const secret = inputs.token?.reveal() ?? '';
  const plain = { 'x-namespace': 'captain', accept: 'application/json' };
  let session: string | undefined;

  async function ask<const S extends v.GenericSchema>(
    io: HostIO,
    what: string,
    request: HttpRequest,
    schema: S,
    secrets: readonly string[] = [],
  ): Promise<v.InferOutput<S>> {
    const hidden = [secret, session ?? '', ...secrets];
    const answer = await askJson(io, what, request, envelopeSchema, hidden);
    if (answer === undefined) throw new HostAnswerError(`${what}: HTTP 200 with an empty answer`, 200);
    if (answer.status < 1000) return checkAnswer(what, 200, answer.data, schema);
    const status = statuses[answer.status] ?? 400;
    const complaint = withoutValues((answer.description ?? '').replace(/\s+/g, ' ').slice(0, 200), hidden);
    const wait = status === 429 ? backOff : undefined;
    throw new HostAnswerError(`${what}: HTTP ${status} (${complaint || `code ${answer.status}`})`, status, wait);
  }

  /** Headers with the token that the password is changed for, once in a run. */
  async function signedIn(io: HostIO): Promise<Record<string, string>> {
    if (session === undefined) {
      const body = JSON.stringify({ password: secret });
      const headers = { ...plain, 'content-type': 'application/json' };
      const request = { method: 'POST' as const, url: `${root}/login`, headers, body };
      session = (await ask(io, "CapRover's login", request, v.object({ token: v.string() }))).token;
    }
    return { ...plain, 'x-captain-auth': session };
  }

  const get = async (io: HostIO, path: string): Promise<HttpRequest> => ({
    method: 'GET',
    url: root + path,
    headers: await signedIn(io),
  });
  const post = async (io: HostIO, path: string, body: object): Promise<HttpRequest> => ({
    method: 'POST',
    url: root + path,
    headers: { ...(await signedIn(io)), 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

  const definitions = '/user/apps/appDefinitions';
  const dataOf = (app: string) => `/user/apps/appData/${app}`;
  const anything = v.unknown();

  return {
    async apps(io: HostIO) {
      return ask(io, "CapRover's list of apps", await get(io, definitions), appsSchema);
    },

    async build(app: string, io: HostIO): Promise<Build> {
      return ask(io, `CapRover's build of ${app}`, await get(io, dataOf(app)), buildSchema);
    },

    async appLog(app: string, io: HostIO): Promise<string[]> {
      const request = await get(io, `${dataOf(app)}/logs?encoding=utf-8`);
      const { logs } = await ask(io, "CapRover's log", request, v.object({ logs: v.string() }));
      return logs.split(/\r?\n/);
    },

    /** Lets an app run an image, which CapRover does not build. */
    async deployImage(app: string, image: string, gitHash: string, io: HostIO): Promise<void> {
      const captainDefinitionContent = JSON.stringify({ schemaVersion: 2, imageName: image });
      const request = await post(io, `${dataOf(app)}?detached=1`, { captainDefinitionContent, gitHash });
      await ask(io, "CapRover's deploy request", request, anything);
    },

    /** Sends the artifact, which CapRover builds. With an app token there is no login. */
    async deployArtifact(
      app: string,
      artifact: NonNullable<ReleaseRequest['artifact']>,
      gitHash: string,
      isAppToken: boolean,
      io: HostIO,
    ): Promise<void> {
      const file = { field: 'sourceFile', name: 'release.tar', content: { file: artifact.path } };
      const { contentType, body } = multipart(`release-${artifact.sha256}`, { gitHash }, file);
      const credential = isAppToken ? { ...plain, 'x-captain-app-token': secret } : await signedIn(io);
      const headers = { ...credential, 'content-type': contentType };
      const url = `${root}${dataOf(app)}?detached=1`;
      const request = { method: 'POST' as const, url, headers, body, timeout: uploadTimeout };
      await ask(io, "CapRover's deploy request", request, anything);
    },

    /** Changes a definition; what is not in it would be reset. */
    async update(app: App, io: HostIO, secrets: readonly string[]): Promise<void> {
      await ask(
        io,
        `CapRover's update of ${app.appName}`,
        await post(io, `${definitions}/update`, app),
        anything,
        secrets,
      );
    },

    async register(app: string, io: HostIO): Promise<void> {
      const request = await post(io, `${definitions}/register`, {
        appName: app,
        projectId: '',
        hasPersistentData: false,
      });
      await ask(io, `CapRover's new app ${app}`, request, anything);
    },

    async enableSsl(app: string, io: HostIO): Promise<void> {
      const request = await post(io, `${definitions}/enablebasedomainssl`, { appName: app });
      await ask(io, `CapRover's certificate of ${app}`, request, anything);
    },

    async remove(app: string, io: HostIO): Promise<void> {
      const request = await post(io, `${definitions}/delete`, { appName: app, volumes: [] });
      await ask(io, `CapRover's deletion of ${app}`, request, anything);
    },
  };
}

export type CaproverApi = ReturnType<typeof caproverApi>;
