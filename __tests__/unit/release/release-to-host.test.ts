import { describe, expect, test } from '@jest/globals';
import { HttpError, type HttpFailure } from '../../../src/core/http-error.ts';
import {
  type Host,
  HostAnswerError,
  type HostInputs,
  type HostIO,
  type HostStatus,
} from '../../../src/hosts/contract/host.ts';
import { hook } from '../../../src/hosts/hook/hook.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { hostError } from '../../../src/release/host-errors.ts';
import { answer, type fakeHttp } from '../../support/fakes.ts';
import { fakeHostIO } from '../../support/host-io.ts';
import { minutes, otherSha, refused, releaseAs, request, sha } from '../../support/release.ts';

const live: HostStatus = { phase: 'live' };
const running: HostStatus = { phase: 'running' };
const failure = (kind: HttpFailure) => new HttpError(kind, 'api.test: no answer');

describe('the request to deploy', () => {
  test.each<[string, Error]>([
    ['nobody listened', failure('refused')],
    ['the name did not resolve', failure('unresolved')],
    ['the certificate was not valid', failure('tls')],
    ['the host was asked too often', refused(429)],
    ['the host was down', refused(503)],
  ])('is sent again where %s, because then no deploy began', async (_, error) => {
    const { outcome, asked, lines } = await releaseAs({ triggers: [error, { id: 'dep-1' }] });
    expect(outcome).toMatchObject({ phase: 'asked', release: { id: 'dep-1', sha } });
    expect(asked).toBe(2);
    expect(lines[0]).toContain('attempt 1 of 4');
  });

  test.each<[string, Error, string]>([
    ['the answer did not come in time', failure('timeout'), 'HOST_UNCLEAR'],
    ['the connection was cut', failure('reset'), 'HOST_UNCLEAR'],
    ['the host failed', refused(500), 'HOST_UNCLEAR'],
    ['a proxy failed', refused(502), 'HOST_UNCLEAR'],
    ['the credential is wrong', refused(401), 'HOST_REFUSED'],
    ['there is no such service', refused(404), 'HOST_REFUSED'],
  ])('is sent once where %s', async (_, error, code) => {
    const { error: thrown, asked } = await releaseAs({ triggers: [error] });
    expect(thrown?.code).toBe(code);
    expect(asked).toBe(1);
  });

  test('is given up after some attempts', async () => {
    const { error, asked } = await releaseAs({ triggers: [refused(503)] });
    expect(error?.code).toBe('HOST_REFUSED');
    expect(asked).toBe(4);
  });

  test('waits as long as the host asks', async () => {
    const { outcome, elapsed } = await releaseAs({ triggers: [refused(429, 90_000), {}] });
    expect(outcome?.phase).toBe('asked');
    expect(elapsed).toBeGreaterThanOrEqual(90_000);
  });

  test('does not wait past the deadline, however long the host asks', async () => {
    const { error, elapsed } = await releaseAs({ triggers: [refused(503, 60 * minutes)] });
    expect(error?.code).toBe('HOST_REFUSED');
    expect(elapsed).toBeLessThanOrEqual(20 * minutes);
  });

  test('is not sent again after an abort', async () => {
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const abort = () => {
      controller.abort(reason);
      return refused(503);
    };
    const { error, asked } = await releaseAs({ triggers: [abort], signal: controller.signal });
    expect(error).toBe(reason);
    expect(asked).toBe(1);
  });
});

describe('the error of a host that did not take the request', () => {
  test.each<[number, string]>([
    [401, 'credential is wrong or was revoked'],
    [403, 'may not deploy this service'],
    [404, 'copy the deploy hook again'],
    [429, 'Run the job again in some minutes'],
    [500, 'status page'],
  ])('%d says what to do', (status, hint) => {
    expect(hostError(refused(status), 'Testhost', 'deploy')).toMatchObject({
      code: status === 500 ? 'HOST_UNCLEAR' : 'HOST_REFUSED',
      message: `Testhost did not take the request: the API: HTTP ${status}.`,
      hint: expect.stringContaining(hint),
    });
  });

  test('what was asked is named once', () => {
    const error = new HostAnswerError('the deploy hook: HTTP 401', 401);
    expect(hostError(error, 'The deploy hook', 'deploy').message).toBe(
      'The deploy hook did not take the request: HTTP 401.',
    );
  });

  test('a mistake in the code is passed on as it is', () => {
    const mistake = new TypeError('x is undefined');
    expect(() => hostError(mistake, 'Testhost', 'deploy')).toThrow(mistake);
  });

  test.each<[string, Parameters<typeof fakeHttp>[0]]>([
    ['302', () => answer(302, '', { location: 'https://elsewhere.test/' })],
    ['401', () => answer(401)],
    ['404', () => answer(404, '<h1>Not found</h1>')],
    ['500', () => answer(500, '{"error": "boom"}')],
    ['a timeout', () => failure('timeout')],
    ['a refused connection', () => failure('refused')],
  ])('never holds any part of the hook: %s', async (_, reply) => {
    const address = 'https://api.test/deploy/srv-abc123?key=hook-key-value';
    const deployHook = new Secret(address);
    const inputs: HostInputs = { service: undefined, token: undefined, deployHook, options: {} };
    const io: HostIO = fakeHostIO(reply);
    const thrown = await hook
      .create(inputs)
      .trigger(request, io)
      .catch((error: unknown) => error);
    const { message, hint } = hostError(thrown, hook.title, 'deploy');
    expect(`${message} ${hint}`).not.toMatch(/srv-abc123|hook-key-value|\/deploy\//);
    expect(hint).not.toBe('');
  });
});

describe('the host’s deploy', () => {
  test('is followed until it is live, and what the host told on the way is kept', async () => {
    const { outcome, lines } = await releaseAs({
      triggers: [{}],
      statuses: [
        { phase: 'queued' },
        { phase: 'running', id: 'dep-7', logUrl: 'https://log.test/7' },
        { phase: 'live', commit: sha, url: 'https://shop.test' },
      ],
    });
    expect(outcome).toMatchObject({
      phase: 'live',
      release: { id: 'dep-7', logUrl: 'https://log.test/7', url: 'https://shop.test' },
      hostSays: 'Testhost says that dep-7 is live with 5ad1c8f0d0d1',
    });
    expect(lines.join('\n')).toMatch(/queued[\s\S]*running/);
  });

  test('that is not followed was only asked for', async () => {
    expect((await releaseAs({})).outcome?.phase).toBe('asked');
  });

  test.each<[HostStatus, string | undefined]>([
    [{ phase: 'superseded', by: 'dep-9' }, 'dep-9'],
    [{ phase: 'superseded' }, undefined],
    [{ phase: 'live', commit: otherSha }, otherSha],
  ])('%j is superseded', async (status, by) => {
    const { outcome } = await releaseAs({ statuses: [running, status] });
    expect(outcome).toMatchObject({ phase: 'superseded', by });
  });

  test.each([
    ['cut off by the host', sha, sha.slice(0, 8)],
    ['cut off by who asked', sha.slice(0, 8), sha],
    ['known to the host alone, which was asked for the release before', '', sha],
  ])('with a commit that is %s, is no newer deploy', async (_what, asked, commit) => {
    const { outcome } = await releaseAs({ triggers: [{ sha: asked }], statuses: [running, { phase: 'live', commit }] });
    expect(outcome).toMatchObject({ phase: 'live', release: { sha: asked || sha } });
  });

  test('goes on under a name that nobody knows', async () => {
    const unknown = { phase: 'hibernating' } as unknown as HostStatus;
    expect((await releaseAs({ statuses: [unknown, unknown, live] })).outcome?.phase).toBe('live');
  });

  test('goes on while the host’s API stumbles', async () => {
    const stumbles = [failure('reset'), refused(500), refused(502), refused(429), failure('timeout'), refused(503)];
    const { outcome } = await releaseAs({ statuses: [...stumbles, running, ...stumbles, live] });
    expect(outcome?.phase).toBe('live');
  });

  test('is asked after again no sooner than the host allows', async () => {
    const { outcome, elapsed } = await releaseAs({ statuses: [refused(429, 60_000), live] });
    expect(outcome?.phase).toBe('live');
    expect(elapsed).toBeGreaterThanOrEqual(60_000);
  });

  test('is lost with a host that never answers again', async () => {
    const { error, elapsed } = await releaseAs({ statuses: [running, refused(500)] });
    expect(error?.message).toContain('HTTP 500');
    expect(elapsed).toBeLessThan(5 * minutes);
  });

  test.each([401, 403, 404])('is lost at once where the host answers %d', async (status) => {
    const { error, polled } = await releaseAs({ statuses: [running, refused(status), live] });
    expect(error?.message).toContain(`HTTP ${status}`);
    expect(polled).toBe(2);
  });

  test('may be unknown to the host for some seconds after the request', async () => {
    const { outcome } = await releaseAs({ statuses: [refused(404), refused(404), running, live] });
    expect(outcome?.phase).toBe('live');
    expect((await releaseAs({ statuses: [refused(404)] })).error?.message).toContain('HTTP 404');
  });

  test('goes on after an answer that cannot be read, and is lost where all are so', async () => {
    const page = refused(200);
    expect((await releaseAs({ statuses: [page, page, running, page, live] })).outcome?.phase).toBe('live');
    const { error, polled } = await releaseAs({ statuses: [page] });
    expect(error?.code).toBe('HOST_UNCLEAR');
    expect(polled).toBe(3);
  });

  test('is asked after once more shortly before the deadline', async () => {
    const late: Host['status'] = async (release, io) =>
      io.now() - release.startedAt > 56_000 ? live : { phase: 'running' };
    const { outcome } = await releaseAs({ more: { status: late }, deadline: 60_000 });
    expect(outcome?.phase).toBe('live');
  });

  test('that waits in a state of the host until the deadline is an error that names the state', async () => {
    const { error, lines } = await releaseAs({ statuses: [{ phase: 'running', state: 'NEEDS_APPROVAL' }] });
    expect(error?.message).toMatch(/^The deploy at Testhost is still running, in state NEEDS_APPROVAL after 19 min/);
    const told = lines.filter((line) => line.startsWith('Testhost: running, in state NEEDS_APPROVAL ('));
    // Each 15 s of 20 minutes, and as many seconds later as the question came.
    expect(told.length).toBeGreaterThan(55);
    expect(told.length).toBeLessThanOrEqual(80);
  });

  test('may have begun where the host answers 200 and something that nobody understands', () => {
    expect(hostError(refused(200), 'Testhost', 'deploy').code).toBe('HOST_UNCLEAR');
    expect(hostError(refused(302), 'Testhost', 'deploy').code).toBe('HOST_REFUSED');
  });

  test('that is still running at the deadline is an error that names its log', async () => {
    const { error, elapsed } = await releaseAs({ statuses: [{ ...running, logUrl: 'https://log.test/1' }] });
    expect(error?.code).toBe('NOT_PROVEN');
    expect(error?.message).toMatch(/^The deploy at Testhost is still running after 19 min \d+ s\.$/);
    expect(error?.hint).toContain('https://log.test/1');
    expect(elapsed).toBeLessThanOrEqual(20 * minutes);
  });
});
