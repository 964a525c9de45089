import { S3ServiceException } from '@aws-sdk/client-s3';
import { describe, expect, test } from '@jest/globals';
import { DeployError } from '../../../../src/core/errors.ts';
import { failureCodes, type StorePlace, storeError } from '../../../../src/store/s3/store-failures.ts';

const place: StorePlace = { bucket: 'assets', endpoint: 'https://nyc3.example.com', region: 'us-east-1' };
const told = (error: unknown, where = place) => storeError(error, where, 'storing static/a.css');

/** An answer of a server as the SDK throws it. */
const answer = (name: string, status: number, more: object = {}) =>
  Object.assign(
    new S3ServiceException({
      name,
      $fault: 'client',
      message: 'from the server',
      $metadata: { httpStatusCode: status },
    }),
    more,
  );
/** A failure of the network as Node throws it. */
const network = (code: string) => Object.assign(new Error(`connect ${code} 192.0.2.1:443`), { code });
const named = (name: string) => Object.assign(new Error('no luck'), { name });

const at = 'bucket "assets" at https://nyc3.example.com';

test.each(['WRONG_VERSION_NUMBER', 'PACKET_LENGTH_TOO_LONG', 'UNEXPECTED_MESSAGE'])(
  'an endpoint that answers with something else than TLS says so, and not the words of OpenSSL: %s',
  (reason) => {
    const error = told(network(`ERR_SSL_${reason}`));
    expect(error).toMatchObject({
      code: 'BUCKET_UNREACHABLE',
      message: 'Nothing speaks TLS at the endpoint https://nyc3.example.com.',
      hint: expect.stringContaining('http://'),
    });
  },
);

describe('each failure says what to do', () => {
  test.each<[what: string, error: unknown, code: string, message: string, hint: RegExp]>([
    ['no bucket', answer('NoSuchBucket', 404), 'BUCKET_NOT_FOUND', `There is no ${at}.`, /inputs bucket and endpoint/],
    [
      'a wrong key',
      answer('InvalidAccessKeyId', 403),
      'CREDENTIALS_REJECTED',
      'does not accept these',
      /access-key-id/,
    ],
    ['a wrong secret', answer('SignatureDoesNotMatch', 403), 'CREDENTIALS_REJECTED', at, /secret-access-key/],
    ['a wrong token', answer('InvalidClientTokenId', 403), 'CREDENTIALS_REJECTED', at, /secret-access-key/],
    ['an unknown client', answer('UnrecognizedClientException', 403), 'CREDENTIALS_REJECTED', at, /same key/],
    ['an old token', answer('ExpiredToken', 400), 'CREDENTIALS_REJECTED', 'have expired', /directly before/],
    ['an old role', named('ExpiredTokenException'), 'CREDENTIALS_REJECTED', 'have expired', /role-duration-seconds/],
    ['a token to refresh', answer('TokenRefreshRequired', 400), 'CREDENTIALS_REJECTED', 'have expired', /before/],
    ['a broken token', answer('InvalidToken', 400), 'CREDENTIALS_REJECTED', 'have expired', /before/],
    ['an old request', answer('RequestExpired', 400), 'CREDENTIALS_REJECTED', 'have expired', /before/],
    [
      'another region',
      answer('PermanentRedirect', 301),
      'BUCKET_NOT_FOUND',
      'is not in the region "us-east-1"',
      /region/,
    ],
    ['a region in the signature', answer('AuthorizationHeaderMalformed', 400), 'BUCKET_NOT_FOUND', 'region', /region/],
    ['a region at odds', answer('IllegalLocationConstraintException', 400), 'BUCKET_NOT_FOUND', 'region', /region/],
    ['a redirect to HEAD, without a body', answer('301', 301), 'BUCKET_NOT_FOUND', 'region', /region/],
    ['a redirect that keeps the method', answer('Unknown', 307), 'BUCKET_NOT_FOUND', 'region', /region/],
    ['no credentials', named('CredentialsProviderError'), 'CREDENTIALS_MISSING', at, /the key that the vendor/],
    [
      'no right',
      answer('AccessDenied', 403),
      'BUCKET_DENIED',
      'refuses storing static/a.css: from the',
      /s3:PutObject/,
    ],
    ['no access at all', answer('AllAccessDisabled', 403), 'BUCKET_DENIED', at, /assets\/static\/\*/],
    ['an account that is closed', answer('AccountProblem', 403), 'BUCKET_DENIED', at, /s3:/],
    ['a refusal of HEAD, without a body', answer('Forbidden', 403), 'BUCKET_DENIED', at, /s3:PutObject/],
    ['a refusal in words that nobody knows', answer('OutOfCheese', 403), 'BUCKET_DENIED', at, /s3:/],
    ['a quota, said with 403', answer('QuotaExceeded', 403), 'BUCKET_FAILED', 'is full', /Raise the quota/],
    ['a full disk', answer('Unknown', 507), 'BUCKET_FAILED', 'is full', /Raise the quota/],
    ['a website', answer('MethodNotAllowed', 405), 'BUCKET_FAILED', 'does not allow storing static/a.css', /CDNs/],
    [
      'a request that no retry helps',
      answer('InvalidArgument', 400),
      'BUCKET_FAILED',
      'from the server',
      /change that/,
    ],
    ...['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ETIMEDOUT', 'EHOSTUNREACH'].map(
      (code): [string, unknown, string, string, RegExp] => [
        code,
        network(code),
        'BUCKET_UNREACHABLE',
        'The endpoint https://nyc3.example.com does not answer.',
        /without the bucket/,
      ],
    ),
    ['an old certificate', network('CERT_HAS_EXPIRED'), 'BUCKET_UNREACHABLE', 'nyc3', /input endpoint/],
    [
      'a home-made certificate',
      network('DEPTH_ZERO_SELF_SIGNED_CERT'),
      'BUCKET_UNREACHABLE',
      'nyc3',
      /NODE_EXTRA_CA_CERTS/,
    ],
    ['the SDK’s own time-out', named('TimeoutError'), 'BUCKET_UNREACHABLE', 'nyc3', /input endpoint/],
  ])('%s', (_what, error, code, message, hint) => {
    const found = told(error);
    expect(found).toMatchObject({ code, message: expect.stringContaining(message), hint: expect.stringMatching(hint) });
    expect(found.cause).toBe(error);
  });
});

describe('a refusal', () => {
  const refused = (doing: string, message: string) =>
    storeError(Object.assign(answer('AccessDenied', 403), { message }), place, doing);

  test.each<[string, string, string, RegExp]>([
    [
      'a statement that denies',
      'storing static/a.css',
      'User x is not authorized to perform: s3:PutObject with an explicit deny in a resource-based policy',
      /More rights of the key do not help/,
    ],
    [
      'blocked public access',
      'storing static/a.css',
      'because public access control lists (ACLs) are blocked by the BlockPublicAcls setting',
      /Block public access/,
    ],
    [
      'a key in KMS',
      'storing static/a.css',
      'not authorized to perform: kms:GenerateDataKey on resource',
      /kms:GenerateDataKey/,
    ],
    [
      'a right for ACLs',
      'storing static/a.css',
      'is not authorized to perform: s3:PutObjectAcl on resource',
      /s3:PutObjectAcl/,
    ],
    ['a storage cap', 'storing static/a.css', 'Cannot upload files, storage cap exceeded.', /Raise the cap/],
    [
      'a key for one folder',
      'reading .deploy-django/1/push/production.json',
      'Access Denied',
      /"s3:DeleteObject"\],"Resource":"arn:aws:s3:::assets\/\.deploy-django\/\*"/,
    ],
    [
      'a right that AWS names',
      'listing static/',
      'x is not authorized to perform: s3:ListBucket on resource',
      /"s3:ListBucket"\],"Resource":"arn:aws:s3:::assets"/,
    ],
    ['a right to list', 'listing static/', 'Access Denied', /s3:ListBucket/],
    ['a right to delete', 'deleting', 'Access Denied', /"s3:DeleteObject"\],"Resource":"arn:aws:s3:::assets\/\*"/],
    ['a right to look', 'looking at static/a.css', '', /"s3:GetObject".* and .*"s3:ListBucket"/],
  ])('for %s says what was refused, what the server says, and what to change', (_cause, doing, sentence, hint) => {
    const { message, hint: found } = refused(doing, sentence);
    expect(message).toContain(`${at} refuses ${doing}`);
    expect(message).toContain(sentence.replace(/\.$/, ''));
    expect(found).toMatch(hint);
  });
});

describe('of several words', () => {
  test('the network’s own is found where only the message has it', () => {
    expect(told(new Error('getaddrinfo ENOTFOUND assets.nyc3.example.com')).code).toBe('BUCKET_UNREACHABLE');
  });

  test('a word in capitals does not hide the name', () => {
    const error = Object.assign(answer('AccessDenied', 403), { message: 'No access to EXAMPLEBUCKET' });
    expect(told(error).code).toBe('BUCKET_DENIED');
  });

  test('the server’s own Code counts before the name and the status', () => {
    expect(failureCodes(answer('Unknown', 403, { Code: 'ExpiredToken' }))).toEqual(['ExpiredToken', 'Unknown', '403']);
    expect(told(answer('Unknown', 403, { Code: 'ExpiredToken' })).message).toContain('have expired');
    expect(told(answer('AccessDenied', 403, { Code: 'SignatureDoesNotMatch' })).code).toBe('CREDENTIALS_REJECTED');
  });

  test('several addresses that all refused are one endpoint that does not answer', () => {
    const all = Object.assign(new AggregateError([network('ECONNREFUSED')], ''), { code: 'ECONNREFUSED' });
    expect(told(all).code).toBe('BUCKET_UNREACHABLE');
  });
});

describe('a failure that no rule knows', () => {
  test('names the bucket, what was being done, and the server’s words', () => {
    const error = told(answer('SlowDown', 503));
    expect(error.code).toBe('BUCKET_FAILED');
    expect(error.message).toBe(`The ${at} failed while storing static/a.css: SlowDown from the server`);
    expect(error.hint).toContain('Run the job again');
  });

  test('may have no words at all', () => {
    expect(told({}).message).toBe(`The ${at} failed while storing static/a.css:`);
  });
});

test('AWS itself has no endpoint to name', () => {
  const aws = { ...place, endpoint: undefined };
  expect(told(answer('NoSuchBucket', 404), aws).message).toBe('There is no bucket "assets" at AWS.');
  expect(told(network('ENOTFOUND'), aws).message).toBe('The endpoint of AWS does not answer.');
});

test('an error that says already what to do stays as it is', () => {
  const error = new DeployError('CANCELLED', 'The run was cancelled.');
  expect(told(error)).toBe(error);
});

test.each([undefined, 'https://s3.eu-central-1.amazonaws.com'])(
  'AWS alone takes a role in place of keys (%s)',
  (endpoint) => {
    const error = told(named('CredentialsProviderError'), { ...place, endpoint });
    expect(error).toMatchObject({ code: 'CREDENTIALS_MISSING', hint: expect.stringContaining('id-token: write') });
  },
);
