import { DeployError } from '../core/errors.ts';
import { HttpError } from '../core/http-error.ts';
import { HostAnswerError } from '../hosts/contract/host.ts';

/** Whether the host surely did nothing with a request to deploy. */
function surelyNotTaken(error: unknown): boolean {
  if (error instanceof HttpError) return !error.sent;
  return error instanceof HostAnswerError && ((error.status >= 300 && error.status < 500) || error.status === 503);
}

const hints: Readonly<Record<number, string>> = {
  401: 'The credential is wrong or was revoked. Make a new one at the host and put it into the secret.',
  403: 'The credential may not deploy this service. Give it that right, or use one that has it.',
  404: 'Nothing is there (any more). Check service, or copy the deploy hook again from the host.',
  429: 'The host limits how often it may be asked. Run the job again in some minutes.',
};

/** What the host was asked: to deploy, what it has to know for that, how its deploy goes, for the service, to take it away. */
export type Asked = 'deploy' | 'question' | 'status' | 'service' | 'teardown';

const failures: Readonly<Record<Asked, string>> = {
  deploy: 'did not take the request',
  question: 'was not asked to deploy, because it does not tell what is needed for that',
  status: 'does not say how its deploy goes',
  service: 'could not be asked for the service',
  teardown: 'did not take the preview away',
};

/**
 * A failed request to a host as an error that says what to do; the address is not in it, because a hook's is a secret.
 * Only a request to deploy that the host surely did not take is HOST_REFUSED; after all others it may be deploying.
 */
export function hostError(error: unknown, title: string, asked: Asked): DeployError {
  if (error instanceof DeployError) return error;
  if (!(error instanceof HostAnswerError || error instanceof HttpError)) throw error;
  const mayDeploy = asked === 'status' || (asked === 'deploy' && !surelyNotTaken(error));
  const hint =
    error instanceof HttpError
      ? 'Check deploy-hook or api-url, and whether the host is up.'
      : (hints[error.status] ?? 'Look at the host’s status page and log, and run the job again.');
  const code = mayDeploy ? 'HOST_UNCLEAR' : 'HOST_REFUSED';
  // An answer's error names what was asked, which is often the hook that the title names.
  const named = error.message.toLowerCase().startsWith(`${title.toLowerCase()}: `);
  const detail = named ? error.message.slice(title.length + 2) : error.message;
  return new DeployError(code, `${title} ${failures[asked]}: ${detail}.`, {
    hint: mayDeploy ? `${hint} It may be deploying all the same.` : hint,
    cause: error,
  });
}

/** Only what surely did not start a deploy is asked again: two deploys are worse than an error. */
export function againForTrigger(error: unknown): boolean | number {
  if (error instanceof HttpError) return !error.sent;
  if (error instanceof HostAnswerError && (error.status === 429 || error.status === 503))
    return error.retryAfter ?? true;
  return false;
}

/** Whether a status means that the same question may be answered later. */
export const passingStatus = (status: number): boolean => status === 429 || status >= 500;

export const mayPass = (error: unknown): boolean =>
  error instanceof HttpError || (error instanceof HostAnswerError && passingStatus(error.status));

/** For questions that change nothing: asked again where the failure may pass, after as long as the host says. */
export const againForQuestion = (error: unknown): boolean | number =>
  mayPass(error) && ((error instanceof HostAnswerError && error.retryAfter) || true);
