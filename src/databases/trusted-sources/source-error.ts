import { DeployError } from '../../core/errors.ts';
import { HttpError } from '../../core/http-error.ts';
import { HostAnswerError } from '../../hosts/contract/host.ts';
import { definitionOf } from './choose-source.ts';
import type { SourceName } from './source-name.ts';

/** AWS says with HTTP 400 that there is no such group. */
const notThere = (error: HostAnswerError): boolean => error.status === 404 || /NotFound|Malformed/.test(error.message);

function hintOf(error: unknown, source: SourceName): string {
  const { title, rights, token } = definitionOf(source);
  const credential = token ? 'trusted-source-token' : 'the credential';
  if (!(error instanceof HostAnswerError)) return 'Check api-url, and whether the vendor is up.';
  if (error.status === 401) return `The credential is wrong or was revoked. ${title} needs ${rights}.`;
  if (error.status === 403) return `Give ${credential} this right: ${rights}.`;
  if (notThere(error)) return `Check trusted-source, and that ${credential} may see it: ${rights}.`;
  if (error.status === 409 || error.status === 412)
    return 'Another change of it is going on. Run the job again when that is done.';
  if (error.status === 429) return 'The vendor limits how often it may be asked. Run the job again in some minutes.';
  return 'Look at the status page of the vendor, and run the job again.';
}

/**
 * A failed request about a trusted source, with the right that it needs.
 * @param what Did not work, as half a sentence: "does not let this runner in".
 */
export function sourceError(error: unknown, source: SourceName, what: string): DeployError {
  if (error instanceof DeployError) return error;
  if (!(error instanceof HostAnswerError || error instanceof HttpError)) throw error;
  const message = `${definitionOf(source).title} ${what}: ${error.message}.`;
  return new DeployError('TRUSTED_SOURCE_FAILED', message, { hint: hintOf(error, source), cause: error });
}
