import type * as v from 'valibot';
import { HttpError } from '../../core/http-error.ts';
import type { HttpRequest } from '../../core/ports.ts';
import { ask, askJson } from './api.ts';
import { HostAnswerError, type HostIO } from './host.ts';

/** One request to a JSON API, without what all of them share. `what` names it in errors: "Koyeb's list of deployments". */
interface Call {
  readonly what: string;
  readonly method?: HttpRequest['method'];
  /** Path below the root, with its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** The requests of an API below one root, with the credential in `headers`. */
export function jsonApi(root: string, headers: Readonly<Record<string, string>>) {
  const requestOf = ({ method = 'GET', path, headers: more, body }: Call): HttpRequest => {
    const shared = { accept: 'application/json', ...headers, ...more };
    const url = root + path;
    if (body === undefined) return { method, url, headers: shared };
    return { method, url, headers: { ...shared, 'content-type': 'application/json' }, body: JSON.stringify(body) };
  };
  return {
    /** The answer; undefined where it is empty. */
    json: <const S extends v.GenericSchema>(io: HostIO, call: Call, schema: S) =>
      askJson(io, call.what, requestOf(call), schema),

    /** The answer, which must not be empty. */
    async need<const S extends v.GenericSchema>(io: HostIO, call: Call, schema: S): Promise<v.InferOutput<S>> {
      const answer = await askJson(io, call.what, requestOf(call), schema);
      if (answer === undefined) throw new HostAnswerError(`${call.what}: HTTP 200 with an empty body`, 200);
      return answer;
    },

    /** A request of which nothing but the status matters. */
    async send(io: HostIO, call: Call): Promise<void> {
      await ask(io, call.what, requestOf(call));
    },
  };
}

/** What the work returns, or undefined where the host says that there is no such thing (any more). */
export async function whereThere<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof HostAnswerError && (error.status === 404 || error.status === 410)) return undefined;
    throw error;
  }
}

/** What the work returns, or undefined where the host does not tell it: for what explains an outcome that is known. */
export async function whereTold<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof HostAnswerError || error instanceof HttpError) return undefined;
    throw error;
  }
}

/**
 * What the work returns, or undefined where asking again would not help: the host refuses it, or answers in another shape.
 * For what decides between two outcomes, so that a failure which passes is waited out.
 */
export async function whereKnown<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof HostAnswerError && error.status < 500 && error.status !== 429) return undefined;
    throw error;
  }
}
