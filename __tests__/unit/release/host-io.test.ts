import { describe, expect, test } from '@jest/globals';
import { HttpError } from '../../../src/core/http-error.ts';
import type { HttpRequest, HttpResponse } from '../../../src/core/ports.ts';
import { ask } from '../../../src/hosts/contract/api.ts';
import type { Host } from '../../../src/hosts/contract/host.ts';
import { hostIO } from '../../../src/release/host-io.ts';
import { answer, fakeClock, fakeHttp, never } from '../../support/fakes.ts';
import { fakeMachine } from '../../support/host-io.ts';
import { releaseAs, sha } from '../../support/release.ts';

const url = 'https://api.test/app';

/** A host that reads the app, and then asks for a deploy of it. */
const trigger: Host['trigger'] = async (_request, io) => {
  await ask(io, 'the app', { method: 'GET', url });
  await ask(io, 'the deploy', { method: 'POST', url });
  return { startedAt: io.now(), sha };
};

/** An API whose answers to one method come one after the other, the last one for ever; all others are good. */
function api(method: HttpRequest['method'], ...answers: (HttpResponse | Error)[]) {
  const left = [...answers];
  return fakeHttp((request) => {
    if (request.method !== method) return answer(200);
    return (left.length > 1 ? left.shift() : left[0]) ?? answer(200);
  });
}

const posts = ({ requests }: ReturnType<typeof api>) => requests.filter(({ method }) => method === 'POST').length;

describe('what a host reads before it is asked to deploy', () => {
  test.each<[string, HttpResponse | Error]>([
    ['a proxy failed', answer(502, '<html>')],
    ['the API was asked too often', answer(429)],
    ['the API failed', answer(500)],
    ['the line was cut', new HttpError('reset', 'api.test: ECONNRESET')],
  ])('is read again where %s', async (_, failure) => {
    const http = api('GET', failure, failure, answer(200));
    const { outcome } = await releaseAs({ more: { trigger }, http });
    expect(outcome?.phase).toBe('asked');
    expect(posts(http)).toBe(1);
  });

  test('is read again as late as the host says', async () => {
    const http = api('GET', answer(503, '', { 'retry-after': '45' }), answer(200));
    const { elapsed } = await releaseAs({ more: { trigger }, http });
    expect(elapsed).toBeGreaterThanOrEqual(45_000);
  });

  test('is no deploy that may go on, where it stays so', async () => {
    const http = api('GET', answer(502));
    const { error } = await releaseAs({ more: { trigger }, http });
    expect(error?.code).toBe('HOST_REFUSED');
    expect(error?.message).toContain('was not asked to deploy');
    expect(error?.message).toContain('the app: HTTP 502');
    expect(posts(http)).toBe(0);
  });
});

test('a request to deploy is sent once where nobody knows whether it was taken', async () => {
  const http = api('POST', answer(502));
  const { error } = await releaseAs({ more: { trigger }, http });
  expect(error?.code).toBe('HOST_UNCLEAR');
  expect(posts(http)).toBe(1);
});

describe('the time limit of a request', () => {
  const clock = fakeClock();
  const http = fakeHttp(() => answer(200));
  const io = { http, machine: fakeMachine(), clock, signal: never };
  const limitOf = async (left: number, timeout?: number) => {
    await hostIO(io, never, clock.now() + left).request({ method: 'GET', url, ...(timeout ? { timeout } : {}) });
    return http.requests.at(-1)?.timeout;
  };

  test.each<[string, number, number | undefined, number]>([
    ['is the usual one where the deadline is far', 600_000, undefined, 30_000],
    ['is its own one where it has one', 600_000, 90_000, 90_000],
    ['ends at the deadline', 12_000, undefined, 12_000],
    ['ends at the deadline where it has one of its own', 12_000, 90_000, 12_000],
    ['is not zero where the deadline is now', 0, undefined, 2_000],
  ])('%s', async (_, left, own, expected) => {
    expect(await limitOf(left, own)).toBe(expected);
  });
});
