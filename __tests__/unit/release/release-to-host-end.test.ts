import { describe, expect, jest, test } from '@jest/globals';
import type { Host, HostStatus } from '../../../src/hosts/contract/host.ts';
import { answer, fakeHttp } from '../../support/fakes.ts';
import { releaseAs } from '../../support/release.ts';

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
    expect(error?.message).toMatch(/^The deploy at Testhost ended: exit status 1\. Its last lines:\n/);
    expect(error?.message).toMatch(/\n {2}line 40$/);
    expect(error?.message).not.toContain('line 20\n');
    expect(error?.hint).toBe('The whole log is at https://log.test/1');
  });

  test('by being cancelled there is one too', async () => {
    const { error } = await releaseAs({ statuses: [{ phase: 'cancelled', reason: 'it was cancelled there' }] });
    expect(error).toMatchObject({
      code: 'HOST_FAILED',
      message: 'The deploy at Testhost ended: it was cancelled there.',
      hint: 'Look at the log of the host.',
    });
  });

  test('keeps its reason and the lines so far where the log breaks off', async () => {
    const broken: NonNullable<Host['logs']> = async function* () {
      yield 'Traceback';
      throw new Error('the log is gone');
    };
    const { error } = await releaseAs({ statuses: [failed], more: { logs: broken } });
    expect(error?.message).toBe('The deploy at Testhost ended: exit status 1. Its last lines:\n  Traceback');
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
