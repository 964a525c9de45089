import { describe, expect, test } from '@jest/globals';
import { checkPrivate, type PrivateRequest } from '../../../../src/commands/stages/private-check.ts';
import { filesOf } from '../../../../src/commands/stages/sample-file.ts';
import { HttpError } from '../../../../src/core/http-error.ts';
import type { HttpRequest, HttpResponse } from '../../../../src/core/ports.ts';
import { emptyLedger } from '../../../../src/ledger/ledger.ts';
import type { Acl } from '../../../../src/store/acl.ts';
import { planSync } from '../../../../src/sync/sync-plan.ts';
import { answer, fakeHttp, memoryStore, never } from '../../../support/fakes.ts';
import type { MemorySettingsOptions } from '../../../support/memory-settings.ts';
import { remoteOf, scanned, syncSource } from '../../../support/sync.ts';

const bucketUrl = 'https://bucket.example.com/media/a.png';
const mediaUrl = 'https://media.example.com/media/';
const cdnUrl = `${mediaUrl}a.png`;
const content = 'a picture';

const media = (acl: Acl | undefined, size?: number) => {
  const file = scanned('a.png', content, size === undefined ? {} : { size });
  const source = syncSource([file], { kind: 'media', prefix: 'media/', acl });
  return filesOf(planSync([source], remoteOf(), emptyLedger), 'media');
};

type Reply = (request: HttpRequest) => HttpResponse | Error;

async function check(reply: Reply, more: Partial<PrivateRequest> & { settings?: MemorySettingsOptions } = {}) {
  const { settings = {}, ...given } = more;
  const store = memoryStore({ settings });
  const http = fakeHttp(reply);
  const warnings: string[] = [];
  const request = { store, files: media('private'), mediaUrl: undefined, site: undefined, signed: true, ...given };
  const io = { http, signal: never, recorder: { warn: (line: string) => void warnings.push(line) } };
  const { value, result } = await checkPrivate(request, io);
  return { value, result, warnings, asked: http.requests };
}

const at =
  (url: string, hit: HttpResponse | Error): Reply =>
  (request) =>
    request.url === url ? hit : answer(403);

describe('media that is to be private', () => {
  test.each([400, 401, 403, 404])(
    'is private if the bucket answers %i to whoever comes without a signature',
    async (status) => {
      const { value, warnings, asked } = await check(() => answer(status));
      expect([value, warnings, asked.map(({ url }) => url)]).toEqual(['private', [], [bucketUrl]]);
      expect(Object.keys(asked[0]?.headers ?? {})).not.toContain('authorization');
    },
  );

  test('stops the run if the bucket gives it to anybody', async () => {
    await expect(check(at(bucketUrl, answer(200, content)))).rejects.toMatchObject({
      code: 'FILES_PUBLIC',
      message: expect.stringContaining(bucketUrl),
    });
  });

  test('stops the run if MEDIA_URL gives it to anybody, and the CDN is named', async () => {
    await expect(check(at(cdnUrl, answer(200, content)), { mediaUrl })).rejects.toMatchObject({
      code: 'FILES_PUBLIC',
      hint: expect.stringContaining('https://media.example.com (a CDN or a proxy)'),
    });
  });

  test('stops the run if it is too large to be read whole, and a part of it is given', async () => {
    const files = media('private', 5 * 1024 * 1024);
    await expect(check(at(bucketUrl, answer(206, 'a')), { files })).rejects.toMatchObject({ code: 'FILES_PUBLIC' });
  });

  test('is private where a page asks who you are, or a redirect leads to one', async () => {
    expect((await check(() => answer(200, '<h1>Sign in</h1>'))).value).toBe('private');
    const { value } = await check(({ url }) =>
      url === bucketUrl ? answer(302, '', { location: 'https://login.example.com/' }) : answer(200, 'Sign in'),
    );
    expect(value).toBe('private');
  });

  test.each<[string, HttpResponse | Error]>([
    ['does not answer', new HttpError('timeout', 'too late')],
    ['fails', answer(503)],
    ['is asked too often', answer(429)],
  ])('is not known to be private if the bucket %s, and a warning says so', async (_what, reply) => {
    const { value, warnings } = await check(() => reply);
    expect([value, warnings.length]).toEqual(['unknown', 1]);
  });

  test('is asked for at the site by nobody, because the app serves it there', async () => {
    const { asked } = await check(() => answer(403), { mediaUrl, site: 'https://media.example.com' });
    expect(asked.map(({ url }) => url)).toEqual([bucketUrl]);
  });

  test.each<[string, MemorySettingsOptions, string]>([
    [
      'the statement of the policy',
      {
        policy:
          '{"Statement":[{"Sid":"Open","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]}',
      },
      'narrow the Resource of "Open"',
    ],
    ['the bucket', {}, 'The bucket itself is public'],
  ])('that is public has a hint on what opens it: %s', async (_what, settings, hint) => {
    await expect(check(at(bucketUrl, answer(200, content)), { settings })).rejects.toMatchObject({
      hint: expect.stringContaining(hint),
    });
  });
});

describe('other media', () => {
  test('is told to be public, with a warning if the app signs its addresses', async () => {
    const files = media(undefined);
    const signed = await check(() => answer(200, content), { files });
    expect([signed.value, signed.warnings]).toEqual(['public', [expect.stringContaining('querystring_auth')]]);
    const plain = await check(() => answer(200, content), { files, signed: false });
    expect([plain.value, plain.warnings]).toEqual(['public', []]);
  });

  test('that is not there is asked for by nobody', async () => {
    expect(await check(() => answer(500), { files: [] })).toMatchObject({ value: undefined, asked: [] });
  });
});
