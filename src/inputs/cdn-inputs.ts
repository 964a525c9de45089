import { type CdnName, cdns } from '../cdn/index.ts';
import type { Secret } from '../lib/secret.ts';
import type { SigningCredentials } from '../store/s3/signature.ts';
import type { Reader } from './input-reader.ts';
import type { Inputs } from './inputs.ts';

/**
 * The token of a CDN: `cdn-token`, and of DigitalOcean else `host-token`. Where two CDNs take a token, `cdn-token` is that of
 * the one whose token is not the host's.
 */
export function cdnTokenOf({ cdn, cdnToken, host, hostInputs }: Inputs, name: CdnName): Secret | undefined {
  if (name !== 'digitalocean' || host !== 'digitalocean') return cdnToken;
  const isForOther = cdn.some((target) => target.name !== name && cdns[target.name].takesToken);
  return (isForOther ? undefined : cdnToken) ?? hostInputs.token;
}

/**
 * The keys of the bucket, where it is one of AWS: they are of the account in which CloudFront is.
 * @param endpoint Of the bucket, as inputs or settings name it.
 */
export function cdnKeysOf(
  { accessKeyId, secretAccessKey, sessionToken }: Inputs,
  endpoint: string | undefined,
): SigningCredentials | undefined {
  const isAws = endpoint === undefined || /\.amazonaws\.com(\.cn)?$/.test(new URL(endpoint).hostname);
  if (!isAws || !accessKeyId || !secretAccessKey) return undefined;
  const keys = { accessKeyId: accessKeyId.reveal(), secretAccessKey: secretAccessKey.reveal() };
  return sessionToken ? { ...keys, sessionToken: sessionToken.reveal() } : keys;
}

/** Mistakes in what the inputs say of CDNs. @param needsSecrets The run asks somebody, so that a missing token counts. */
export function checkCdn(read: Reader, inputs: Inputs, needsSecrets: boolean): void {
  const { cdn, cdnToken, command, hostInputs } = inputs;
  const given = new Set<string>();
  for (const { name, id, address } of cdn) {
    const { title, takesToken, needsAddress } = cdns[name];
    if (given.has(`${name}:${id}`)) read.add('cdn', `has ${name}:${id} on two lines; leave one of them`);
    given.add(`${name}:${id}`);
    if (needsSecrets && takesToken && !cdnTokenOf(inputs, name))
      read.add(
        'cdn-token',
        `is empty, and ${title} takes a token; put one into a secret and pass \${{ secrets.CDN_TOKEN }}`,
      );
    if (needsAddress && address === undefined && command === 'sync')
      read.add(
        'cdn',
        `names ${title}, and "command: sync" asks no project where files are; write "${name}:${id} https://cdn.example.com", the address of the bucket's root`,
      );
  }
  if (cdnToken && !cdn.some(({ name }) => cdns[name].takesToken))
    read.add(
      'cdn-token',
      cdn.length === 0
        ? 'is set, and cdn is empty; name the CDN, for example digitalocean:ID'
        : 'is set, and CloudFront takes keys of AWS: those of the bucket, or of aws-actions/configure-aws-credentials; leave cdn-token out',
    );
  if (hostInputs.options['cdn-wait']?.[0] === 'true' && !cdn.some(({ name }) => name === 'cloudfront'))
    read.add(
      'host-options',
      'cdn-wait is true, and cdn names no CloudFront; the others do not say when a purge is done',
    );
}
