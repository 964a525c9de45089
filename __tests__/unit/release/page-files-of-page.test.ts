import { afterAll, describe, expect, test } from '@jest/globals';
import { HttpError } from '../../../src/core/http-error.ts';
import { type AssetScope, checkAssets } from '../../../src/release/page-files.ts';
import { noFiles } from '../../../src/release/release-files.ts';
import { createHttp } from '../../../src/runner/http-client.ts';
import { type Emulator, startEmulator } from '../../support/emulator.ts';
import { answer, fakeClock, never } from '../../support/fakes.ts';
import { type Reply, site } from '../../support/site.ts';

const origin = 'https://site.test';
const cdn = 'https://cdn.test';
const typed = (type: string, headers: Record<string, string> = {}) =>
  answer(200, '', { 'content-type': type, ...headers });

const scopeOf = (ours: string[], files = noFiles): AssetScope => ({
  ours: new Set(ours),
  files,
  deadline: Number.POSITIVE_INFINITY,
});

describe('the files of a page', () => {
  const css = typed('text/css');
  const png = typed('image/png');
  const check = async (body: string, pages: Record<string, Reply>, ours: string[] = [cdn]) => {
    const http = site(pages);
    const report = await checkAssets({ url: `${origin}/`, body }, scopeOf(ours), {
      http,
      clock: fakeClock(),
      signal: never,
    });
    return { report, http };
  };

  test('are asked for once each, and those of other origins never', async () => {
    const body = `<link rel="stylesheet" href="/a.css"><link rel="stylesheet" href="/a.css">
      <img src="${cdn}/a.png"><img src="${cdn}/a.png#x"><script src="https://tracker.test/t.js"></script>`;
    const { report, http } = await check(body, { [`${origin}/a.css`]: css, [`${cdn}/a.png`]: png });
    expect(http.asked().sort()).toEqual([`${cdn}/a.png`, `${origin}/a.css`]);
    expect(report).toMatchObject({ checked: 2, found: 2, foreign: 1, problems: [], remarks: [], unseen: [] });
  });

  test('in a frame are looked at where they are files of the release or of the bucket; pages of the app are not', async () => {
    const frames = [`${origin}/chart/`, `${origin}/static/terms.pdf`, `${cdn}/media/plan.pdf`, 'https://video.test/1'];
    const http = site({
      [`${origin}/static/terms.pdf`]: typed('application/pdf'),
      [`${cdn}/media/plan.pdf`]: answer(404),
    });
    const body = frames.map((url) => `<iframe src="${url}"></iframe>`).join('');
    const scope = scopeOf([cdn], { ...noFiles, staticUrl: '/static/' });
    const report = await checkAssets({ url: `${origin}/`, body }, scope, { http, clock: fakeClock(), signal: never });
    expect(http.asked().sort()).toEqual([`${cdn}/media/plan.pdf`, `${origin}/static/terms.pdf`]);
    expect(report.problems.map(({ url }) => url)).toEqual([`${cdn}/media/plan.pdf`]);
    expect(report).toMatchObject({ checked: 2, found: 2, foreign: 1 });
  });

  test('are not all known where the page was too long to be read, and that is said', async () => {
    const io = { http: site({ [`${origin}/a.png`]: png }), clock: fakeClock(), signal: never };
    const report = await checkAssets({ url: `${origin}/`, body: '<img src="/a.png">', cut: true }, scopeOf([]), io);
    expect(report).toMatchObject({ checked: 1, unseen: ['The page is too long to be read whole.'] });
  });

  test('are asked for with the site’s origin where a browser asks with CORS, and only there', async () => {
    const body = `<img src="${cdn}/a.png"><script type="module" src="${cdn}/a.js"></script>`;
    const { http } = await check(body, {
      [`${cdn}/a.png`]: png,
      [`${cdn}/a.js`]: typed('text/javascript', { 'access-control-allow-origin': '*' }),
    });
    expect(Object.fromEntries(http.requests.map(({ url, headers }) => [url, headers?.origin]))).toEqual({
      [`${cdn}/a.png`]: undefined,
      [`${cdn}/a.js`]: origin,
    });
  });

  test('of which style sheets are read, however deep they import one another, and relative to where they are', async () => {
    const sheet = (text: string) => answer(200, text, { 'content-type': 'text/css' });
    const { report, http } = await check(
      `<link rel="stylesheet" href="${cdn}/s/a.css"><link rel="stylesheet" href="${cdn}/s/b.css"><img src="${cdn}/i.png">`,
      {
        [`${cdn}/s/a.css`]: sheet(
          '@import "c.css"; p { background: url(../p.png) } q { background: url(https://x.test/x.png) }',
        ),
        [`${cdn}/s/b.css`]: sheet('@font-face { src: url(f.woff2) } p { background: url(../p.png), url(../i.png) }'),
        [`${cdn}/s/c.css`]: sheet('@import "d/d.css";'),
        [`${cdn}/s/d/d.css`]: sheet('p { background: url(deep.png) }'),
        [`${cdn}/s/d/deep.png`]: png,
        [`${cdn}/p.png`]: png,
        [`${cdn}/i.png`]: png,
        [`${cdn}/s/f.woff2`]: typed('font/woff2'),
      },
    );
    expect(http.asked()).toHaveLength(8);
    expect(new Set(http.asked()).size).toBe(8);
    expect(report.checked).toBe(8);
    expect(report.foreign).toBe(1);
    expect(report.problems).toEqual([
      { url: `${cdn}/s/f.woff2`, message: expect.stringContaining('has no Access-Control-Allow-Origin'), own: 'no' },
    ]);
  });

  test('that do not answer are problems, and do not hide the others', async () => {
    const body = '<img src="/a.png"><img src="/b.png">';
    const { report } = await check(body, {
      [`${origin}/a.png`]: new HttpError('reset', 'site.test: ECONNRESET'),
      [`${origin}/b.png`]: answer(404),
    });
    expect(report.problems).toEqual([
      {
        url: `${origin}/a.png`,
        message: 'does not answer (site.test: ECONNRESET). The connection was cut while it answered.',
        own: 'no',
      },
      { url: `${origin}/b.png`, message: expect.stringContaining('answers 404'), own: 'no' },
    ]);
  });

  test('that are more than are looked at are counted, and those of the release come first', async () => {
    const own = 'app.5af66c1b1797.css';
    const addresses = Array.from({ length: 1_005 }, (_, at) => `${origin}/${at}.png`);
    const body = [...addresses.map((url) => `<img src="${url}">`), `<link rel="stylesheet" href="/s/${own}">`].join('');
    const pages = { ...Object.fromEntries(addresses.map((url) => [url, png])), [`${origin}/s/${own}`]: answer(404) };
    const http = site(pages);
    const scope = scopeOf([], { ...noFiles, names: new Set([own]) });
    const report = await checkAssets({ url: `${origin}/`, body }, scope, { http, clock: fakeClock(), signal: never });
    expect(report).toMatchObject({
      checked: 1_000,
      found: 1_006,
      problems: [{ url: `${origin}/s/${own}`, own: 'file' }],
    });
    expect(report.unseen).toEqual(['1000 of 1006 files of the page were looked at, those of the release first.']);
  });

  test('are no longer asked for after an abort', async () => {
    const reason = new Error('cancelled');
    const page = { url: `${origin}/`, body: '<img src="/a.png">' };
    const io = { http: site({}), clock: fakeClock(), signal: AbortSignal.abort(reason) };
    await expect(checkAssets(page, scopeOf([]), io)).rejects.toBe(reason);
  });
});

describe('over real connections', () => {
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

  test('a bucket on another origin serves a style sheet and is found to refuse its font', async () => {
    const types: Record<string, string> = { '/app.css': 'text/css', '/f.woff2': 'font/woff2' };
    const bucket = await serve(({ path }) => ({
      status: 200,
      headers: { 'content-type': types[path] ?? '' },
      body: '@font-face { src: url(f.woff2) }',
    }));
    const app = await serve(() => ({ status: 404 }));
    const body = `<link rel="stylesheet" href="${bucket.origin}/app.css"><script src="/gone.js"></script>`;
    const page = { url: `${app.origin}/`, body };
    const io = { http, clock: fakeClock(), signal: never };
    const report = await checkAssets(page, scopeOf([bucket.origin]), io);
    expect(bucket.requests.find(({ path }) => path === '/f.woff2')?.headers.origin).toBe(app.origin);
    expect(report.checked).toBe(3);
    expect(report.problems).toEqual([
      { url: `${app.origin}/gone.js`, message: expect.stringContaining('the app was asked for it'), own: 'no' },
      { url: `${bucket.origin}/f.woff2`, message: expect.stringContaining(`refuse it for ${app.origin}`), own: 'no' },
    ]);
  });
});
