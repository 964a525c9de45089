import type { CdnFound } from '../../cdn/cdn.ts';
import type { CdnTarget } from '../../cdn/target.ts';
import { DeployError } from '../../core/errors.ts';
import { HttpError } from '../../core/http-error.ts';
import { HostAnswerError } from '../../hosts/contract/host.ts';
import { listSome } from '../../lib/text.ts';
import type { Destination } from '../../plan/destination.ts';
import { hostIO } from '../../release/host-io.ts';
import { whyNotPurged } from '../../release/purge.ts';
import type { StageResult } from '../../report/recorder.ts';
import { openCdn } from '../run/open-cdn.ts';
import type { Run } from '../run/run.ts';

/** Hosts under which pages name files, so far as inputs and settings say. */
function hostsOf({ address }: CdnTarget, target: Destination | undefined): string[] {
  const urls = address === undefined ? [target?.staticUrl, target?.mediaUrl] : [address];
  return urls.flatMap((url) => (url && URL.canParse(url) ? [new URL(url).hostname] : []));
}

/** Whether one of the hosts is the CDN's; a zone has every name below it. */
const isServed = (hosts: readonly string[], { domains }: CdnFound): boolean =>
  hosts.some((host) => domains.some((domain) => host === domain || host.endsWith(`.${domain.replace(/^\*\./, '')}`)));

/** AWS answers 403 also where it does not know the key at all. */
const invalidKeys = /InvalidClientTokenId|SignatureDoesNotMatch|UnrecognizedClient|ExpiredToken|InvalidAccessKeyId/;

async function checkOne(run: Run, cdnTarget: CdnTarget, target: Destination | undefined): Promise<string> {
  const { ports, recorder } = run;
  const { cdn, definition, name } = await openCdn(run, cdnTarget, target?.bucket);
  let found: CdnFound;
  try {
    found = await cdn.check(hostIO(ports));
  } catch (error) {
    ports.signal.throwIfAborted();
    if (!(error instanceof HostAnswerError || error instanceof HttpError)) throw error;
    if (error instanceof HostAnswerError && error.status === 403 && !invalidKeys.test(error.message)) {
      recorder.warn(
        `${name} could not be looked at: ${error.message}. A credential that may only purge does not need more. ${definition.right}`,
      );
      return `${name} is not known`;
    }
    throw new DeployError('CDN_REFUSED', `${name} cannot be purged: ${whyNotPurged(error, definition)}`, {
      hint: 'Fix cdn or cdn-token under "with:" of the step.',
      cause: error,
    });
  }
  for (const warning of found.warnings) recorder.warn(warning);
  const hosts = hostsOf(cdnTarget, target);
  if (hosts.length > 0 && found.domains.length > 0 && !isServed(hosts, found))
    recorder.warn(
      `${name} serves ${listSome(found.domains, 3)}, and pages name files at ${listSome(hosts, 2)}. Let STATIC_URL lead to the CDN, or name the other one in cdn.`,
    );
  return `${name} answers`;
}

/** Looks whether every CDN is there and the credential leads to it. Purges nothing. */
export async function checkCdns(run: Run, target: Destination | undefined): Promise<StageResult<void>> {
  const results: string[] = [];
  for (const one of run.inputs.cdn) results.push(await checkOne(run, one, target));
  return { value: undefined, result: results.join('; ') };
}
