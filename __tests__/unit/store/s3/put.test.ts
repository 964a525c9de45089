import { describe, expect, test } from '@jest/globals';
import { createWeightedSemaphore } from '../../../../src/lib/weighted-semaphore.ts';
import { createPut } from '../../../../src/store/s3/put.ts';
import type { S3Response } from '../../../../src/store/s3/transport.ts';
import { vendorOf } from '../../../../src/store/vendors.ts';
import { never } from '../../../support/fakes.ts';
import { md5 } from '../../../support/md5.ts';

/** What an answer to a PUT proves, with status 200, and when HEAD has to decide (B6). */
const body = Buffer.from('p { color: red }');
const sum = md5(body);
const other = '0'.repeat(32);
const failure = '<?xml version="1.0"?><Error><Code>InternalError</Code><Message>We failed.</Message></Error>';

const found = {
  headers: { contentType: 'text/css', cacheControl: '' },
  lastModified: 0,
  encrypted: false,
  md5: undefined,
};

interface Case {
  /** Of the answer. */
  readonly etag?: string;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What HEAD finds; nothing if absent. */
  readonly there?: { readonly etag: string; readonly size: number };
}

async function put(vendor: string, { etag, text = '', headers, there }: Case) {
  const asked: string[] = [];
  const answer: S3Response = {
    status: 200,
    headers: { ...(etag === undefined ? {} : { etag: `"${etag}"` }), ...headers },
    body: Buffer.from(text),
  };
  const { put: store } = createPut({
    transport: { send: async () => answer } as unknown as Parameters<typeof createPut>[0]['transport'],
    sdk: () => Promise.reject(new Error('nobody needs the SDK')),
    vendor: vendorOf(vendor === 'aws' ? undefined : 'https://s3.unknown.test'),
    limiter: createWeightedSemaphore({ value: 1 }, 1_000),
    md5: () => Promise.reject(new Error('nobody sends parts')),
    head: async (key) => {
      asked.push(key);
      return there && { ...found, ...there };
    },
    ownerAcl: undefined,
    encryption: undefined,
    onWithoutAcl: () => undefined,
  });
  const request = {
    key: 'a.css',
    body,
    md5: sum,
    headers: { contentType: 'text/css', cacheControl: '' },
    acl: undefined,
  };
  const result = await store(request, never).catch((error: Error) => error.message);
  return { result, asked: asked.length };
}

const whole = { size: body.length };
const elsewise = 'the bucket has other bytes under a.css than it was sent';

describe('a PUT that is answered 200', () => {
  test.each(['aws', 'unknown'])('with the MD5 as ETag is stored, and nobody is asked again: %s', async (vendor) => {
    expect(await put(vendor, { etag: sum })).toEqual({ result: sum, asked: 0 });
  });

  test.each<[string, Case]>([
    ['an error and no ETag', { text: failure }],
    ['an error and the MD5 as ETag', { etag: sum, text: failure }],
    ['an error and another ETag', { etag: 'v1', text: failure }],
    ['another ETag', { etag: 'v1' }],
    ['no ETag', {}],
  ])('with %s, and is not there, was not stored', async (_, said) => {
    expect(await put('unknown', said)).toEqual({ result: elsewise, asked: 1 });
  });

  test.each<[string, Case, string]>([
    ['an error and no ETag', { text: failure, there: { etag: sum, ...whole } }, sum],
    ['another ETag', { etag: 'v1', there: { etag: 'v1', ...whole } }, 'v1'],
    ['no ETag', { there: { etag: 'v1', ...whole } }, 'v1'],
  ])('with %s, and is there all the same, has the ETag that HEAD says', async (_, said, etag) => {
    expect(await put('unknown', said)).toEqual({ result: etag, asked: 1 });
  });

  test.each<[string, Case]>([
    ['of another size', { there: { etag: sum, size: 3 } }],
    ['of another ETag than was said', { etag: 'v1', there: { etag: 'v2', ...whole } }],
  ])('and what is there is %s: it is somebody else’s', async (_, said) => {
    expect(await put('unknown', said)).toEqual({ result: elsewise, asked: 1 });
  });

  test('with another MD5 has other bytes, where ETags are MD5s, and need not be', async () => {
    expect(await put('aws', { etag: other })).toEqual({ result: elsewise, asked: 0 });
    const encrypted = { 'x-amz-server-side-encryption': 'aws:kms' };
    expect(await put('aws', { etag: other, headers: encrypted })).toEqual({ result: other, asked: 0 });
  });
});
