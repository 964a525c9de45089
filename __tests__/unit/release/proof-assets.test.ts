import { describe, expect, test } from '@jest/globals';
import { HttpError } from '../../../src/core/http-error.ts';
import { answer } from '../../support/fakes.ts';
import { css, fresh, minutes, newPage, oldPage, pageOf, watch } from '../../support/proof.ts';

const missing = answer(404);

describe('files of the new page that do not load', () => {
  test('end the run after some patience and long before the deadline, with what to do', async () => {
    const { error, elapsed } = await watch({ page: () => newPage, file: () => missing });
    expect(error?.code).toBe('ASSETS_BROKEN');
    expect(error?.message).toContain('The new release answers, but its page links 1 file that browsers do not load');
    expect(error?.message).toContain(`https://site.test/static/${fresh} answers 404: the app was asked for it`);
    expect(elapsed).toBeGreaterThanOrEqual(15_000);
    expect(elapsed).toBeLessThan(2 * minutes);
  });

  test('are a warning where they are not of the release, and did not load before it either', async () => {
    const picture = (name: string) =>
      answer(200, `<link rel="stylesheet" href="/static/${fresh}"><img src="/media/${name}">`);
    const file = (path: string) => (path.startsWith('/media/') ? missing : css);
    const { proof } = await watch({ page: () => picture('gone.png'), file });
    expect(proof?.passing).toMatchObject([{ url: 'https://site.test/media/gone.png' }]);
    const before = { problems: [], fine: new Set(['https://site.test/media/was-there.png']) };
    const { error } = await watch({ page: () => picture('was-there.png'), file, before });
    expect(error?.code).toBe('ASSETS_BROKEN');
  });

  test('by a path that somebody wrote by hand are of the release, unless the page lacked them before', async () => {
    const md5Of = (name: string) => (name === 'shop/a.png' ? 'c4ca4238a0b923820dcc509a6f75849b' : undefined);
    const files = { names: new Set([fresh]), staticUrl: 'https://bucket.test/static/', md5Of };
    const links = '<img src="/static/shop/a.png"><img src="/static/shop/none.png"><img src="/media/gone.png">';
    const page = answer(200, `<link rel="stylesheet" href="https://bucket.test/static/${fresh}">${links}`);
    const file = (path: string) => (path.endsWith('.css') ? css : missing);
    const { error } = await watch({ page: () => page, file, files });
    expect(error?.message).toContain('links 2 files that');
    expect(error?.message).toMatch(
      /a\.png answers 404: .* at https:\/\/bucket\.test\/static\/\. Write \{% static "shop\/a\.png" %\}/,
    );
    expect(error?.message).toMatch(
      /none\.png answers 404: .* the release has no static file of this name\. Add the file/,
    );
    const problem = (url: string) => ({ url, message: 'answers 404', own: 'place' as const });
    const was = ['https://site.test/static/shop/a.png', 'https://site.test/static/shop/none.png'].map(problem);
    const { proof } = await watch({ page: () => page, file, files, before: { problems: was, fine: new Set() } });
    expect(proof?.passing).toHaveLength(3);
  });

  test('are counted where there are many', async () => {
    const links = Array.from({ length: 10 }, (_, at) => `<img src="/static/${at}.png">`).join('');
    const page = answer(200, `<link rel="stylesheet" href="/static/${fresh}">${links}`);
    const file = (path: string) => (path.endsWith('.css') ? css : missing);
    const { error } = await watch({ page: () => page, file });
    expect(error?.message).toContain('links 10 files that');
    expect(error?.message).toContain('/static/7.png answers 404');
    expect(error?.message).not.toContain('/static/8.png');
    expect(error?.message).toMatch(/ {2}and 2 more$/);
  });

  test('are fine once they load', async () => {
    const shaken = new HttpError('reset', 'site.test: ECONNRESET');
    const answers = [missing, shaken, answer(503)];
    const { proof } = await watch({ page: () => newPage, file: () => answers.shift() ?? css });
    expect(proof).toMatchObject({ evidence: { kind: 'asset', seen: fresh }, assets: { problems: [] } });
  });

  test('are given new patience after a round in which they loaded', async () => {
    const answers = [missing, missing, missing, css, missing, missing, missing];
    const { proof } = await watch({
      page: (request) => pageOf(fresh, { etag: String(request) }),
      file: () => answers.shift() ?? css,
    });
    expect(proof).toBeDefined();
  });

  test('are the error where the release comes up just before the deadline', async () => {
    const page = (_: number, time: number) => (time < minutes - 12_000 ? oldPage : newPage);
    const { error, elapsed } = await watch({ page, file: () => missing, deadline: minutes });
    expect(error?.code).toBe('ASSETS_BROKEN');
    expect(elapsed).toBeLessThanOrEqual(minutes);
  });
});

test('a wait says each 15 s what the site answers now, in a short line', async () => {
  const { told } = await watch({ page: () => oldPage, deadline: 5 * minutes });
  expect(told[0]).toBe('Not yet after 15 s: it answers 200 with a page with app.111111111111.css');
  expect(told[1]).toBe('Not yet after 30 s: as before.');
  expect(told.length).toBeGreaterThan(15);
  expect(told.length).toBeLessThan(20);
  expect(new Set(told).size).toBe(told.length);
});
