import { afterAll, describe, expect, test } from '@jest/globals';
import type { Http, HttpRequest, HttpResponse } from '../../src/core/ports.ts';
import type { Host, HostDefinition } from '../../src/hosts/contract/host.ts';
import { hosts } from '../../src/hosts/index.ts';
import { createRedactor } from '../../src/lib/secret.ts';
import { releaseTo } from '../../src/release/release-to-host.ts';
import { createHttp } from '../../src/runner/http-client.ts';
import type { EmulatorReply } from '../support/emulator.ts';
import { answer, fakeClock, never } from '../support/fakes.ts';
import { fakeMachine } from '../support/host-io.ts';
import { none as noAssets, watch } from '../support/proof.ts';
import { minutes, otherSha, request, sha } from '../support/release.ts';
import { type Plot, type ScenarioSubject, scenarioSubjects } from './support/host-scenarios.ts';
import { artifactOf } from './support/host-subjects.ts';

const http = createHttp('contract');
afterAll(() => http.close());

interface Scenario {
  readonly plot: Plot;
  /** Answers that take the place of the vendor's first ones to the request to deploy. */
  readonly atTrigger?: readonly EmulatorReply[];
  /** The same for questions about the deploy. */
  readonly atStatus?: readonly EmulatorReply[];
  /** What is at these addresses is refused once the deploy began. */
  readonly without?: RegExp;
}

/** A client that is given these answers first; `meanwhile` says which of them a request could get. */
const interrupted =
  (inner: Http, replies: EmulatorReply[], meanwhile: (asked: HttpRequest) => EmulatorReply | boolean): Http =>
  async (asked, signal) => {
    const given = meanwhile(asked);
    const reply = typeof given === 'object' ? given : given ? replies.shift() : undefined;
    if (!reply) return inner(asked, signal);
    const body = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? '');
    return answer(reply.status, body, { ...reply.headers });
  };

/** Deploys as a run does, in the time of a fake clock, with every secret of the inputs masked. */
async function deployIn(subject: ScenarioSubject, { plot, atTrigger = [], atStatus = [], without }: Scenario) {
  const clock = fakeClock();
  const began = clock.now();
  const definition: HostDefinition = hosts[subject.host];
  const started = await subject.start(plot, clock.now);
  try {
    const { inputs } = started;
    const host = await definition.create(inputs);
    const replies = [...atTrigger];
    let begun = false;
    // What a host only reads before it asks is no request to deploy.
    const meanwhile = ({ method, url, body }: HttpRequest) =>
      begun && without?.test(typeof body === 'string' ? `${url} ${body}` : url)
        ? { status: 404, body: 'Cannot GET' }
        : begun || method !== 'GET';
    const armed: Host = {
      ...host,
      async trigger(asked, io) {
        const release = await host.trigger(asked, io);
        begun = true;
        replies.push(...atStatus);
        return release;
      },
    };
    const lines: string[] = [];
    const io = {
      http: interrupted(http, replies, meanwhile),
      machine: fakeMachine(),
      clock,
      random: () => 1,
      signal: never,
      redactor: createRedactor(),
      onLine: (line: string) => void lines.push(line),
    };
    const asked = { ...request, ...(await artifactOf(definition)) };
    const [outcome, error] = await releaseTo(armed, definition.title, asked, began + 20 * minutes, io).then(
      (found) => [found, undefined] as const,
      (thrown: unknown) => [undefined, thrown as Error & { code: string; hint?: string }] as const,
    );
    const told = outcome?.phase === 'live' ? await host.url?.({ ...fakeMachine(), ...hostOnly(io) }) : undefined;
    const url = told ?? outcome?.release.url;
    const shown = [...lines, error?.message ?? '', error?.hint ?? ''].join('\n');
    return { outcome, error, lines, shown, url, inputs, elapsed: clock.now() - began, ...counted(started) };
  } finally {
    await started.stop();
  }
}

const hostOnly = (io: { http: Http; clock: { now(): number } }) => ({
  request: (asked: Parameters<Http>[0]): Promise<HttpResponse> => io.http(asked, never),
  now: io.clock.now,
  run: fakeMachine().run as never,
  signal: never,
});

const counted = ({ deploys, complaints }: Awaited<ReturnType<ScenarioSubject['start']>>) => ({
  deploys: deploys(),
  complaints: complaints(),
});

const retryAfter = { status: 429, headers: { 'retry-after': '70' }, body: { message: 'too many requests' } };

describe.each(scenarioSubjects)('a deploy at $host by $way', (subject) => {
  const { title }: HostDefinition = hosts[subject.host];

  test('that goes well is live, once, at a URL', async () => {
    const run = await deployIn(subject, { plot: { end: 'live' } });
    expect(run.error).toBeUndefined();
    expect(run).toMatchObject({ outcome: { phase: 'live', release: { sha } }, deploys: 1, complaints: [] });
    // A standard service of ECS has no address of its own.
    if (subject.way !== 'its API, a standard service') expect(run.url).toMatch(/^https?:\/\//);
  });

  test.each(Object.entries(subject.failures))('where %s', async (end, reason) => {
    const { error, deploys } = await deployIn(subject, { plot: { end } });
    expect(error).toMatchObject({ code: 'HOST_FAILED' });
    expect(error?.message).toMatch(reason);
    expect(error?.message).toContain(title);
    expect(deploys).toBe(1);
  });

  test('whose place a newer one takes is superseded, which is no failure', async () => {
    const run = await deployIn(subject, { plot: { end: 'superseded', otherCommit: otherSha } });
    expect(run.error).toBeUndefined();
    expect(run.outcome).toMatchObject({ phase: 'superseded' });
  });

  const knows = (what: 'cancel' | 'words') => !subject.without?.includes(what);
  const testCancel = knows('cancel') ? test : () => undefined;
  const testWords = knows('words') ? test : () => undefined;

  testCancel('that somebody cancels ends as cancelled, not as a failure of the build', async () => {
    const { error } = await deployIn(subject, { plot: { end: 'cancelled' } });
    expect(error).toMatchObject({ code: 'HOST_FAILED' });
    expect(error?.message).toMatch(/cancel/);
    expect(error?.message.split('\n')[0]).not.toMatch(/failed/);
  });

  test('that never ends is not proven, and the last state is named', async () => {
    const { error, elapsed, lines } = await deployIn(subject, { plot: { end: 'never' } });
    expect(error).toMatchObject({ code: 'NOT_PROVEN' });
    expect(error?.message).toMatch(/is still (running|queued), in state .+ after (19|20) min/);
    expect(elapsed).toBeLessThanOrEqual(20 * minutes);
    expect(lines.length).toBeGreaterThan(20);
  });

  test('waits as long as an answer of 429 asks for, at the request and while it runs', async () => {
    for (const when of ['atTrigger', 'atStatus'] as const) {
      const run = await deployIn(subject, { plot: { end: 'live' }, [when]: [retryAfter] });
      expect(run.error).toBeUndefined();
      expect(run).toMatchObject({ outcome: { phase: 'live' }, deploys: 1 });
      expect(run.elapsed).toBeGreaterThanOrEqual(70_000);
    }
  });

  test('goes on after answers of 500, 502 and 503 while it runs', async () => {
    const atStatus = [500, 502, 503].map((status) => ({ status, body: '<h1>Bad gateway</h1>' }));
    const run = await deployIn(subject, { plot: { end: 'live' }, atStatus });
    expect(run).toMatchObject({ outcome: { phase: 'live' }, deploys: 1 });
  });

  test('is not asked for again where an answer of 500 leaves open whether it began', async () => {
    const run = await deployIn(subject, { plot: { end: 'live' }, atTrigger: [{ status: 500, body: 'oops' }] });
    expect(run.error).toMatchObject({ code: 'HOST_UNCLEAR' });
    expect(run.deploys).toBe(0);
  });

  testWords('in a state that nobody knows is running, and the word is shown', async () => {
    const run = await deployIn(subject, { plot: { end: 'live', unknownWord: 'WARMING_UP' } });
    expect(run).toMatchObject({ outcome: { phase: 'live' } });
    expect(run.lines.join('\n')).toMatch(/running, in state warming_up/i);
  });

  test('whose id nobody told is found by commit and time', async () => {
    const run = await deployIn(subject, { plot: { end: 'live', hidesId: true } });
    expect(run.error).toBeUndefined();
    expect(run.outcome).toMatchObject({ phase: 'live', release: { id: expect.any(String), sha } });
    expect(run.deploys).toBe(1);
  });

  test('that puts another commit live is never called live', async () => {
    const run = await deployIn(subject, { plot: { end: 'live', otherCommit: otherSha } });
    expect(run.outcome?.phase).not.toBe('live');
  });

  test('behind which an old instance answers for a while is proven when the new one does', async () => {
    const { outcome } = await deployIn(subject, { plot: { end: 'live' } });
    if (outcome?.phase !== 'live') throw new Error('the deploy is not live');
    const page = (_request: number, time: number) =>
      answer(200, 'Harbour', { 'x-release': time < 45_000 ? otherSha : sha });
    const marks = { header: 'x-release', hostSays: outcome.hostSays };
    const { proof, elapsed } = await watch({ page, marks, expectation: noAssets });
    expect(proof?.evidence).toMatchObject({ kind: 'commit' });
    expect(elapsed).toBeGreaterThanOrEqual(45_000);
  });

  test('shows no credential that an answer echoes', async () => {
    const { inputs } = await deployIn(subject, { plot: { end: 'live' } });
    const secret = inputs.token?.reveal() ?? inputs.deployHook?.reveal() ?? '';
    expect(secret.length).toBeGreaterThan(8);
    const echo = { status: 403, body: { message: `the token ${secret} may not do this` } };
    for (const when of ['atTrigger', 'atStatus'] as const) {
      const { error, shown } = await deployIn(subject, { plot: { end: 'live' }, [when]: [echo] });
      expect(error).toBeDefined();
      expect(shown).toContain('403');
      expect(shown).not.toContain(secret);
    }
  });

  test('is unclear where all answers have another shape than they should, and the error says whose', async () => {
    const body = subject.wrongShape ?? ['unexpected'];
    const atStatus = Array.from({ length: 3 }, () => ({ status: 200, body }));
    const { error, deploys } = await deployIn(subject, { plot: { end: 'live' }, atStatus });
    expect(error).toMatchObject({ code: 'HOST_UNCLEAR' });
    expect(error?.message).toMatch(/HTTP 200 with/);
    expect(deploys).toBe(1);
  });

  test('goes on after one answer that is the page of a proxy', async () => {
    const page = { status: 200, body: '<html>We are back soon</html>' };
    const run = await deployIn(subject, { plot: { end: 'live' }, atStatus: [page] });
    expect(run).toMatchObject({ outcome: { phase: 'live' }, deploys: 1 });
  });

  const { explains: without } = subject;
  const testUnexplained = without ? test : () => undefined;

  testUnexplained('has the same end where the host does not tell what only explains it', async () => {
    if (!without) return;
    expect(await deployIn(subject, { plot: { end: 'live' }, without })).toMatchObject({ outcome: { phase: 'live' } });
    for (const end of Object.keys(subject.failures)) {
      const { error } = await deployIn(subject, { plot: { end }, without });
      expect(error).toMatchObject({ code: 'HOST_FAILED' });
    }
    expect((await deployIn(subject, { plot: { end: 'cancelled' }, without })).error).toMatchObject({
      code: 'HOST_FAILED',
      message: expect.stringContaining('was cancelled'),
    });
  });
});
