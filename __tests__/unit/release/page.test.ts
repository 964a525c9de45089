import { afterAll, describe, expect, test } from '@jest/globals';
import { HttpError, type HttpFailure } from '../../../src/core/http-error.ts';
import { diagnose, fromCache, loadPage } from '../../../src/release/page.ts';
import { createHttp } from '../../../src/runner/http-client.ts';
import { type Emulator, startEmulator } from '../../support/emulator.ts';
import { answer, never } from '../../support/fakes.ts';
import { type Reply, site } from '../../support/site.ts';

const start = 'https://site.test/';
const to = (location: string, status = 302) => answer(status, '', { location });
const load = async (pages: Record<string, Reply>, url = start) => {
  const http = site(pages);
  return { found: await loadPage(http, url, 5_000, never), http };
};

describe('a redirect', () => {
  test.each([301, 302, 303, 307, 308])('with %d is followed, also where it is relative', async (status) => {
    const { found } = await load({ [start]: to('en/', status), 'https://site.test/en/': answer(200, 'hello') });
    expect(found).toMatchObject({
      kind: 'page',
      url: 'https://site.test/en/',
      redirects: ['https://site.test/en/'],
      response: { status: 200 },
    });
    expect(diagnose(found)).toBeUndefined();
  });

  test('to another host is followed, and its answer is judged', async () => {
    const { found } = await load({ [start]: to('https://www.site.test/'), 'https://www.site.test/': answer(400) });
    expect(diagnose(found)).toContain('Django does not know the host "www.site.test"');
  });

  test('from http to https is followed', async () => {
    const { found } = await load({ 'http://site.test/': to(start, 301), [start]: answer(200) }, 'http://site.test/');
    expect(found).toMatchObject({ kind: 'page', url: start });
  });

  test('to https where nothing speaks TLS is told so, with the setting, and not as a certificate', async () => {
    const error = new HttpError('tls', 'site.test: ERR_SSL_WRONG_VERSION_NUMBER');
    const { found } = await load({ 'http://site.test/': to(start, 301), [start]: error }, 'http://site.test/');
    expect(diagnose(found)).toContain(
      `the page redirected to ${start}, where nothing speaks TLS. Django does so by SECURE_SSL_REDIRECT`,
    );
    expect(diagnose(found)).not.toContain('certificate');
  });

  test.each([
    'ERR_SSL_WRONG_VERSION_NUMBER',
    'ERR_SSL_PACKET_LENGTH_TOO_LONG',
    'ERR_SSL_DATA_LENGTH_TOO_LONG',
    'ERR_SSL_HTTP_REQUEST',
    'ERR_SSL_UNKNOWN_PROTOCOL',
    'ERR_SSL_UNEXPECTED_MESSAGE',
    'ERR_SSL_INVALID_ALERT',
  ])('or the url to https where something else than TLS answers is never told as a certificate: %s', async (code) => {
    const error = new HttpError('tls', `site.test: ${code}`);
    const { found } = await load({ [start]: error });
    expect(diagnose(found)).toBe(`it does not answer (site.test: ${code}): there nothing speaks TLS.`);
  });

  test('from https to http is not followed', async () => {
    const { found, http } = await load({ [start]: to('http://site.test/') });
    expect(diagnose(found)).toBe('it leads from https to http://site.test/, which is not followed.');
    expect(http.asked()).toEqual([start]);
  });

  test.each(['https', 'http'])('from %s to a mail address is not followed and is no page', async (scheme) => {
    const url = `${scheme}://site.test/`;
    const { found, http } = await load({ [url]: to('mailto:help@site.test') }, url);
    expect(diagnose(found)).toBeDefined();
    expect(http.asked()).toEqual([url]);
  });

  test.each<[string, Record<string, Reply>, number]>([
    ['itself', { [start]: to(start, 301) }, 1],
    ['where it came from', { [start]: to('/a'), 'https://site.test/a': to('/b'), 'https://site.test/b': to('/a') }, 3],
  ])('to %s ends at once, and names the setting that Django needs behind a proxy', async (_, pages, requests) => {
    const { found, http } = await load(pages);
    expect(diagnose(found)).toContain('it redirects in a circle (https://site.test/');
    expect(diagnose(found)).toContain('SECURE_SSL_REDIRECT needs SECURE_PROXY_SSL_HEADER');
    expect(http.requests).toHaveLength(requests);
  });

  test('is followed five times, and not for ever', async () => {
    const chain = (length: number) =>
      Object.fromEntries(
        Array.from({ length }, (_, at): [string, Reply] => [
          at === 0 ? start : `https://site.test/${at}`,
          to(`/${at + 1}`),
        ]),
      );
    const five = await load({ ...chain(5), 'https://site.test/5': answer(200) });
    expect(diagnose(five.found)).toBeUndefined();
    const six = await load(chain(6));
    expect(diagnose(six.found)).toContain('it redirects too often (https://site.test/6).');
  });

  test('without an address is an answer like any other', async () => {
    const { found } = await load({ [start]: answer(302) });
    expect(diagnose(found)).toBe('it answers 302.');
  });
});

describe('each answer that is no page gets its own sentence', () => {
  test.each<[number, string, string]>([
    [400, '', 'Django does not know the host "site.test" (DisallowedHost). Add it to ALLOWED_HOSTS.'],
    [401, '', 'it answers 401: the page asks who you are. Set health-path'],
    [403, '', 'it answers 403: the page asks who you are. Set health-path'],
    [404, '', 'it answers 404: there is no such page. Set health-path'],
    [429, '', 'it answers 429: the host limits how often'],
    [500, '<h1>Server Error (500)</h1>', "look at the app's log"],
    [
      500,
      '<pre>ValueError: Missing staticfiles manifest entry for "blog/nope.css"</pre>',
      'it answers 500: the app fails. Missing staticfiles manifest entry for "blog/nope.css".',
    ],
    [502, '', 'it answers 502: the host is there and the app behind it is not (yet)'],
    [503, '', 'it answers 503: the host is there and the app behind it is not (yet)'],
    [504, '', 'it answers 504: the host is there and the app behind it is not (yet)'],
    [418, '', 'it answers 418.'],
  ])('%d %s', async (status, body, sentence) => {
    const { found } = await load({ [start]: answer(status, body) });
    expect(diagnose(found)).toContain(sentence);
  });

  test.each([200, 203, 204])('and %d is fine', async (status) => {
    expect(diagnose((await load({ [start]: answer(status) })).found)).toBeUndefined();
  });
});

test.each<[HttpFailure, string]>([
  ['refused', 'Nothing listens there (yet).'],
  ['unresolved', 'check the input url and the DNS record'],
  ['timeout', 'its firewall lets GitHub’s runners in'],
  ['reset', 'The connection was cut'],
  ['tls', 'TLS does not work there (yet).'],
  ['blocked', 'never asked'],
  ['other', 'it does not answer (site.test: what it was).'],
])('a connection that fails with "%s" says what to look at', async (failure, sentence) => {
  const { found } = await load({ [start]: new HttpError(failure, 'site.test: what it was') });
  expect(diagnose(found)).toContain('it does not answer (site.test: what it was).');
  expect(diagnose(found)).toContain(sentence);
});

test('an abort is no answer of the page', async () => {
  const reason = new Error('cancelled');
  await expect(loadPage(site({}), start, 5_000, AbortSignal.abort(reason))).rejects.toBe(reason);
});

test('caches in between are asked to look again, for the page that a redirect leads to as well', async () => {
  const { http } = await load({ [start]: to('/en/'), 'https://site.test/en/': answer(200) });
  expect(http.requests.map(({ headers }) => headers?.['cache-control'])).toEqual(['no-cache', 'no-cache']);
});

test.each<[Record<string, string>, string | undefined]>([
  [{}, undefined],
  [{ age: '0' }, undefined],
  [{ age: '120' }, 'Age: 120'],
  [{ 'x-cache': 'Hit from cloudfront' }, 'Hit from cloudfront'],
  [{ 'x-cache': 'Miss from cloudfront' }, undefined],
  [{ 'cf-cache-status': 'HIT' }, 'HIT'],
  [{ 'cf-cache-status': 'DYNAMIC' }, undefined],
])('headers %j come out of a cache: %s', (headers, said) => {
  expect(fromCache(answer(200, '', headers))).toBe(said);
});

describe('over a real connection', () => {
  const http = createHttp('test');
  const started: Emulator[] = [];
  const serve = async (...given: Parameters<typeof startEmulator>) => {
    const server = await startEmulator(...given);
    started.push(server);
    return server;
  };
  afterAll(async () => {
    await http.close();
    for (const server of started) await server.stop();
  });

  test('a redirect within the site ends on its page', async () => {
    const server = await serve(({ path }) =>
      path === '/' ? { status: 302, headers: { location: '/en/' } } : { status: 200, body: `this is ${path}` },
    );
    const found = await loadPage(http, `${server.origin}/`, 5_000, never);
    expect(found).toMatchObject({ kind: 'page', url: `${server.origin}/en/` });
    expect(found.kind === 'page' && new TextDecoder().decode(found.response.body)).toBe('this is /en/');
  });

  test('a redirect to a metadata address is never followed', async () => {
    const location = 'http://169.254.169.254/latest/meta-data/';
    const server = await serve(() => ({ status: 302, headers: { location } }));
    const found = await loadPage(http, `${server.origin}/`, 5_000, never);
    expect(diagnose(found)).toContain('Such an address is never asked.');
  });

  test('a port where nothing listens is refused', async () => {
    const server = await serve(() => ({ status: 200 }));
    await server.stop();
    started.pop();
    expect(diagnose(await loadPage(http, `${server.origin}/`, 5_000, never))).toContain('Nothing listens there (yet).');
  });
});
