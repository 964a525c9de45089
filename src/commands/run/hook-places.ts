import type { HostInputs } from '../../hosts/contract/host.ts';

/** Whether a value of the release stands in the request to a deploy hook, such as `sha` for `{sha}`. */
export function sendsInHook({ deployHook, options }: HostInputs, place: string): boolean {
  const sent = [deployHook?.reveal() ?? '', ...(options.body ?? []), ...(options.header ?? [])];
  return sent.some((text) => text.includes(`{${place}}`));
}
