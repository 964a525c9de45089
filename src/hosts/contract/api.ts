import * as v from 'valibot';
import type { HttpRequest, HttpResponse } from '../../core/ports.ts';
import { retryAfter } from '../../lib/retry-after.ts';
import { HostAnswerError, type HostIO } from './host.ts';

/**
 * What an error body says, one line, cut: `message`, `error`, `detail`, `error.message` or the first of `errors` of a JSON
 * object, or the text itself.
 */
export function errorText(body: Uint8Array): string {
  const text = new TextDecoder().decode(body).trim();
  const json = parseJson(text);
  const inner = json?.error as { readonly message?: unknown } | null | undefined;
  const first: unknown = Array.isArray(json?.errors) ? json.errors[0] : undefined;
  const ofFirst = typeof first === 'object' && first !== null && 'message' in first ? first.message : first;
  const candidates = [json?.message, json?.error, json?.detail, inner?.message, ofFirst];
  const message = candidates.find((value) => typeof value === 'string');
  const plain = typeof message === 'string' ? message : /^\s*</.test(text) ? '' : text;
  return plain.replace(/\s+/g, ' ').slice(0, 200);
}

/** The text without these values; short ones would blot out words. */
export function withoutValues(text: string, values: readonly string[]): string {
  return values.filter((value) => value.length >= 8).reduce((rest, value) => rest.replaceAll(value, '***'), text);
}

/** The text without the credentials of the request, which some APIs repeat in their errors. */
function withoutCredentials(text: string, { url, headers = {} }: HttpRequest): string {
  const given = Object.entries(headers).filter(([name]) => /auth|token|key/i.test(name));
  const values = [...given.flatMap(([, value]) => value.split(' ')), ...new URL(url).searchParams.values()];
  return withoutValues(text, values);
}

export function parseJson(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Asks a host and gives its answer back where the status is 2xx.
 * @param what Names the request in the error, for example "Render's deploy list".
 * @param secrets Values in the request that must not be in the error, if the host repeats them.
 */
export async function ask(
  io: HostIO,
  what: string,
  request: HttpRequest,
  secrets: readonly string[] = [],
): Promise<HttpResponse> {
  const answer = await io.request(request);
  if (answer.status >= 200 && answer.status < 300) return answer;
  const reason = withoutValues(withoutCredentials(errorText(answer.body), request), secrets);
  const wait = retryAfter(answer.headers, io.now());
  throw new HostAnswerError(`${what}: HTTP ${answer.status}${reason && ` (${reason})`}`, answer.status, wait);
}

/**
 * Asks a host and reads its answer as JSON of the schema's shape; an empty answer is undefined.
 * @throws HostAnswerError that says whose answer it was, where in it the shape is wrong, and what was expected there.
 */
export async function askJson<const S extends v.GenericSchema>(
  io: HostIO,
  what: string,
  request: HttpRequest,
  schema: S,
  secrets: readonly string[] = [],
): Promise<v.InferOutput<S> | undefined> {
  const answer = await ask(io, what, request, secrets);
  const text = new TextDecoder().decode(answer.body).trim();
  if (text === '') return undefined;
  const json = parseJson(text);
  if (json === undefined)
    throw new HostAnswerError(`${what}: HTTP ${answer.status} with a body that is no JSON`, answer.status);
  return checkAnswer(what, answer.status, json, schema);
}

/**
 * A value of an answer in the schema's shape.
 * @throws HostAnswerError that says whose answer it was, where in it the shape is wrong, and what was expected there.
 */
export function checkAnswer<const S extends v.GenericSchema>(
  what: string,
  status: number,
  json: unknown,
  schema: S,
): v.InferOutput<S> {
  // For valibot a list is an object that has none of the entries, which may all be optional.
  const isOtherKind = Array.isArray(json) && schema.expects === 'Object';
  const parsed = isOtherKind ? undefined : v.safeParse(schema, json);
  if (parsed?.success) return parsed.output;
  const wrong = parsed ? wrongPlace(parsed.issues[0]) : 'with a list where an object was expected';
  throw new HostAnswerError(`${what}: HTTP ${status} ${wrong}`, status);
}

const words: Readonly<Record<string, string>> = {
  Object: 'an object',
  Array: 'a list',
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
};

function wordOf(value: unknown): string {
  if (value === null) return 'null';
  const name = Array.isArray(value) ? 'Array' : typeof value === 'object' ? 'Object' : typeof value;
  return words[name] ?? name;
}

/** Where an answer is not what was expected, without its values: one of them could be a credential. */
function wrongPlace(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  if (issue.input === undefined) return path === null ? 'without the data that was asked for' : `without "${path}"`;
  const expected = issue.expected ?? 'another value';
  return `with ${wordOf(issue.input)}${path === null ? '' : ` in "${path}"`} where ${words[expected] ?? expected} was expected`;
}
