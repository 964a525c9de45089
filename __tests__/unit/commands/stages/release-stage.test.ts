import { describe, expect, test } from '@jest/globals';
import { checkHost, releaseStage } from '../../../../src/commands/stages/release-stage.ts';
import { HttpError } from '../../../../src/core/http-error.ts';
import type { HttpResponse } from '../../../../src/core/ports.ts';
import type { Host } from '../../../../src/hosts/contract/host.ts';
import { findUrl, lookBefore, type ReleaseStageIO } from '../../../../src/release/before.ts';
import { answer, fakeLog, memoryStore } from '../../../support/fakes.ts';
import { openAt, past, stageIO } from '../../../support/ledger.ts';
import { minutes, otherSha, refused, request, sha } from '../../../support/release.ts';
import { site } from '../../../support/site.ts';

const hostWith = (more: Partial<Host>): Host => ({ trigger: async () => ({ startedAt: 0, sha }), ...more });
const choose = (more: Partial<Host>) => ({ host: hostWith(more), title: 'Testhost' });

describe('the public URL', () => {
  test.each<[string | undefined, string | undefined, string | undefined]>([
    ['https://given.test', 'https://host.test', 'https://given.test'],
    [undefined, 'https://host.test/', 'https://host.test'],
    [undefined, 'app.host.test', 'https://app.host.test'],
    [undefined, 'http://127.0.0.1:8000//', 'http://127.0.0.1:8000'],
    [undefined, undefined, undefined],
  ])('given %s and told %s is %s', async (given, told, url) => {
    expect(await findUrl(given, choose({ url: async () => told }), stageIO())).toBe(url);
  });

  test('is unknown where the host cannot or does not tell it, and that is no error', async () => {
    const silent = choose({
      url: async () => {
        throw refused(500);
      },
    });
    expect(await findUrl(undefined, silent, stageIO())).toBeUndefined();
    expect(await findUrl(undefined, choose({}), stageIO())).toBeUndefined();
    expect(await findUrl(undefined, undefined, stageIO())).toBeUndefined();
  });
});

describe('the look at the host before the build', () => {
  test('passes its warnings on', async () => {
    const io = stageIO();
    await checkHost(choose({ check: async () => ['each push deploys twice'] }), io);
    expect(io.recorder.report().warnings).toEqual(['each push deploys twice']);
  });

  test('ends the run where the service is not there', async () => {
    const check = async () => {
      throw refused(404);
    };
    await expect(checkHost(choose({ check }), stageIO())).rejects.toMatchObject({
      code: 'HOST_REFUSED',
      hint: expect.stringContaining('Check service'),
    });
  });
});

describe('the page before the deploy', () => {
  const look = (reply: HttpResponse | Error) =>
    lookBefore(
      'https://site.test/',
      '/health/',
      undefined,
      stageIO({ http: site({ 'https://site.test/health/': reply }) }),
    );

  test('is looked at below the health path', async () => {
    expect(await look(answer(200, 'hello'))).toEqual({
      url: 'https://site.test',
      page: 'hello',
      at: 'https://site.test/health/',
    });
  });

  test.each([answer(500, 'broken'), new HttpError('refused', 'site.test: ECONNREFUSED')])(
    'that does not answer well tells nothing, and that is no error',
    async (reply) => {
      expect(await look(reply)).toMatchObject({ url: 'https://site.test', page: undefined });
    },
  );

  test('is not looked at where nobody knows the URL', async () => {
    expect(await lookBefore(undefined, '/', undefined, stageIO())).toEqual({ url: undefined, page: undefined });
  });
});

describe('the release', () => {
  const until = (io: ReleaseStageIO) => io.clock.now() + 20 * minutes;

  test('is noted with the host’s id and log', async () => {
    const io = stageIO();
    const host = choose({
      trigger: async () => ({ startedAt: 0, sha, id: 'dep-1' }),
      status: async () => ({ phase: 'live', commit: sha, logUrl: 'https://log.test/1' }),
    });
    const { value, result, facts } = await releaseStage(host, request, until(io), undefined, io);
    expect(value.phase).toBe('live');
    expect(result).toBe('the host says that it is live (dep-1)');
    expect(facts).toEqual({ hostDeploymentId: 'dep-1', logUrl: 'https://log.test/1' });
  });

  /** Runs a release whose files are up and that ends in an error, and gives back what the ledger says of it then. */
  const failing = async (more: Partial<Host>, store = memoryStore(), signal?: AbortSignal) => {
    await past(store, { sha, files: [] });
    const io = stageIO(signal ? { signal } : {});
    const session = await openAt(store, sha);
    const thrown = await releaseStage(choose(more), request, until(io), session, io).catch((error: unknown) => error);
    const entry = (await openAt(store, sha)).before.releases.find((release) => release.sha === sha);
    return { thrown, entry };
  };
  const refuse = (error: Error) => ({
    trigger: async () => {
      throw error;
    },
  });

  test.each<[string, Partial<Host>, string]>([
    ['the host refused', refuse(refused(401)), 'HOST_REFUSED'],
    ['nobody was there to take', refuse(new HttpError('refused', 'api.test: ECONNREFUSED')), 'HOST_REFUSED'],
    ['failed at the host', { status: async () => ({ phase: 'failed', reason: 'exit 1' }) }, 'HOST_FAILED'],
  ])('that %s is marked as one that never served', async (_, more, code) => {
    const { thrown, entry } = await failing(more);
    expect(thrown).toMatchObject({ code });
    expect(entry).toMatchObject({ sha, failed: true });
  });

  test.each<[string, Partial<Host>]>([
    ['was asked for without an answer in time', refuse(new HttpError('timeout', 'api.test did not answer in 30 s'))],
    ['was asked for when the host failed', refuse(refused(500))],
    [
      'cannot be followed any more',
      {
        status: async () => {
          throw refused(401);
        },
      },
    ],
    ['is still running at the deadline', { status: async () => ({ phase: 'running' }) }],
  ])('that %s may go live, so it is not marked', async (_, more) => {
    const { thrown, entry } = await failing(more);
    expect(thrown).toBeInstanceOf(Error);
    expect(entry).toBeDefined();
    expect(entry?.failed).toBeUndefined();
  });

  test('that a cancelled run asked for is not marked', async () => {
    const controller = new AbortController();
    const trigger = async () => {
      controller.abort(new Error('cancelled'));
      throw refused(401);
    };
    const { entry } = await failing({ trigger }, memoryStore(), controller.signal);
    expect(entry).toBeDefined();
    expect(entry?.failed).toBeUndefined();
  });

  test('keeps its own error where the ledger cannot be written', async () => {
    let gone = false;
    const store = memoryStore({ failOn: () => (gone ? new Error('the bucket is gone') : undefined) });
    const trigger = async () => {
      gone = true;
      throw refused(403);
    };
    const { thrown } = await failing({ trigger }, store);
    expect(thrown).toMatchObject({ code: 'HOST_REFUSED' });
  });

  test('leaves the ledger of other releases as it was', async () => {
    const store = memoryStore();
    await past(store, { sha: otherSha, files: ['static/a.css'], live: true });
    await failing(refuse(refused(401)), store);
    const { before } = await openAt(store, sha);
    expect(before.releases.map((release) => [release.sha, Boolean(release.live), Boolean(release.failed)])).toEqual([
      [otherSha, true, false],
      [sha, false, true],
    ]);
    expect([...before.objects.keys()]).toEqual(['static/a.css']);
  });
});

const logOf = async (host: Partial<Host>) => {
  const log = fakeLog();
  const io = stageIO({ log });
  const { result } = await releaseStage(choose(host), request, io.clock.now() + minutes, undefined, io);
  return { lines: log.lines, result };
};

test('the log of a release that a host follows is folded under its name', async () => {
  const { lines, result } = await logOf({ status: async () => ({ phase: 'live' }) });
  expect(lines).toEqual(['[Release: Testhost]', 'Testhost took the request']);
  expect(result).toBe('the host says that it is live');
});

test('the log of a release of which the host tells nothing more is the line of the stage', async () => {
  expect(await logOf({})).toEqual({ lines: [], result: 'Testhost took the request' });
});
