import { describe, expect, test } from '@jest/globals';
import { lookReadable, type ReadableRequest } from '../../../../src/commands/stages/readable-check.ts';
import { filesOf } from '../../../../src/commands/stages/sample-file.ts';
import { HttpError } from '../../../../src/core/http-error.ts';
import type { HttpResponse } from '../../../../src/core/ports.ts';
import { emptyLedger } from '../../../../src/ledger/ledger.ts';
import { planSync } from '../../../../src/sync/sync-plan.ts';
import { answer, fakeHttp, never } from '../../../support/fakes.ts';
import { remoteOf, scanned, syncSource } from '../../../support/sync.ts';

const files = filesOf(planSync([syncSource([scanned('my app.css', 'body {}')])], remoteOf(), emptyLedger), 'static');
const url = 'https://cdn.example.com/static/my%20app.css';

async function check(reply: HttpResponse | Error, more: Partial<ReadableRequest> = {}) {
  const http = fakeHttp(() => reply);
  const warnings: string[] = [];
  const given = {
    files,
    staticUrl: 'https://cdn.example.com/static/',
    site: 'https://example.com',
    signed: false,
    purges: false,
  };
  const recorder = { warn: (line: string) => void warnings.push(line) };
  const found = await lookReadable({ ...given, ...more }, { http, signal: never, recorder });
  return { found, warnings, asked: http.requests.map((one) => one.url) };
}

describe('a static file, fetched through STATIC_URL before the host is asked,', () => {
  test('that answers with its own bytes lets the release go on', async () => {
    expect(await check(answer(200, 'body {}'))).toMatchObject({ found: { kind: 'readable', url }, asked: [url] });
  });

  test.each([400, 401, 403])('that is refused by %i is not open', async (status) => {
    expect((await check(answer(status))).found).toMatchObject({ kind: 'refused', url, status });
  });

  test('that is not there stops it, and STATIC_URL is named', async () => {
    await expect(check(answer(404))).rejects.toMatchObject({
      message: expect.stringContaining('static/my app.css'),
      hint: expect.stringContaining('STATIC_URL'),
    });
  });

  test('that has other bytes stops it', async () => {
    await expect(check(answer(200, 'body !!'))).rejects.toThrow('other bytes');
    await expect(check(answer(200, '<html>'))).rejects.toThrow('other bytes');
  });

  test('that has other bytes at a CDN which is purged later is an older copy, unless its name has a hash', async () => {
    expect((await check(answer(200, 'body !!'), { purges: true })).found).toMatchObject({
      kind: 'readable',
      older: true,
    });
    const hashed = files.map((file) => ({ ...file, immutable: true }));
    await expect(check(answer(200, 'body !!'), { purges: true, files: hashed })).rejects.toThrow('other bytes');
  });

  test.each<[string, Partial<ReadableRequest>]>([
    ['if STATIC_URL is not known', { staticUrl: undefined }],
    ['if the site itself serves it', { site: 'https://cdn.example.com' }],
    ['if the storage signs its addresses', { signed: true }],
    ['if there is none', { files: [] }],
  ])('is not asked for %s', async (_why, more) => {
    expect(await check(answer(500), more)).toMatchObject({ found: { kind: 'not asked' }, asked: [] });
  });

  test('is asked for at the bucket itself where nobody knows another address', async () => {
    const atBucket = () => 'https://bucket.example.com/static/my%20app.css';
    const { asked } = await check(answer(200, 'body {}'), { staticUrl: undefined, atBucket });
    expect(asked).toEqual([atBucket()]);
  });

  test('that cannot be asked for is a warning', async () => {
    const { warnings } = await check(new HttpError('other', 'no route to host'));
    expect(warnings).toEqual([expect.stringContaining('no route to host')]);
  });
});
