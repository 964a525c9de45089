import * as v from 'valibot';
import type { BodyPart, HttpRequest } from '../../core/ports.ts';
import { ask, askJson } from '../contract/api.ts';
import { HostAnswerError, type HostInputs, type HostIO } from '../contract/host.ts';
import { whereThere } from '../contract/json-api.ts';
import { multipart } from '../contract/multipart.ts';
import { apiUrl, option } from '../contract/options.ts';
import { userOf } from './pythonanywhere-user.ts';

/** What the file releases.json holds, the newest first; the web app loads the first. */
const releasesSchema = v.array(
  v.object({ release: v.string(), sha: v.string(), rollback: v.optional(v.boolean(), false) }),
);

export type Releases = v.InferOutput<typeof releasesSchema>;

/** What the web app writes when it has loaded a release, or could not. */
const stateSchema = v.object({ release: v.string(), error: v.nullish(v.string()) });

export type State = v.InferOutput<typeof stateSchema>;

const webappSchema = v.object({ domain_name: v.nullish(v.string()), force_https: v.nullish(v.boolean()) });

/** An artifact of hundreds of megabytes takes minutes. */
const uploadTimeout = 15 * 60_000;

const standardOf = ({ options }: HostInputs): string =>
  `https://${option(options, 'region') === 'eu' ? 'eu' : 'www'}.pythonanywhere.com/api/v0`;

/** The requests that PythonAnywhere is asked: https://help.pythonanywhere.com/pages/API */
export function pythonanywhereApi(inputs: HostInputs) {
  const { service: domain = '', options } = inputs;
  const user = userOf(inputs) ?? '';
  const root = `${apiUrl(options, standardOf(inputs))}/user/${user}`;
  const folder = option(options, 'directory') ?? `/home/${user}/deploy`;
  const headers = { authorization: `Token ${inputs.token?.reveal()}`, accept: 'application/json' };
  const fileUrl = (path: string) => `${root}/files/path${path}`;
  const get = (url: string): HttpRequest => ({ method: 'GET', url, headers });

  async function write(name: string, content: BodyPart, boundary: string, io: HostIO): Promise<void> {
    const { contentType, body } = multipart(boundary, {}, { field: 'content', name, content });
    const typed = { ...headers, 'content-type': contentType };
    const request = {
      method: 'POST' as const,
      url: fileUrl(`${folder}/${name}`),
      headers: typed,
      body,
      timeout: uploadTimeout,
    };
    await ask(io, `PythonAnywhere's file ${name}`, request);
  }

  const readJson = <const S extends v.GenericSchema>(name: string, schema: S, io: HostIO) =>
    whereThere(askJson(io, `PythonAnywhere's file ${name}`, get(fileUrl(`${folder}/${name}`)), schema));

  return {
    folder,

    /** @throws HostAnswerError with 404 if there is no such web app. */
    async webapp(io: HostIO) {
      return askJson(io, `PythonAnywhere's web app ${domain}`, get(`${root}/webapps/${domain}/`), webappSchema);
    },

    /** The file that loads the app, where it is where PythonAnywhere puts it. */
    async wsgiFile(io: HostIO): Promise<string | undefined> {
      const path = `/var/www/${domain.replace(/[.-]/g, '_')}_wsgi.py`;
      const answer = await whereThere(ask(io, "PythonAnywhere's WSGI file", get(fileUrl(path))));
      return answer && new TextDecoder().decode(answer.body);
    },

    releases: async (io: HostIO): Promise<Releases> => (await readJson('releases.json', releasesSchema, io)) ?? [],
    state: (io: HostIO): Promise<State | undefined> => readJson('state.json', stateSchema, io),

    async writeReleases(releases: Releases, io: HostIO): Promise<void> {
      await write('releases.json', JSON.stringify(releases, null, 1), 'releases-of-deploy-django', io);
    },

    upload: (release: string, artifact: { readonly path: string; readonly sha256: string }, io: HostIO) =>
      write(`${release}.tar.gz`, { file: artifact.path }, `release-${artifact.sha256}`, io),

    /** Takes a release away that this action put there: its archive, and the folder that the web app made of it. */
    async remove(release: string, io: HostIO): Promise<void> {
      for (const path of [`${folder}/${release}.tar.gz`, `${folder}/${release}`]) {
        const request = { method: 'DELETE' as const, url: fileUrl(path), headers };
        await whereThere(ask(io, `PythonAnywhere's deletion of ${release}`, request));
      }
    },

    /** 409 is the answer for a web app that was reloaded and whose domain does not point to it yet. */
    async reload(io: HostIO): Promise<void> {
      const request = { method: 'POST' as const, url: `${root}/webapps/${domain}/reload/`, headers, timeout: 120_000 };
      try {
        await ask(io, "PythonAnywhere's reload", request);
      } catch (error) {
        if (!(error instanceof HostAnswerError && error.status === 409 && error.message.includes('cname_error')))
          throw error;
      }
    },

    async errorLog(io: HostIO): Promise<string[]> {
      const answer = await ask(io, "PythonAnywhere's error log", get(fileUrl(`/var/log/${domain}.error.log`)));
      return new TextDecoder().decode(answer.body).trimEnd().split(/\r?\n/);
    },
  };
}
