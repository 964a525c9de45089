import { DeployError } from '../../core/errors.ts';
import { HttpError } from '../../core/http-error.ts';
import { HostAnswerError, type HostIO } from '../../hosts/contract/host.ts';
import { isLoopback } from '../../lib/loopback.ts';
import { retryAfter } from '../../lib/retry-after.ts';
import { type ChangeTools, persist } from './changing.ts';
import { type IpAddress, isPublic, parseAddress } from './ip-address.ts';

/** Each answers over one family alone: https://major.io/p/a-new-future-for-icanhazip (of Cloudflare since 2021). */
const services = { 4: 'https://ipv4.icanhazip.com', 6: 'https://ipv6.icanhazip.com' } as const;
const timeout = 10_000;

const hint =
  'Write another service into host-options: "ip-service: https://…". It answers with the address alone, as plain text.';

/** The answer of one service. What it says goes into a firewall, so that nothing but one public address is taken. */
async function ask(service: string, io: HostIO): Promise<IpAddress> {
  const what = `the address of this runner, at ${new URL(service).host}`;
  const answer = await io.request({ method: 'GET', url: service, headers: { accept: 'text/plain' }, timeout });
  if (answer.status !== 200)
    throw new HostAnswerError(`${what}: HTTP ${answer.status}`, answer.status, retryAfter(answer.headers, io.now()));
  const text = new TextDecoder().decode(answer.body).trim();
  const address = parseAddress(text);
  if (!address)
    throw new HostAnswerError(`${what}: "${text.replace(/\s+/g, ' ').slice(0, 40)}" is not an address`, 200);
  // A service on this machine, as tests have one, tells what is seen there.
  if (!isLoopback(new URL(service).hostname) && !isPublic(address))
    throw new HostAnswerError(`${what}: ${address.text} is not a public address`, 200);
  return address;
}

/**
 * The public addresses of this runner, of which there is at least one.
 * @param service The one to ask; otherwise one for each family, of which that for IPv6 need not answer.
 * @throws DeployError TRUSTED_SOURCE_FAILED if the address is not known, or is one that the vendor does not take.
 */
export async function findAddresses(
  service: string | undefined,
  { title, ipv6 }: { readonly title: string; readonly ipv6?: true },
  tools: ChangeTools,
): Promise<readonly IpAddress[]> {
  const [address, six] = await Promise.all([
    persist((io) => ask(service ?? services[4], io), tools).catch((error: unknown) => {
      if (!(error instanceof HostAnswerError || error instanceof HttpError)) throw error;
      const message = `The address of this runner is not known: ${error.message}.`;
      throw new DeployError('TRUSTED_SOURCE_FAILED', message, { hint, cause: error });
    }),
    service === undefined && ipv6 ? ask(services[6], tools.io).catch(() => undefined) : undefined,
  ]);
  if (six?.family === 6) return [address, six];
  if (address.family === 4 || ipv6) return [address];
  throw new DeployError('TRUSTED_SOURCE_FAILED', `${title} takes IPv4 addresses alone, and ${address.text} is none.`, {
    hint: `Write a service into host-options that is asked over IPv4: "ip-service: ${services[4]}".`,
  });
}
