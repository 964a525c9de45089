import type * as v from 'valibot';
import { HostAnswerError, type HostIO } from '../contract/host.ts';
import type { AwsApi } from './aws-api.ts';
import { shaped } from './aws-json.ts';

/** A parameter of the Query protocol: text, a list, or a structure. */
export type QueryValue = string | boolean | readonly QueryValue[] | { readonly [name: string]: QueryValue | undefined };

/** `Names.member.1=a`, `Source.Bucket=b`: https://docs.aws.amazon.com/elasticbeanstalk/latest/api/using-query-api.html */
export function encodeParameters(parameters: Readonly<Record<string, QueryValue | undefined>>): URLSearchParams {
  const query = new URLSearchParams();
  const add = (name: string, value: QueryValue | undefined): void => {
    if (value === undefined) return;
    if (typeof value === 'string' || typeof value === 'boolean') query.append(name, String(value));
    else if (Array.isArray(value))
      value.forEach((one: QueryValue, index) => void add(`${name}.member.${index + 1}`, one));
    else for (const [key, one] of Object.entries(value)) add(`${name}.${key}`, one);
  };
  for (const [name, value] of Object.entries(parameters)) add(name, value);
  return query;
}

/** An element as a value: text, a list where its children are called `member` (at EC2 `item`), or an object. */
type XmlValue = string | XmlValue[] | { [name: string]: XmlValue };

/** The XML of an answer of the Query protocol, which has neither attributes nor mixed content that matter. */
export async function readXml(text: string): Promise<Record<string, XmlValue> | undefined> {
  const { Parser } = await import('htmlparser2');
  const stack: { name: string; text: string; children: [string, XmlValue][] }[] = [
    { name: '', text: '', children: [] },
  ];
  const parser = new Parser(
    {
      onopentag: (name) => void stack.push({ name, text: '', children: [] }),
      ontext: (data) => {
        const top = stack.at(-1);
        if (top) top.text += data;
      },
      onclosetag: () => {
        const done = stack.pop();
        if (done) stack.at(-1)?.children.push([done.name, toValue(done)]);
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text);
  const root = stack[0]?.children[0];
  return root === undefined ? undefined : { [root[0]]: root[1] };
}

function toValue({ text, children }: { text: string; children: [string, XmlValue][] }): XmlValue {
  if (children.length === 0) return text.trim();
  if (children.every(([name]) => name === 'member' || name === 'item')) return children.map(([, value]) => value);
  return Object.fromEntries(children);
}

/** One action of a service that speaks the Query protocol; `result` is what `<Action>Result` holds. */
export async function askQuery<const S extends v.GenericSchema>(
  api: AwsApi,
  version: string,
  what: string,
  action: string,
  parameters: Readonly<Record<string, QueryValue | undefined>>,
  schema: S,
  io: HostIO,
): Promise<{ result: v.InferOutput<S>; requestId: string }> {
  const body = encodeParameters({ Action: action, Version: version, ...parameters }).toString();
  const answer = await api.call({ what, contentType: 'application/x-www-form-urlencoded; charset=utf-8', body }, io);
  const read = await readXml(new TextDecoder().decode(answer.body));
  const response = read?.[`${action}Response`];
  if (typeof response !== 'object' || Array.isArray(response))
    throw new HostAnswerError(`${what}: HTTP ${answer.status} with a body that is no ${action}Response`, answer.status);
  const metadata = response.ResponseMetadata;
  const requestId = typeof metadata === 'object' && !Array.isArray(metadata) ? metadata.RequestId : undefined;
  const result = response[`${action}Result`];
  // An empty element is text: an answer in which nothing is set.
  return {
    result: shaped(what, result === undefined || result === '' ? {} : result, schema),
    requestId: typeof requestId === 'string' ? requestId : '',
  };
}
