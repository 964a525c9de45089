import { describe, expect, test } from '@jest/globals';
import type { HttpResponse } from '../../../src/core/ports.ts';
import { checkAssets } from '../../../src/release/page-files.ts';
import { checkEncodings } from '../../../src/release/served-check.ts';
import { answer, fakeClock, fakeHttp, never } from '../../support/fakes.ts';
import { md5 } from '../../support/md5.ts';

const body = 'body { color: red }\n'.repeat(100);
const sent = (encoding?: string, more: Record<string, string> = {}, text = body): HttpResponse =>
  answer(200, text, {
    'content-type': 'text/css',
    ...(encoding ? { 'content-encoding': encoding, vary: 'Accept-Encoding' } : {}),
    ...more,
  });

describe('the encodings of a file that the app serves', () => {
  test.each<[string, Parameters<typeof checkEncodings>[0], object]>([
    ['each as it was asked for', { identity: sent(), gzip: sent('gzip'), br: sent('br') }, {}],
    ['no compression at all', { identity: sent(), gzip: sent(), br: sent() }, {}],
    ['only one of them', { identity: sent(), gzip: sent('gzip'), br: sent() }, {}],
    [
      'other bytes in one of them',
      { identity: sent(), gzip: sent('gzip', {}, 'old'), br: sent('br') },
      { problem: expect.stringContaining('has other bytes as gzip') },
    ],
    [
      'an error in one of them',
      { identity: sent(), gzip: sent(), br: answer(500) },
      { problem: expect.stringContaining('answers 500') },
    ],
    [
      'no Vary, so that caches mix them up',
      { identity: sent(), gzip: sent('gzip', { vary: 'Cookie' }) },
      { remark: expect.stringContaining('Vary: Accept-Encoding') },
    ],
    [
      'another than was asked for',
      { identity: sent(), gzip: sent('br') },
      { remark: expect.stringContaining('sent as br where gzip') },
    ],
    [
      'compressed to everybody',
      { identity: sent('gzip'), gzip: sent('gzip') },
      { remark: expect.stringContaining('asks for it uncompressed') },
    ],
  ])('%s', (_what, answers, found) => expect(checkEncodings(answers)).toEqual(found));
});

const origin = 'https://site.test';
const hashed = `app.${md5(body).slice(0, 12)}.css`;

async function look(caching: Record<string, string>, html: string) {
  const http = fakeHttp(({ headers = {} }) => {
    const wanted = headers['accept-encoding'];
    return sent(wanted === 'br' || wanted === 'gzip' ? wanted : undefined, caching);
  });
  const files = { names: new Set([hashed]), staticUrl: '/static/', md5Of: () => undefined };
  const scope = { ours: new Set<string>(), files, deadline: Number.POSITIVE_INFINITY };
  const found = await checkAssets({ url: `${origin}/`, body: html }, scope, {
    http,
    clock: fakeClock(),
    signal: never,
  });
  return { ...found, asked: http.requests.map((one) => one.headers?.['accept-encoding']) };
}
const sheet = (url: string) => `<link rel="stylesheet" href="${url}">`;
const immutable = { 'cache-control': 'max-age=315360000, public, immutable' };

describe('the files of a page that the app serves', () => {
  test('are asked for in each encoding, and the encodings are named', async () => {
    const found = await look(immutable, sheet(`/static/${hashed}`));
    expect(found).toMatchObject({ problems: [], remarks: [], encodings: ['gzip', 'br'] });
    expect(found.asked).toEqual([undefined, 'identity', 'gzip', 'br']);
  });

  test('of other origins are asked for once', async () => {
    const found = await look(immutable, sheet('https://site.test:8443/static/app.css'));
    expect(found.asked.length).toBeLessThan(2);
  });

  test('with a hash in the name are remarked on where browsers may not keep them', async () => {
    const found = await look({ 'cache-control': 'max-age=60, public' }, sheet(`/static/${hashed}`));
    expect(found.problems).toEqual([]);
    expect(found.remarks).toMatchObject([
      { message: expect.stringContaining('so browsers ask for it again and again') },
    ]);
  });

  test('without a hash are remarked on where browsers keep them for long, all of them in one sentence', async () => {
    const found = await look(immutable, `${sheet('/static/a.css')}${sheet('/static/b.css')}${sheet('/static/c.css')}`);
    expect(found.remarks).toMatchObject([{ message: expect.stringContaining('So do 2 files more.') }]);
  });
});
