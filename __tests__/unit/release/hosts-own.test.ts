import { describe, expect, test } from '@jest/globals';
import { type Host, HostAnswerError } from '../../../src/hosts/contract/host.ts';
import { findUrl, isHostsOwn, lookBefore } from '../../../src/release/before.ts';
import { answer, fakeLog } from '../../support/fakes.ts';
import { stageIO } from '../../support/ledger.ts';
import { site } from '../../support/site.ts';

const trigger: Host['trigger'] = async () => ({ startedAt: 0, sha: '' });
const busy = () => new HostAnswerError("Render's service: HTTP 503", 503);

/** A host that fails so many times before it says its URL. */
function failing(times: number, url = 'https://harbour.test'): { host: Host; asked: () => number } {
  let asked = 0;
  const host: Host = {
    trigger,
    async url() {
      asked += 1;
      if (asked <= times) throw busy();
      return url;
    },
  };
  return { host, asked: () => asked };
}

describe('the URL of the service', () => {
  test('is asked for again after failures that may pass, and that is said', async () => {
    const { host, asked } = failing(2);
    const log = fakeLog();
    const io = stageIO({ log });
    expect(await findUrl(undefined, { host, title: 'Render' }, io)).toBe('https://harbour.test');
    expect(asked()).toBe(3);
    expect(log.lines.filter((line) => line.includes("Render's service: HTTP 503; attempt"))).toHaveLength(2);
    expect(io.recorder.report().warnings).toEqual([]);
  });

  test('that the host does not tell in the end is a warning with its words', async () => {
    const io = stageIO();
    expect(await findUrl(undefined, { host: failing(99).host, title: 'Render' }, io)).toBeUndefined();
    expect(io.recorder.report().warnings).toEqual([
      "Render could not be asked for the URL of the service: Render's service: HTTP 503",
    ]);
  });

  test('is not looked for any more by a run that was cancelled', async () => {
    const reason = new Error('cancelled');
    const io = stageIO({ signal: AbortSignal.abort(reason) });
    await expect(findUrl(undefined, { host: failing(2).host, title: 'Render' }, io)).rejects.toBe(reason);
    await expect(findUrl('https://site.test', undefined, io)).rejects.toBe(reason);
  });
});

describe("the host's word counts", () => {
  const host: Host = {
    trigger,
    url: async () => 'harbour.onrender.com',
    urls: async () => ['https://harbour.onrender.com', 'https://www.harbour.test'],
  };
  const choice = { host, title: 'Render' };

  test.each<[string, string | undefined, boolean]>([
    ['https://harbour.onrender.com', undefined, true],
    ['https://www.harbour.test', undefined, true],
    ['https://new.harbour.test', 'https://new.harbour.test/', true],
    ['https://parked.test', undefined, false],
    ['https://harbour.test', undefined, false],
    ['https://evil-harbour.onrender.com', undefined, false],
  ])('for %s, of which the deploy says %s: %s', async (url, told, counts) => {
    expect(await isHostsOwn(url, told, choice, stageIO())).toBe(counts);
  });

  test('for no address of a host that names none', async () => {
    expect(await isHostsOwn('https://site.test', undefined, { host: { trigger }, title: 'Hook' }, stageIO())).toBe(
      false,
    );
  });
});

test('the page before is loaded with its files, so that later problems can be compared', async () => {
  const http = site({
    'https://site.test/': answer(200, '<img src="/a.png"><img src="/b.png">'),
    'https://site.test/a.png': answer(200, 'x', { 'content-type': 'image/png' }),
    'https://site.test/b.png': answer(404),
  });
  const look = { origins: new Set<string>(), options: {} };
  const { files } = await lookBefore('https://site.test', '/', undefined, stageIO({ http }), look);
  expect([...(files?.fine ?? [])]).toEqual(['https://site.test/a.png']);
  expect(files?.problems.map(({ url }) => url)).toEqual(['https://site.test/b.png']);
});
