import { hash } from 'node:crypto';
import type { HttpRequest, HttpResponse } from '../../core/ports.ts';
import { retryAfter } from '../../lib/retry-after.ts';
import { createSigner, encodeKey, type SigningCredentials, unsignedPayload } from '../../store/s3/signature.ts';
import { parseJson } from '../contract/api.ts';
import { HostAnswerError, type HostInputs, type HostIO } from '../contract/host.ts';
import { option } from '../contract/options.ts';
import { awsCredentials } from './aws-credentials.ts';

/** Codes by which AWS says "too many requests" with HTTP 400. */
const throttled = /Throttl|TooManyRequests|TooManyInvalidations|RequestLimitExceeded|SlowDown/;

/** Code and message of an error, out of XML or JSON. */
function errorOf(body: Uint8Array): { code: string; message: string } {
  const text = new TextDecoder().decode(body);
  const json = parseJson(text);
  const first = (...names: string[]) => names.map((name) => json?.[name]).find((value) => typeof value === 'string');
  const tag = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1];
  const code = String(first('__type', 'code', 'Code') ?? tag('Code') ?? '').replace(/^.*#/, '');
  const message = String(first('message', 'Message') ?? tag('Message') ?? '');
  return { code, message: message.replace(/\s+/g, ' ').slice(0, 300) };
}

/** The error of an answer, without the credentials, which a proxy could repeat. */
function answerError(what: string, answer: HttpResponse, credentials: SigningCredentials, now: number): Error {
  const told = errorOf(answer.body);
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const message = [accessKeyId, secretAccessKey, sessionToken ?? '']
    .filter((value) => value !== '')
    .reduce((text, value) => text.replaceAll(value, '***'), [told.code, told.message].filter(Boolean).join(': '));
  const status = answer.status === 400 && throttled.test(told.code) ? 429 : answer.status;
  const wait = retryAfter(answer.headers, now);
  return new HostAnswerError(`${what}: HTTP ${answer.status}${message && ` (${message})`}`, status, wait);
}

export interface AwsCall {
  /** In errors: "Elastic Beanstalk's events". */
  readonly what: string;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request to a path of a service that speaks REST. */
export interface AwsRestCall {
  readonly what: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** XML; absent in a GET. */
  readonly body?: string;
}

/** What differs from a service of one region whose keys are those of the host. */
export interface AwsApiOptions {
  /** Address of a service that has the same one everywhere. */
  readonly address?: string;
  readonly credentials?: (io: HostIO) => Promise<SigningCredentials>;
}

/** Uploads can be as large as a project; at 1 MB/s this is 1.8 GB. */
const uploadTimeout = 30 * 60_000;

/** Signed requests to one service of AWS in a region; `service` is its name in signatures and in its address. */
export function awsApi(inputs: HostInputs, service: string, region: string, more: AwsApiOptions = {}) {
  const given = option(inputs.options, 'api-url') ?? more.address;
  const root = (name: string) => given?.replace(/\/$/, '') ?? `https://${name}.${region}.${domainOf(region)}`;
  let credentials: Promise<SigningCredentials> | undefined;
  const getCredentials = (io: HostIO) => {
    credentials ??= more.credentials?.(io) ?? awsCredentials(inputs, io);
    return credentials;
  };

  async function send(what: string, name: string, request: HttpRequest, payload: string, io: HostIO) {
    const keys = await getCredentials(io);
    const { host, pathname } = new URL(request.url);
    const unsigned = {
      method: request.method,
      path: pathname,
      query: {},
      host,
      headers: { ...request.headers },
      payload,
    };
    const { host: _host, ...headers } = createSigner(region, name)(unsigned, keys, io.now());
    const answer = await io.request({ ...request, headers });
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw answerError(what, answer, keys, io.now());
  }

  return {
    region,
    call({ what, contentType, body, headers = {} }: AwsCall, io: HostIO): Promise<HttpResponse> {
      const payload = hash('sha256', body);
      const typed = { ...headers, 'content-type': contentType };
      return send(what, service, { method: 'POST', url: `${root(service)}/`, headers: typed, body }, payload, io);
    },
    rest({ what, method, path, body }: AwsRestCall, io: HostIO): Promise<HttpResponse> {
      const typed = body === undefined ? {} : { headers: { 'content-type': 'application/xml' }, body };
      return send(what, service, { method, url: `${root(service)}${path}`, ...typed }, hash('sha256', body ?? ''), io);
    },
    /** Stores a file in a bucket of the region. */
    async upload(bucket: string, key: string, file: string, io: HostIO): Promise<void> {
      const url = `${root('s3')}/${bucket}/${encodeKey(key)}`;
      const request = { method: 'PUT' as const, url, body: [{ file }], timeout: uploadTimeout };
      await send(`the upload to the bucket ${bucket}`, 's3', request, unsignedPayload, io);
    },
  };
}

const domainOf = (region: string) => (region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com');

export type AwsApi = ReturnType<typeof awsApi>;
