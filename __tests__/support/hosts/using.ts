import type { Host, HostIO, HostRelease, HostStatus } from '../../../src/hosts/contract/host.ts';
import { hostIO } from '../../../src/release/host-io.ts';
import { createHttp } from '../../../src/runner/http-client.ts';
import { never } from '../fakes.ts';
import { fakeMachine } from '../host-io.ts';

const clock = { now: () => Date.now(), sleep: async () => undefined };

/** What a host may do, through real connections, and with this machine. */
export function realIO(machine = fakeMachine()): { readonly io: HostIO; close(): Promise<void> } {
  const http = createHttp('unit');
  return { io: hostIO({ http, machine, clock, signal: never }), close: () => http.close() };
}

/** Asks for the status until the deploy ends; the last one. */
export async function followTo(host: Host, release: HostRelease, io: HostIO): Promise<HostStatus | undefined> {
  let status: HostStatus | undefined;
  for (let round = 0; round < 20; round++) {
    status = await host.status?.(release, io);
    if (status?.phase !== 'running' && status?.phase !== 'queued') break;
  }
  return status;
}
