import type { HttpRequest, HttpResponse } from '../../src/core/ports.ts';
import type { HostInputs, HostIO, ReleaseRequest } from '../../src/hosts/contract/host.ts';
import type { HostMachine } from '../../src/hosts/contract/host-io.ts';
import { answer, fakeClock, fakeHttp, never } from './fakes.ts';

const notHere = (what: string) => async () => {
  throw new Error(`this test has no ${what}`);
};

/** A machine without variables, files and programs, unless they are given. */
export const fakeMachine = (given: Partial<HostMachine> = {}): HostMachine => ({
  environ: () => undefined,
  readFile: notHere('files'),
  secretFile: notHere('files'),
  run: notHere('programs'),
  openStore: notHere('buckets'),
  ...given,
});

/** What a host may do, with answers out of a function; keeps what was asked. */
export function fakeHostIO(
  reply: (request: HttpRequest) => HttpResponse | Error,
): HostIO & { readonly requests: HttpRequest[] } {
  const http = fakeHttp(reply);
  return {
    ...fakeMachine(),
    run: notHere('programs'),
    request: (request) => http(request, never),
    now: fakeClock().now,
    signal: never,
    requests: http.requests,
  };
}

/** An answer with a value as JSON. */
export const json = (value: unknown, status = 200, headers: Record<string, string> = {}): HttpResponse =>
  answer(status, JSON.stringify(value), { 'content-type': 'application/json', ...headers });

/** Inputs of a host, none set unless given. */
export function createHostInputs(overrides: Partial<HostInputs> = {}): HostInputs {
  return { service: undefined, token: undefined, deployHook: undefined, options: {}, ...overrides };
}

export function createReleaseRequest(overrides: Partial<ReleaseRequest> = {}): ReleaseRequest {
  return {
    release: '5ad1c8f0d0d1-42.1',
    sha: '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa',
    branch: 'main',
    environment: 'production',
    repository: 'octo/site',
    runUrl: 'https://github.com/octo/site/actions/runs/1001',
    variables: {},
    artifact: { path: '/tmp/artifact.tar.gz', sha256: 'ab'.repeat(32), bytes: 4_096, format: 'tar.gz' },
    ...overrides,
  };
}
