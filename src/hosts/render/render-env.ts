import type { HostIO } from '../contract/host.ts';
import type { RenderApi } from './render-api.ts';

/**
 * Sets variables of a service, one by one: the request that takes many replaces all of them. Those that have the value
 * already are left alone, because Render limits how many writes there may be in a minute.
 * @returns Whether anything changed. Render uses it from the next deploy on.
 */
export async function setVariables(
  api: RenderApi,
  service: string,
  variables: Readonly<Record<string, string>>,
  io: HostIO,
): Promise<boolean> {
  const wanted = Object.entries(variables);
  if (wanted.length === 0) return false;
  const known = await api.variables(service, io);
  const changed = wanted.filter(([name, value]) => known.get(name) !== value);
  for (const [name, value] of changed) await api.setVariable(service, name, value, io);
  return changed.length > 0;
}
