import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EmulatorReply, EmulatorRequest } from '../emulator.ts';

/** The keys that emulators of AWS know. */
export const awsKeys = { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
export const awsRegion = 'eu-central-1';

interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, string>>;
  readonly member?: string;
  readonly value?: string;
  readonly enum?: readonly string[];
}
interface Operation {
  readonly input?: string;
  readonly output?: string;
  /** Of a service that speaks REST: `/2020-05-31/distribution/{Id}`. */
  readonly method?: string;
  readonly uri?: string;
  readonly status?: number;
}
interface Model {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

const models = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'aws-api.json'), 'utf8'),
) as Record<'elasticbeanstalk' | 'ecs' | 'logs' | 'cloudfront', Model>;

/** What of a value is not as AWS's own model of the service says. Scalars of the Query protocol are all text. */
function complaintsOf(model: Model, name: string, value: unknown, at: string, isQuery: boolean): string[] {
  const shape = model.shapes[name];
  if (!shape) return [`${at}: the model has no shape ${name}`];
  const inner = (shapeName: string, one: unknown, place: string) => complaintsOf(model, shapeName, one, place, isQuery);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (shape.type === 'structure') {
    if (!isObject) return [`${at} is no structure`];
    const given = value as Record<string, unknown>;
    const missing = (shape.required ?? []).filter((key) => given[key] === undefined);
    return [
      ...missing.map((key) => `${at}.${key} is missing`),
      ...Object.entries(given).flatMap(([key, one]) => {
        const member = shape.members?.[key];
        return member === undefined ? [`${at}.${key} is not in the model`] : inner(member, one, `${at}.${key}`);
      }),
    ];
  }
  if (shape.type === 'list') {
    if (!Array.isArray(value)) return [`${at} is no list`];
    return value.flatMap((one, index) => inner(shape.member ?? '', one, `${at}[${index}]`));
  }
  if (shape.type === 'map') {
    if (!isObject) return [`${at} is no map`];
    return Object.entries(value).flatMap(([key, one]) => inner(shape.value ?? '', one, `${at}.${key}`));
  }
  const kinds: Readonly<Record<string, string>> = {
    string: 'string',
    boolean: 'boolean',
    timestamp: 'number',
    integer: 'number',
    long: 'number',
    double: 'number',
  };
  const kind = isQuery ? 'string' : (kinds[shape.type] ?? 'string');
  if (typeof value !== kind) return [`${at} is no ${shape.type}`];
  return shape.enum && !shape.enum.includes(String(value)) ? [`${at} "${value}" is none of the model`] : [];
}

/** The operation of a service that speaks REST, by its request; undefined where the model has none. */
export function awsOperation(service: keyof typeof models, method: string, path: string): Operation | undefined {
  return Object.values(models[service].operations).find(
    ({ method: own, uri = '' }) => own === method && new RegExp(`^${uri.replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );
}

/** Holds an operation against the model; an unknown word of a plot is meant to be none of it. */
export function judgeAws(
  service: keyof typeof models,
  operation: string,
  direction: 'input' | 'output',
  value: unknown,
): string[] {
  const model = models[service];
  const known = model.operations[operation];
  if (!known) return [`${operation} is not in the model`];
  const shape = known[direction];
  return shape === undefined ? [] : complaintsOf(model, shape, value, operation, service === 'elasticbeanstalk');
}

/** What of the signature of a request can be told without the secret, and the refusal where it is not ours. */
export function checkSigned(request: EmulatorRequest, service: string, raw: string, region = awsRegion): string[] {
  const { authorization = '', 'x-amz-date': date = '', 'x-amz-content-sha256': sum = '' } = request.headers;
  const scope = new RegExp(
    `^AWS4-HMAC-SHA256 Credential=${awsKeys.id}/\\d{8}/${region}/${service}/aws4_request, SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, Signature=[0-9a-f]{64}$`,
  );
  const wrong: string[] = [];
  if (!scope.test(authorization)) wrong.push(`${service}: signed as ${authorization}`);
  if (!/^\d{8}T\d{6}Z$/.test(String(date))) wrong.push(`${service}: no x-amz-date`);
  const expected = service === 's3' ? 'UNSIGNED-PAYLOAD' : createHash('sha256').update(raw).digest('hex');
  if (sum !== expected) wrong.push(`${service}: x-amz-content-sha256 ${sum}`);
  return wrong;
}

/** `A.member.1.B=c` as a value: https://docs.aws.amazon.com/elasticbeanstalk/latest/api/using-query-api.html */
export function readQuery(body: string): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(body)) {
    let at = root;
    const parts = name.split('.');
    for (const part of parts.slice(0, -1)) {
      at[part] ??= {};
      at = at[part] as Record<string, unknown>;
    }
    at[parts.at(-1) ?? ''] = value;
  }
  return lists(root) as Record<string, unknown>;
}

function lists(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === 'member') return Object.values(first[1] as object).map(lists);
  return Object.fromEntries(entries.map(([name, one]) => [name, lists(one)]));
}

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? '');

function toXml(value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => `<member>${toXml(one)}</member>`).join('');
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([name, one]) => `<${name}>${toXml(one)}</${name}>`)
      .join('');
  return escaped(String(value));
}

const xmlns = 'http://elasticbeanstalk.amazonaws.com/docs/2010-12-01/';

export const queryReply = (action: string, result: object, requestId: string): EmulatorReply => ({
  status: 200,
  headers: { 'content-type': 'text/xml' },
  body: `<${action}Response xmlns="${xmlns}"><${action}Result>${toXml(result)}</${action}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`,
});

export const queryError = (status: number, code: string, message: string): EmulatorReply => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: `<ErrorResponse xmlns="${xmlns}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
});
