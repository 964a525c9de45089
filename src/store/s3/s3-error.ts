/** An answer that is an error: S3's own code where it has one, else the status. */
export class S3Error extends Error {
  override readonly name = 'S3Error';
  readonly status: number;
  readonly code: string;
  readonly retryAfter: number | undefined;

  constructor(status: number, code: string, message: string, wait: number | undefined) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfter = wait;
  }
}

/** Codes and statuses after which the same request can succeed (rclone and the SDKs retry the same). */
const passingCodes = new Set([
  'SlowDown',
  'RequestTimeout',
  'InternalError',
  'ServiceUnavailable',
  'OperationAborted',
  'Throttling',
  'RequestThrottled',
  'BadDigest',
  'ConditionalRequestConflict',
]);
const passingStatus = new Set([429, 500, 502, 503, 504]);
const passingNetwork =
  /ECONNRESET|EPIPE|ETIMEDOUT|ECONNREFUSED|EAI_AGAIN|UND_ERR_(SOCKET|CONNECT_TIMEOUT|HEADERS_TIMEOUT|BODY_TIMEOUT|CLOSED)/;

/** Whether the store is asked too much at once. */
export const slowDown = (error: unknown): boolean =>
  error instanceof S3Error && (error.code === 'SlowDown' || error.status === 503 || error.status === 429);

/** Whether the same request can succeed later. */
export function mayPass(error: unknown): boolean {
  if (error instanceof S3Error) return passingCodes.has(error.code) || passingStatus.has(error.status);
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return passingNetwork.test(code) || passingNetwork.test(message);
}
