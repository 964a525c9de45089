export type HttpFailure = 'refused' | 'unresolved' | 'timeout' | 'reset' | 'tls' | 'blocked' | 'other';

/** A request without an answer. `sent` is false where it is sure that the server got nothing of it. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly failure: HttpFailure;
  readonly sent: boolean;

  constructor(failure: HttpFailure, message: string, cause?: unknown) {
    super(message, { cause });
    this.failure = failure;
    this.sent = failure !== 'refused' && failure !== 'unresolved' && failure !== 'tls' && failure !== 'blocked';
  }
}
