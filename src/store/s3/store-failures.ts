import { DeployError, type ErrorCode } from '../../core/errors.ts';
import { tlsFault } from '../../lib/tls-faults.ts';
import { partitionOf } from '../bucket-policy.ts';
import { vendorOf } from '../vendors.ts';
import { denialHint } from './denial.ts';

/** What of a store is named in its errors. */
export interface StorePlace {
  readonly bucket: string;
  readonly endpoint: string | undefined;
  readonly region: string;
}

interface Rule {
  /** Error codes of S3 (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html) and of Node's network. */
  readonly codes: readonly string[];
  readonly code: ErrorCode;
  readonly message: (place: StorePlace) => string;
  readonly hint: (place: StorePlace) => string;
}

const where = ({ bucket, endpoint }: StorePlace) => `bucket "${bucket}" at ${endpoint ?? 'AWS'}`;

const rules: readonly Rule[] = [
  {
    codes: ['NoSuchBucket'],
    code: 'BUCKET_NOT_FOUND',
    message: (place) => `There is no ${where(place)}.`,
    hint: () => 'Check the inputs bucket and endpoint. The action makes no bucket; make it at the vendor first.',
  },
  {
    codes: ['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidClientTokenId', 'UnrecognizedClientException'],
    code: 'CREDENTIALS_REJECTED',
    message: (place) => `The ${where(place)} does not accept these credentials.`,
    hint: () =>
      'Check the secrets behind access-key-id and secret-access-key: both from the same key, without spaces or quotes around them.',
  },
  {
    codes: ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired', 'InvalidToken', 'RequestExpired'],
    code: 'CREDENTIALS_REJECTED',
    message: (place) => `The credentials for the ${where(place)} have expired.`,
    hint: () => 'Put the step that gets them directly before this one, or raise its role-duration-seconds.',
  },
  {
    codes: [
      'PermanentRedirect',
      'AuthorizationHeaderMalformed',
      'IllegalLocationConstraintException',
      'MovedPermanently',
      '301',
      '307',
    ],
    code: 'BUCKET_NOT_FOUND',
    message: (place) => `The ${where(place)} is not in the region "${place.region}".`,
    hint: () => "Set the input region to the bucket's own.",
  },
  {
    codes: ['CredentialsProviderError', 'NoCredentials'],
    code: 'CREDENTIALS_MISSING',
    message: (place) => `There are no credentials for the ${where(place)}.`,
    hint: ({ endpoint }) =>
      vendorOf(endpoint).name === 'aws'
        ? 'Pass access-key-id and secret-access-key, or run aws-actions/configure-aws-credentials with "id-token: write" before this step.'
        : 'Pass access-key-id and secret-access-key: the key that the vendor of the bucket made for you.',
  },
  {
    codes: [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ],
    code: 'BUCKET_UNREACHABLE',
    message: (place) => `Nobody vouches for the certificate of the endpoint ${place.endpoint ?? 'of AWS'}.`,
    hint: () =>
      'Where the authority is your own, put its certificate into a file, and NODE_EXTRA_CA_CERTS with the path into "env:" of the step.',
  },
  {
    codes: ['CERT_HAS_EXPIRED'],
    code: 'BUCKET_UNREACHABLE',
    message: (place) => `The certificate of the endpoint ${place.endpoint ?? 'of AWS'} has expired.`,
    hint: () => 'Renew it on the server of the input endpoint, and look whether the clock of the runner is right.',
  },
  {
    codes: ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ETIMEDOUT', 'EHOSTUNREACH', 'TimeoutError'],
    code: 'BUCKET_UNREACHABLE',
    message: (place) => `The endpoint ${place.endpoint ?? 'of AWS'} does not answer.`,
    hint: () =>
      'Check the input endpoint: the address of the service without the bucket, for example https://nyc3.digitaloceanspaces.com',
  },
];

interface SdkError {
  readonly name?: string;
  readonly Code?: string;
  readonly code?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Codes of a refusal, whose cause is told by causes-of-denial. */
const denials = ['AccessDenied', 'AllAccessDisabled', 'AccountProblem', 'Forbidden', '403'];

/** Codes of a bucket or an account that is full: AWS has none, these are of Ceph, MinIO, and servers that answer 507. */
const full = ['QuotaExceeded', 'InsufficientStorage', 'XMinioStorageFull', 'XMinioAdminBucketQuotaExceeded', '507'];

/** Every word that can name the failure, the most exact first. */
export function failureCodes(error: unknown): string[] {
  const { name, Code, code, message, $metadata } = error as SdkError;
  const status = $metadata?.httpStatusCode;
  // The SDK wraps what it does not know for an error, and keeps the code of the network in the message alone.
  const network = rules
    .flatMap(({ codes }) => codes)
    .find((word) => /^E[A-Z_]+$/.test(word) && message?.includes(word));
  return [Code, code, network, name, status === undefined ? undefined : String(status)].filter(
    (word) => word !== undefined,
  );
}

/** Whether the same request gets the same answer: an error with 4xx, but for those that ask to come again. */
function isOurs(error: unknown): boolean {
  const { status, $metadata } = error as SdkError & { readonly status?: number };
  const answered = status ?? $metadata?.httpStatusCode ?? 0;
  return answered >= 400 && answered < 500 && ![408, 409, 429].includes(answered);
}

/** The server's own sentence, with a full stop; '' if it said nothing but its code. */
function sentenceOf(error: unknown): string {
  const { message = '', name, Details = '' } = error as SdkError & { readonly Details?: string };
  const text = [message, Details].filter((part) => part !== '' && part !== name && part !== 'UnknownError').join(' ');
  return text === '' ? '' : `: ${text.replace(/[.\s]*$/, '')}.`;
}

/**
 * An error of a bucket as one that says what to do.
 * @param doing What was being done: "storing static/a.css".
 */
export function storeError(error: unknown, place: StorePlace, doing: string): DeployError {
  if (error instanceof DeployError) return error;
  const named = failureCodes(error);
  const is = (codes: readonly string[]) => named.some((word) => codes.includes(word));
  const sentence = sentenceOf(error);
  const rule = named.flatMap((word) => rules.find(({ codes }) => codes.includes(word)) ?? []).at(0);
  if (rule && !(is(full) && !rule.codes.includes(named[0] ?? '')))
    return new DeployError(rule.code, rule.message(place), { hint: rule.hint(place), cause: error });
  if (named.some((word) => /^ERR_SSL_/.test(word) && tlsFault(word).kind === 'plain')) {
    const hint = 'If the service has no https, write http:// into the input endpoint; else give it the port of https.';
    return new DeployError('BUCKET_UNREACHABLE', `Nothing speaks TLS at the endpoint ${place.endpoint ?? 'of AWS'}.`, {
      hint,
      cause: error,
    });
  }
  const failed = (code: ErrorCode, what: string, hint: string) =>
    new DeployError(code, `The ${where(place)} ${what} ${doing}${sentence || '.'}`, { hint, cause: error });
  if (is(full)) return failed('BUCKET_FAILED', 'is full, and failed while', fullHint);
  const partition = partitionOf(place.region, vendorOf(place.endpoint).name === 'aws');
  if (is(denials))
    return failed('BUCKET_DENIED', 'refuses', denialHint({ bucket: place.bucket, doing, sentence, partition }));
  if (is(['405', 'MethodNotAllowed'])) return failed('BUCKET_FAILED', 'does not allow', notAllowedHint);
  const { message } = error as SdkError;
  return new DeployError(
    'BUCKET_FAILED',
    `The ${where(place)} failed while ${doing}: ${named[0] ?? ''} ${message ?? ''}`.trim(),
    {
      hint: isOurs(error)
        ? "Nothing was released. The bucket's answer says what it does not take; change that, and run the job again."
        : 'Nothing was released. Run the job again; what is stored already is not sent again.',
      cause: error,
    },
  );
}

const fullHint =
  'Nothing was released. Raise the quota of the bucket or the account at the vendor, or delete what nobody needs, and run the job again.';
const notAllowedHint =
  'Set the input endpoint to the address of the API of S3: addresses of websites and CDNs take no uploads. A bucket that is locked (retention, read-only) refuses them too.';

/** A file that is not what it was when its MD5 was taken. */
export function changedError(file: string): DeployError {
  return new DeployError('UPLOAD_FAILED', `${file} changed while it was being uploaded.`, {
    hint: 'Something still writes to the folder. Run the job again when it has finished.',
  });
}
