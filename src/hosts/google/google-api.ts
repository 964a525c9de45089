import * as v from 'valibot';
import type { HttpRequest } from '../../core/ports.ts';
import { ask, askJson, parseJson } from '../contract/api.ts';
import { HostAnswerError, type HostInputs, type HostIO } from '../contract/host.ts';
import { apiUrl } from '../contract/options.ts';
import { googleToken } from './google-token.ts';

const errorSchema = v.object({ error: v.object({ message: v.string() }) });

/** Requests to Google's APIs with the token of the inputs; each API has its own address. */
export function googleApi(inputs: HostInputs) {
  const token = googleToken(inputs);

  /** Google's errors are in an object `error`, which the plain reading of errors does not know. */
  async function explained<T>(io: HostIO, request: HttpRequest, work: (armed: HostIO) => Promise<T>): Promise<T> {
    let explanation = '';
    const armed: HostIO = {
      ...io,
      request: async (asked) => {
        const answer = await io.request(asked);
        const parsed = v.safeParse(errorSchema, parseJson(new TextDecoder().decode(answer.body)));
        if (answer.status >= 400 && parsed.success)
          explanation = parsed.output.error.message.replace(/\s+/g, ' ').slice(0, 300);
        return answer;
      },
    };
    try {
      return await work(armed);
    } catch (error) {
      if (!(error instanceof HostAnswerError) || explanation === '') throw error;
      const bearer = request.headers?.authorization?.replace(/^Bearer /, '') ?? '';
      const message = explanation.replaceAll(bearer, '***');
      const status = `HTTP ${error.status}`;
      const head = error.message.slice(0, error.message.indexOf(status) + status.length);
      throw new HostAnswerError(`${head} (${message})`, error.status, error.retryAfter);
    }
  }

  async function send<const S extends v.GenericSchema>(
    what: string,
    method: HttpRequest['method'],
    url: string,
    body: object | undefined,
    schema: S,
    io: HostIO,
  ): Promise<v.InferOutput<S>> {
    const headers = { authorization: `Bearer ${await token(io)}`, accept: 'application/json' };
    const typed =
      body === undefined
        ? { headers }
        : { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const request = { method, url, ...typed };
    const answer = await explained(io, request, (armed) => askJson(armed, what, request, schema));
    if (answer === undefined) throw new HostAnswerError(`${what}: an empty answer`, 200);
    return answer;
  }

  return {
    /** The address of an API, with its version: `https://run.googleapis.com/v2`. */
    root: (standard: string) => apiUrl(inputs.options, standard),

    send,

    /** Stores a file in a bucket of Cloud Storage: https://docs.cloud.google.com/storage/docs/json_api/v1/objects/insert */
    async upload(bucket: string, name: string, file: string, io: HostIO): Promise<void> {
      const root = apiUrl(inputs.options, 'https://storage.googleapis.com');
      const query = new URLSearchParams({ uploadType: 'media', name });
      const url = `${root.replace(/\/$/, '')}/upload/storage/v1/b/${encodeURIComponent(bucket)}/o?${query}`;
      const headers = { authorization: `Bearer ${await token(io)}`, 'content-type': 'application/zip' };
      const request = { method: 'POST' as const, url, headers, body: [{ file }], timeout: 30 * 60_000 };
      await explained(io, request, (armed) => ask(armed, `the upload to the bucket ${bucket}`, request));
    },

    /** The last lines of a log by a filter, the oldest first: https://docs.cloud.google.com/logging/docs/reference/v2/rest/v2/entries/list */
    async log(project: string, filter: string, io: HostIO): Promise<string[]> {
      const url = `${apiUrl(inputs.options, 'https://logging.googleapis.com/v2')}/entries:list`;
      const body = { resourceNames: [`projects/${project}`], filter, orderBy: 'timestamp desc', pageSize: 100 };
      const { entries } = await send("Google's log", 'POST', url, body, logSchema, io);
      return (entries ?? [])
        .map(lineOf)
        .filter((line) => line !== '')
        .reverse();
    },
  };
}

const text = v.nullish(v.string());
const entrySchema = v.object({
  textPayload: text,
  jsonPayload: v.nullish(v.looseObject({ message: text })),
  protoPayload: v.nullish(v.looseObject({ status: v.nullish(v.object({ message: text })) })),
});
const logSchema = v.object({ entries: v.nullish(v.array(entrySchema)) });

const lineOf = ({ textPayload, jsonPayload, protoPayload }: v.InferOutput<typeof entrySchema>): string =>
  textPayload ?? jsonPayload?.message ?? protoPayload?.status?.message ?? '';
