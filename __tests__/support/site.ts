import type { Http, HttpRequest, HttpResponse } from '../../src/core/ports.ts';
import { fakeHttp } from './fakes.ts';

export type Reply = HttpResponse | Error | ((request: HttpRequest) => HttpResponse | Error);

/**
 * A fake HTTP client that knows these addresses and no other: one that is missing fails the test, because no code may
 * ask for it.
 */
export function site(pages: Readonly<Record<string, Reply>>): Http & { requests: HttpRequest[]; asked(): string[] } {
  const http = fakeHttp((request) => {
    const reply = pages[request.url];
    if (reply === undefined) return new Error(`nobody may ask for ${request.url}`);
    return typeof reply === 'function' ? reply(request) : reply;
  });
  return Object.assign(http, { asked: () => http.requests.map(({ url }) => url) });
}
