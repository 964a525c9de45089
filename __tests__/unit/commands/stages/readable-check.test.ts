import { describe, expect, test } from '@jest/globals';
import { checkReadable, type ReadableRequest } from '../../../../src/commands/stages/readable-check.ts';
import { HttpError } from '../../../../src/core/http-error.ts';
import type { HttpResponse } from '../../../../src/core/ports.ts';
import { emptyLedger } from '../../../../src/ledger/ledger.ts';
import { planSync } from '../../../../src/sync/sync-plan.ts';
import { answer, fakeHttp, never } from '../../../support/fakes.ts';
import { remoteOf, scanned, syncSource } from '../../../support/sync.ts';

const plan = planSync([syncSource([scanned('my app.css', 'body {}')])], remoteOf(), emptyLedger);
const url = 'https://cdn.example.com/static/my%20app.css';

async function check(reply: HttpResponse | Error, more: Partial<ReadableRequest> = {}) {
  const http = fakeHttp(() => reply);
  const warnings: string[] = [];
  const request = {
    plan,
    staticUrl: 'https://cdn.example.com/static/',
    site: 'https://example.com',
    bucket: 'assets',
    signed: false,
    purges: false,
    ...more,
  };
  const { result } = await checkReadable(request, {
    http,
    signal: never,
    recorder: { warn: (line) => void warnings.push(line) },
  });
  return { result, warnings, asked: http.requests.map((one) => one.url) };
}

describe('a static file, fetched through STATIC_URL before the host is asked,', () => {
  test('that answers with its own bytes lets the release go on', async () => {
    expect(await check(answer(200, 'body {}'))).toMatchObject({ result: `${url} can be read`, asked: [url] });
  });

  test('that is forbidden stops it, with the policy to set', async () => {
    await expect(check(answer(403))).rejects.toMatchObject({
      code: 'FILES_UNREADABLE',
      hint: expect.stringContaining('"Resource":"arn:aws:s3:::assets/static/*"'),
    });
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

  test.each<[string, Partial<ReadableRequest>]>([
    ['if STATIC_URL is not known', { staticUrl: undefined }],
    ['if the site itself serves it', { site: 'https://cdn.example.com' }],
    ['if the storage signs its addresses', { signed: true }],
    ['if there is none', { plan: planSync([], remoteOf(), emptyLedger) }],
  ])('is not asked for %s', async (_why, more) => {
    expect((await check(answer(500), more)).asked).toEqual([]);
  });

  test('that cannot be asked for is a warning', async () => {
    const { warnings } = await check(new HttpError('other', 'no route to host'));
    expect(warnings).toEqual([expect.stringContaining('no route to host')]);
  });
});
