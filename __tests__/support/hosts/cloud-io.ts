import { HttpError } from '../../../src/core/http-error.ts';
import type { HostIO } from '../../../src/hosts/contract/host.ts';
import type { HostMachine } from '../../../src/hosts/contract/host-io.ts';
import { never } from '../fakes.ts';
import { fakeMachine } from '../host-io.ts';

/** What a host may do, with real requests to emulators on this machine alone; keeps what was asked. */
export function emulatedIO(
  machine: Partial<HostMachine> = {},
  now: () => number = Date.now,
): HostIO & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    ...fakeMachine(machine),
    run: fakeMachine().run as never,
    now,
    signal: never,
    asked,
    async request({ method, url, headers = {}, body }) {
      const { hostname, pathname } = new URL(url);
      if (hostname !== '127.0.0.1') throw new HttpError('refused', `${hostname} is no emulator`);
      asked.push(`${method} ${pathname}`);
      const isParts = Array.isArray(body);
      const answer = await fetch(url, {
        method,
        headers: { ...headers },
        ...(body === undefined ? {} : { body: isParts ? 'PK the artifact' : (body as string) }),
      });
      return {
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: new Uint8Array(await answer.arrayBuffer()),
      };
    },
  };
}
