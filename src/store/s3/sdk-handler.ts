import type { Dispatcher } from 'undici';
import { encodeQuery } from './signature.ts';

/** A request as the SDK hands it over, with its signature in the headers. */
interface SdkRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  /** Encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** Milliseconds: to complete an upload of many parts takes a vendor minutes. */
const answerTime = 300_000;

/** Errors of the connection that the SDK does not know, as one that it tries again. */
function asTransient(error: unknown): unknown {
  const { code = '', message } = error as { code?: string; message: string };
  return code.startsWith('UND_ERR_')
    ? Object.assign(new Error(message, { cause: error }), { name: 'TimeoutError', code })
    : error;
}

/**
 * Sends what the SDK asks for over the connections of the transport, so that proxies and authorities count for both halves
 * alike.
 */
export function createSdkHandler(agent: Dispatcher) {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle(request: SdkRequest, { abortSignal }: { readonly abortSignal?: unknown } = {}) {
      const { method, protocol, hostname, port, path, query = {}, headers, body } = request;
      // undici answers "Expect: 100-continue" with an error, and bodies here are small.
      const { expect: _, ...sent } = headers;
      const pairs = Object.entries(query).map(([name, value]): [string, string] => [name, String(value ?? '')]);
      const search = encodeQuery(Object.fromEntries(pairs));
      try {
        const answer = await agent.request({
          origin: `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`,
          path: search ? `${path}?${search}` : path,
          method: method as Dispatcher.HttpMethod,
          headers: sent,
          body: body ?? null,
          signal: (abortSignal as AbortSignal | undefined) ?? null,
          headersTimeout: answerTime,
          bodyTimeout: answerTime,
        });
        const flat = Object.entries(answer.headers).map(([name, value]) => [name, String(value)] as const);
        return { response: { statusCode: answer.statusCode, headers: Object.fromEntries(flat), body: answer.body } };
      } catch (error) {
        throw asTransient(error);
      }
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    // The connections belong to the transport.
    destroy: () => undefined,
  };
}
