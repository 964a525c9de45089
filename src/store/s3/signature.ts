import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';

/** AWS credentials as they are signed with; `sessionToken` belongs to temporary ones. */
export interface SigningCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface UnsignedRequest {
  readonly method: string;
  /** Encoded path, as it stands in the request line. */
  readonly path: string;
  /** Query parameters, not encoded. */
  readonly query: Readonly<Record<string, string>>;
  readonly host: string;
  /** Lower-case names; Content-MD5 and all `x-amz-` ones are signed, others are only sent. */
  readonly headers: Readonly<Record<string, string>>;
  /** SHA-256 of the body in hex, or UNSIGNED-PAYLOAD. */
  readonly payload: string;
}

/**
 * What stands for the hash of a body. Its Content-MD5 is signed instead, which is at hand: nobody on the way can put
 * another body in its place, over plain HTTP neither, and what vendors check of a body they check by it.
 */
export const unsignedPayload = 'UNSIGNED-PAYLOAD';
export const emptyPayload = hash('sha256', '');

/** RFC 3986 with nothing but the unreserved signs left as they are, as S3 wants it. */
function encodeRfc3986(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** A key as the path of a request: each part encoded, slashes kept. */
export function encodeKey(key: string): string {
  return /^[A-Za-z0-9\-._~/]*$/.test(key) ? key : key.split('/').map(encodeRfc3986).join('/');
}

/** A query string, sorted by name, in the one form that is sent and signed. */
export function encodeQuery(query: Readonly<Record<string, string>>): string {
  return Object.keys(query)
    .sort()
    .map((name) => `${encodeRfc3986(name)}=${encodeRfc3986(query[name] ?? '')}`)
    .join('&');
}

/** `20260301T120000Z` */
export const amzDate = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace(/[-:]|\.\d{3}/g, '');

const hmac = (key: string | Buffer | KeyObject, text: string) => createHmac('sha256', key).update(text).digest();

/**
 * Signs requests to S3, or another service of AWS, with AWS Signature Version 4
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html). The key of the day is derived once.
 */
export function createSigner(region: string, service = 's3') {
  let derivedFor = '';
  let second = Number.NaN;
  let secondAsDate = '';
  /** A key object, because Node looks at a key of bytes anew each time, which takes six times as long as to sign. */
  let derived: KeyObject | undefined;

  /** The key that signs all requests of one day, region and secret. */
  function signingKey(secret: string, day: string): KeyObject {
    if (!derived || derivedFor !== day + secret) {
      derived = createSecretKey(hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), service), 'aws4_request'));
      derivedFor = day + secret;
    }
    return derived;
  }

  /**
   * All headers of the request, the signature among them.
   * @param now Milliseconds since the epoch on the server's clock: a request that waits after it was signed can expire.
   */
  return (request: UnsignedRequest, credentials: SigningCredentials, now: number): Record<string, string> => {
    if (Math.floor(now / 1_000) !== second) {
      second = Math.floor(now / 1_000);
      secondAsDate = amzDate(now);
    }
    const date = secondAsDate;
    const day = date.slice(0, 8);
    const headers: Record<string, string> = {
      ...request.headers,
      host: request.host,
      'x-amz-content-sha256': request.payload,
      'x-amz-date': date,
    };
    if (credentials.sessionToken) headers['x-amz-security-token'] = credentials.sessionToken;
    const names = Object.keys(headers)
      .filter((name) => name === 'host' || name === 'content-md5' || name.startsWith('x-amz-'))
      .sort();
    const signed = names.join(';');
    const lines = names.map((name) => `${name}:${headers[name]?.trim()}\n`).join('');
    const canonical = `${request.method}\n${request.path}\n${encodeQuery(request.query)}\n${lines}\n${signed}\n${request.payload}`;
    const scope = `${day}/${region}/${service}/aws4_request`;
    const toSign = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${hash('sha256', canonical)}`;
    const signature = hmac(signingKey(credentials.secretAccessKey, day), toSign).toString('hex');
    headers.authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`;
    return headers;
  };
}
