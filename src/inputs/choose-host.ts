import type { HostDefinition, HostInputs } from '../hosts/contract/host.ts';

type Hosts = Readonly<Record<string, HostDefinition>>;

/** Whose step it is, with how that was found out; or between whom the inputs leave the choice. */
export type HostChoice =
  | { readonly host: string; readonly by: string }
  | { readonly among: readonly string[]; readonly by: string }
  | undefined;

/** The host that takes any deploy hook, so that it is asked last. */
const anyHook = 'hook';

const alone = {
  'deploy-hook': ({ deployHook, options }) => ({ deployHook, options, service: undefined, token: undefined }),
  service: ({ service, options }) => ({ service, options, deployHook: undefined, token: undefined }),
  'host-token': ({ token, options }) => ({ token, options, deployHook: undefined, service: undefined }),
} as const satisfies Readonly<Record<string, (inputs: HostInputs) => HostInputs>>;

/** The inputs that tell a host by themselves. */
function tellers(definition: HostDefinition, inputs: HostInputs): string {
  const named = Object.entries(alone).filter(([, pick]) => definition.matches(pick(inputs)));
  return named.map(([name]) => name).join(' and ') || 'the inputs together';
}

/**
 * What `host: auto` is: the host whose inputs these are, else the one whose file is in the checkout, where a credential or
 * service is given at all.
 * @param exists Whether the checkout has a file of that path.
 */
export function chooseHost(inputs: HostInputs, hosts: Hosts, exists: (path: string) => boolean): HostChoice {
  const entries = Object.entries(hosts).filter(([name]) => name !== anyHook);
  const filesOf = (definition: HostDefinition) => (definition.files ?? []).filter(exists);
  const byInputs = entries.filter(([, definition]) => definition.matches(inputs));
  const [only, ...more] = byInputs;
  if (only && more.length === 0) return { host: only[0], by: tellers(only[1], inputs) };
  if (byInputs.length === 0 && hosts[anyHook]?.matches(inputs)) return { host: anyHook, by: 'deploy-hook' };
  const isAnyGiven = inputs.service !== undefined || inputs.token !== undefined;
  const candidates = byInputs.length > 0 ? byInputs : isAnyGiven ? entries : [];
  const byFile = candidates.filter(([, definition]) => filesOf(definition).length > 0);
  const [found, ...others] = byFile;
  if (found && others.length === 0) return { host: found[0], by: `${filesOf(found[1])[0]} in the checkout` };
  const among = byFile.length > 0 ? byFile : byInputs;
  if (among.length === 0) return undefined;
  const seen = byFile.flatMap(([, definition]) => filesOf(definition));
  return { among: among.map(([name]) => name), by: seen.length > 0 ? seen.join(', ') : 'the inputs' };
}
