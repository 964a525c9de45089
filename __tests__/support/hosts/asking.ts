import { expect } from '@jest/globals';
import type {
  Host,
  HostDefinition,
  HostIO,
  HostOptions,
  HostStatus,
  ReleaseRequest,
} from '../../../src/hosts/contract/host.ts';
import { Secret } from '../../../src/lib/secret.ts';
import type { EmulatorRequest } from '../emulator.ts';
import { fakeClock, never } from '../fakes.ts';
import { createHostInputs, createReleaseRequest, fakeMachine } from '../host-io.ts';

interface Running {
  readonly origin: string;
  readonly requests: readonly EmulatorRequest[];
  readonly complaints: readonly string[];
  stop(): Promise<void>;
}

/** A host at its emulator, in the time of a fake clock. */
export interface Asking<E extends Running> {
  readonly host: Host;
  readonly io: HostIO;
  readonly emulator: E;
  request(more?: Partial<ReleaseRequest>): ReleaseRequest;
  /** Asks for the status until the deploy ends. */
  follow(host: Host, more?: Partial<ReleaseRequest>): Promise<HostStatus>;
  /** What was asked: "POST /v2/apps". */
  asked(): string[];
}

const ends = ['live', 'failed', 'cancelled', 'superseded'];

export async function askingHost<E extends Running>(
  definition: HostDefinition,
  emulator: E,
  given: { service: string; token: string; options?: HostOptions },
  work: (asking: Asking<E>) => Promise<void>,
): Promise<void> {
  const clock = fakeClock(Date.now());
  const io: HostIO = {
    ...fakeMachine(),
    run: () => Promise.reject(new Error('this test has no programs')),
    async request({ method, url, headers, body }) {
      // Bytes have no type of their own, as text has for fetch.
      const parts = body === undefined ? undefined : Buffer.from(Array.isArray(body) ? '(a file)' : (body as string));
      const answer = await fetch(url, {
        method,
        redirect: 'manual',
        ...(headers && { headers }),
        ...(parts === undefined ? {} : { body: parts }),
      });
      return {
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: new Uint8Array(await answer.arrayBuffer()),
      };
    },
    now: clock.now,
    signal: never,
  };
  const { service, token, options } = given;
  const inputs = createHostInputs({
    service,
    token: new Secret(token),
    options: { 'api-url': [emulator.origin], ...options },
  });
  const request = (more: Partial<ReleaseRequest> = {}) =>
    createReleaseRequest({ repository: 'harbour/notes', ...more });
  try {
    await work({
      host: await definition.create(inputs),
      io,
      emulator,
      request,
      async follow(host, more) {
        let release = await host.trigger(request(more), io);
        for (let round = 0; round < 20; round++) {
          const status = await host.status?.(release, io);
          if (status && ends.includes(status.phase)) return status;
          if (status?.id) release = { ...release, id: status.id };
          await clock.sleep(5_000, never);
        }
        throw new Error('the deploy did not end');
      },
      asked: () => emulator.requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`),
    });
    expect(emulator.complaints).toEqual([]);
  } finally {
    await emulator.stop();
  }
}
