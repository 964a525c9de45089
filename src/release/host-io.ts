import type { Clock, Http, HttpRequest, HttpResponse } from '../core/ports.ts';
import type { HostIO } from '../hosts/contract/host.ts';
import type { HostMachine } from '../hosts/contract/host-io.ts';
import { retry } from '../lib/retry.ts';
import { retryAfter } from '../lib/retry-after.ts';
import { mayPass, passingStatus } from './host-errors.ts';

export interface HostPorts {
  readonly http: Http;
  readonly machine: HostMachine;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** A request without a time limit of its own gets this one, as the HTTP client does. */
const standardTimeout = 30_000;
/** A request that is begun shortly before the deadline is still given this long. */
const shortestTimeout = 2_000;

/** @param deadline No request waits for its answer for longer than until then; milliseconds since the epoch. */
export const hostIO = (io: HostPorts, signal = io.signal, deadline = Number.POSITIVE_INFINITY): HostIO => ({
  ...io.machine,
  request: (request) => {
    const left = Math.max(shortestTimeout, deadline - io.clock.now());
    return io.http({ ...request, timeout: Math.min(request.timeout ?? standardTimeout, left) }, signal);
  },
  now: () => io.clock.now(),
  run: (command) => io.machine.run(command, signal),
  signal,
});

/** An answer that may be another one later. */
class PassingAnswer extends Error {
  readonly answer: HttpResponse;
  constructor(answer: HttpResponse) {
    super(`HTTP ${answer.status}`);
    this.answer = answer;
  }
}

/** What a host is asked by, and whether it was asked for nothing but what is there. */
export interface WatchedIO {
  readonly io: HostIO;
  readonly onlyRead: () => boolean;
}

/** Asks again what only reads (GET), where the answer may be another one later. All else is asked once. */
export function patientIO(ports: HostPorts & { readonly random: () => number }, deadline: number): WatchedIO {
  const plain = hostIO(ports, ports.signal, deadline);
  let reads = 0;
  let changes = 0;
  const again = (error: unknown) =>
    error instanceof PassingAnswer ? (retryAfter(error.answer.headers, plain.now()) ?? true) : mayPass(error);
  const policy = { attempts: 4, base: 1_000, cap: 10_000, until: deadline, again };
  const read = async (request: HttpRequest) => {
    const answer = await plain.request(request);
    if (passingStatus(answer.status)) throw new PassingAnswer(answer);
    return answer;
  };
  return {
    onlyRead: () => reads > 0 && changes === 0,
    io: {
      ...plain,
      async request(request) {
        if (request.method !== 'GET') {
          changes += 1;
          return plain.request(request);
        }
        reads += 1;
        try {
          return await retry(() => read(request), policy, ports, ports.signal);
        } catch (error) {
          // The host reads the last answer, and says what was asked.
          if (error instanceof PassingAnswer) return error.answer;
          throw error;
        }
      },
      run(command) {
        changes += 1;
        return plain.run(command);
      },
    },
  };
}
