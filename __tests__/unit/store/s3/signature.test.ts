import { createHash, createHmac, hash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { SignatureV4 } from '@smithy/signature-v4';
import { amzDate, createSigner, emptyPayload, encodeKey, encodeQuery } from '../../../../src/store/s3/signature.ts';

/** The example account of AWS's documentation. */
const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const now = Date.parse('2013-05-24T00:00:00Z');
const host = 'examplebucket.s3.amazonaws.com';
const signatureOf = (headers: Record<string, string>) =>
  /Signature=([0-9a-f]+)$/.exec(headers.authorization ?? '')?.[1];

// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html, "Examples: Signature calculations".
describe("the signatures of AWS's own examples", () => {
  test('list objects', () => {
    const query = { 'max-keys': '2', prefix: 'J' };
    const request = { method: 'GET', path: '/', query, host, headers: {}, payload: emptyPayload };
    expect(signatureOf(createSigner('us-east-1')(request, credentials, now))).toBe(
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    );
  });

  test('a sub-resource without a value', () => {
    const request = { method: 'GET', path: '/', query: { lifecycle: '' }, host, headers: {}, payload: emptyPayload };
    expect(signatureOf(createSigner('us-east-1')(request, credentials, now))).toBe(
      'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    );
  });
});

/** Signs like the AWS SDK does, as the reference besides the examples. */
async function sdkSignature(
  path: string,
  query: Record<string, string>,
  headers: Record<string, string>,
  token?: string,
) {
  class Sha256 {
    readonly #key: string | ArrayBuffer | undefined;
    #text = Buffer.alloc(0);
    constructor(key?: string | ArrayBuffer) {
      this.#key = key;
    }
    update(chunk: Uint8Array | string) {
      this.#text = Buffer.concat([this.#text, Buffer.from(chunk as Uint8Array)]);
    }
    async digest() {
      const sum =
        this.#key === undefined ? createHash('sha256') : createHmac('sha256', Buffer.from(this.#key as string));
      return new Uint8Array(sum.update(this.#text).digest());
    }
  }
  const signer = new SignatureV4({
    service: 's3',
    region: 'us-east-1',
    uriEscapePath: false,
    applyChecksum: true,
    credentials: { ...credentials, ...(token ? { sessionToken: token } : {}) },
    sha256: Sha256 as never,
  });
  const request = { method: 'PUT', protocol: 'https:', hostname: host, path, query, headers: { ...headers, host } };
  const unsignable = new Set(['content-type', 'cache-control']);
  const signed = await signer.sign(request as never, {
    signingDate: new Date(now),
    unsignableHeaders: unsignable,
  });
  return signatureOf(signed.headers);
}

describe("the signature is that of AWS's SDK", () => {
  const payload = hash('sha256', 'hello');
  test.each<[string, string, Record<string, string>, Record<string, string>, string | undefined]>([
    ['of a plain key', '/a.css', {}, {}, undefined],
    ['of a key that has to be encoded', `/${encodeKey("a b/ü (1)!*'.css")}`, {}, {}, undefined],
    ['of a part', '/film.mp4', { uploadId: 'a/b+c==', partNumber: '7' }, {}, undefined],
    ['with an ACL', '/a', {}, { 'x-amz-acl': 'public-read', 'content-type': 'text/css' }, undefined],
    ['with a Content-MD5', '/a', {}, { 'content-md5': 'nUAsBcbpzSn+UZ9qp1LLvQ==' }, undefined],
    ['with a session token', '/a', {}, {}, 'AQoDYXdzEPT//////////wEXAMPLE=='],
    ['of a key with two slashes and dots', '/a//b/.c', {}, {}, undefined],
  ])('%s', async (_name, path, query, headers, token) => {
    const sent = { ...headers, 'x-amz-content-sha256': payload };
    const own = createSigner('us-east-1')(
      { method: 'PUT', path, query, host, headers, payload },
      { ...credentials, sessionToken: token },
      now,
    );
    expect(signatureOf(own)).toBe(await sdkSignature(path, query, sent, token));
  });
});

describe('a key in a path', () => {
  test.each([
    ['static/a-b_c.~1', 'static/a-b_c.~1'],
    ['a b+c', 'a%20b%2Bc'],
    ["it's (1)!*", 'it%27s%20%281%29%21%2A'],
    ['ü/世', '%C3%BC/%E4%B8%96'],
    ['a%20b', 'a%2520b'],
    ['a//b', 'a//b'],
  ])('%j is %j', (key, path) => {
    expect(encodeKey(key)).toBe(path);
  });
});

test('a query is sorted, and encoded like a key but for its slashes', () => {
  expect(encodeQuery({ prefix: 'a/b c', 'list-type': '2', acl: '' })).toBe('acl=&list-type=2&prefix=a%2Fb%20c');
});

test('a date has neither signs nor fractions', () => {
  expect(amzDate(now + 999)).toBe('20130524T000000Z');
});

describe('what is signed', () => {
  const sign = createSigner('eu-central-1');
  const request = (headers = {}) => ({
    method: 'PUT',
    path: '/k',
    query: {},
    host,
    headers,
    payload: hash('sha256', 'x'),
  });

  test('are the host, Content-MD5 and all x-amz- headers; others are only sent', () => {
    const headers = sign(request({ 'x-amz-acl': 'private', 'content-type': 'text/css' }), credentials, now);
    expect(headers.authorization).toContain('SignedHeaders=host;x-amz-acl;x-amz-content-sha256;x-amz-date, Signature=');
    expect(headers).toMatchObject({ 'content-type': 'text/css', 'x-amz-acl': 'private' });
  });

  test('is the session token, where there is one', () => {
    const headers = sign(request(), { ...credentials, sessionToken: 'token' }, now);
    expect(headers['x-amz-security-token']).toBe('token');
    expect(headers.authorization).toContain(';x-amz-security-token,');
  });

  test('differs with the day, the secret and the region', () => {
    const all = [
      sign(request(), credentials, now),
      sign(request(), credentials, now + 86_400_000),
      sign(request(), { ...credentials, secretAccessKey: 'other' }, now),
      sign(request(), credentials, now),
      createSigner('us-east-1')(request(), credentials, now),
    ].map(signatureOf);
    expect(all[3]).toBe(all[0]);
    expect(new Set(all).size).toBe(4);
  });
});

test('a request to another service is signed for that service', () => {
  const request = {
    method: 'POST',
    path: '/',
    query: {},
    host: 'ecs.us-east-1.amazonaws.com',
    headers: {},
    payload: emptyPayload,
  };
  const [bucket, ecs] = [createSigner('us-east-1'), createSigner('us-east-1', 'ecs')].map((sign) =>
    sign(request, credentials, now),
  );
  expect(ecs?.authorization).toContain('/us-east-1/ecs/aws4_request');
  expect(signatureOf(ecs ?? {})).not.toBe(signatureOf(bucket ?? {}));
});
