import * as v from 'valibot';
import { parseJson } from '../contract/api.ts';
import { HostAnswerError } from '../contract/host.ts';

/** A value in the shape of the schema, or an error that says whose answer it was. */
export function shaped<const S extends v.GenericSchema>(what: string, value: unknown, schema: S): v.InferOutput<S> {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  const path = v.getDotPath(issue);
  throw new HostAnswerError(`${what}: HTTP 200 with another shape${path ? ` in "${path}"` : ''} than expected`, 200);
}

export function readJson<const S extends v.GenericSchema>(what: string, body: Uint8Array, schema: S): v.InferOutput<S> {
  const json = parseJson(new TextDecoder().decode(body));
  if (!json || Array.isArray(json))
    throw new HostAnswerError(`${what}: HTTP 200 with a body that is no JSON object`, 200);
  return shaped(what, json, schema);
}
