import { describe, expect, jest, test } from '@jest/globals';
import type { Host, HostStatus } from '../../../src/hosts/contract/host.ts';
import { answer, fakeHttp } from '../../support/fakes.ts';
import { refused, releaseAs } from '../../support/release.ts';

const running: HostStatus = { phase: 'running' };

describe('a deploy that fails at the host', () => {
  const failed: HostStatus = { phase: 'failed', reason: 'exit status 1', logUrl: 'https://log.test/1' };
  const logs = (count: number): NonNullable<Host['logs']> =>
    async function* () {
      for (let line = 1; line <= count; line++) yield `line ${line}`;
    };

  test('shows the reason, the last lines of its log and where all of it is', async () => {
    const { error } = await releaseAs({ statuses: [running, failed], more: { logs: logs(40) } });
    expect(error?.code).toBe('HOST_FAILED');
    expect(error?.message).toMatch(/^The deploy at Testhost failed: exit status 1\. Its last lines:\n/);
    expect(error?.message).toMatch(/\n {2}line 40$/);
    expect(error?.message).not.toContain('line 20\n');
    expect(error?.hint).toBe('The whole log is at https://log.test/1');
  });

  test('without a page for its log leads to the host only for the rest', async () => {
    const without: HostStatus = { phase: 'failed', reason: 'exit status 1' };
    const { error } = await releaseAs({ statuses: [without], more: { logs: logs(2) } });
    expect(error?.hint).toBe('The host has the whole log.');
  });

  test('by being cancelled there is one too', async () => {
    const { error } = await releaseAs({ statuses: [{ phase: 'cancelled', reason: 'it was cancelled there' }] });
    expect(error).toMatchObject({
      code: 'HOST_FAILED',
      message: 'The deploy at Testhost was cancelled: it was cancelled there.',
      hint: 'Run the job again if that was not meant. Look at the log of the host.',
    });
  });

  test('keeps its reason and the lines so far where the log breaks off', async () => {
    const broken: NonNullable<Host['logs']> = async function* () {
      yield 'Traceback';
      throw new Error('the log is gone');
    };
    const { error } = await releaseAs({ statuses: [failed], more: { logs: broken } });
    expect(error?.message).toBe('The deploy at Testhost failed: exit status 1. Its last lines:\n  Traceback');
  });
});

describe('a wait that ends', () => {
  const logs: NonNullable<Host['logs']> = async function* () {
    yield 'GET https://bucket.test/log?X-Amz-Signature=abcdef0123456789';
  };

  test('names the last state, shows the last lines, and no signature of a URL in them', async () => {
    const { error } = await releaseAs({ statuses: [running, { phase: 'running', state: 'STARTING' }], more: { logs } });
    expect(error?.code).toBe('NOT_PROVEN');
    expect(error?.message).toMatch(/is still running, in state STARTING after \d+ min/);
    expect(error?.message).toMatch(/Its last lines:\n {2}GET https:\/\/bucket\.test\/log\?X-Amz-Signature=\*\*\*$/);
  });

  test('says why there is no newer state', async () => {
    const { error } = await releaseAs({ statuses: [running, refused(429, 30_000)] });
    expect(error?.message).toMatch(/is still running after \d+ min \d+ s; its last answer was the API: HTTP 429\.$/);
  });
});

describe('what the host says of its deploy', () => {
  test('is told before the deploy fails', async () => {
    const told: (string | undefined)[] = [];
    const failed: HostStatus = { phase: 'failed', reason: 'exit status 1', logUrl: 'https://log.test/1' };
    await releaseAs({ statuses: [failed], onRelease: ({ id, logUrl }) => void told.push(id, logUrl) });
    expect(told).toEqual(['dep-1', undefined, 'dep-1', 'https://log.test/1']);
  });
});

describe('a run that is cancelled while the deploy goes on', () => {
  const cancelled = async (cancel: Host['cancel']) => {
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const abort = () => {
      controller.abort(reason);
      return running;
    };
    const http = fakeHttp(() => answer(200));
    const more = cancel ? { cancel } : {};
    const found = await releaseAs({ statuses: [running, abort], signal: controller.signal, http, more });
    return { ...found, reason, http };
  };

  test('cancels it, with a request that the cancelled run does not stop', async () => {
    const { error, reason, http } = await cancelled(async ({ id }, io) => {
      await io.request({ method: 'POST', url: `https://api.test/deploys/${id}/cancel` });
    });
    expect(error).toBe(reason);
    expect(http.requests.map(({ url }) => url)).toEqual(['https://api.test/deploys/dep-1/cancel']);
  });

  test('ends as cancelled where the host does not cancel, and where it cannot', async () => {
    const refuses = await cancelled(async () => {
      throw new Error('too late');
    });
    expect(refuses.error).toBe(refuses.reason);
    expect(refuses.lines).toContain('The host did not cancel its deploy.');
    const cannot = await cancelled(undefined);
    expect(cannot.error).toBe(cannot.reason);
  });

  test('leaves a deploy alone that ended by itself', async () => {
    const cancel = jest.fn<NonNullable<Host['cancel']>>();
    await releaseAs({ statuses: [running, { phase: 'failed', reason: 'exit status 1' }], more: { cancel } });
    expect(cancel).not.toHaveBeenCalled();
  });
});
