import type { HostInputs, HostOptions } from '../../hosts/contract/host.ts';
import type { HostOption } from '../../hosts/contract/host-option.ts';
import type { Secret } from '../../lib/secret.ts';
import { sharedOptions, trustedSources } from './index.ts';
import type { SourceName } from './source-name.ts';
import type { TrustedSourceDefinition } from './trusted-source.ts';

/** What the input trusted-source names, and the credential and options that count for it. */
export interface ChosenSource extends SourceName {
  readonly inputs: HostInputs;
}

export function definitionOf({ vendor }: SourceName): TrustedSourceDefinition {
  const definition = trustedSources[vendor];
  if (!definition) throw new Error(`${vendor} is no vendor of trusted sources`);
  return definition;
}

/** Hosts without an API of a vendor, so that api-url can only be meant for the database's. */
const withoutApi = ['auto', 'none', 'hook', 'ssh'];

const without = (options: HostOptions, name: string): HostOptions =>
  Object.fromEntries(Object.entries(options).filter(([key]) => key !== name));

/**
 * The credential and the options that count for a source. What is meant for a host of another vendor never does: it would be
 * shown to somebody who must not have it.
 * @param host The host of the step, by the name that the input has.
 */
export function chooseSource(
  name: SourceName,
  host: string,
  { token: hostToken, options }: HostInputs,
  own: Secret | undefined,
): ChosenSource {
  const { hosts, takesToken } = definitionOf(name);
  const isSame = hosts.includes(host);
  const lent = isSame || host === 'none' ? hostToken : undefined;
  const token = own ?? (lent && (takesToken?.(lent, options) ?? true) ? lent : undefined);
  const counted = isSame || withoutApi.includes(host) ? options : without(options, 'api-url');
  return { ...name, inputs: { service: name.id, token, deployHook: undefined, options: counted } };
}

export const optionsOfSource = (name: SourceName): readonly HostOption[] => [
  ...definitionOf(name).options,
  ...sharedOptions,
];

/** What is missing to ask this vendor, as half a sentence about trusted-source-token. */
export function missingToken(source: ChosenSource, own: Secret | undefined): string | undefined {
  const { title, token, takesToken } = definitionOf(source);
  if (own && takesToken && !takesToken(own, source.inputs.options))
    return source.vendor === 'rds'
      ? 'is the secret of an access key; write the id of that key into host-options: "access-key-id: …"'
      : 'is a publish profile, which does not open the firewall; leave it out and sign in by client-id and tenant-id';
  if (!token || source.inputs.token) return undefined;
  return `is empty; put ${token} of ${title} into a secret and pass \${{ secrets.TRUSTED_SOURCE_TOKEN }}`;
}
