import { describe, expect, test } from '@jest/globals';
import { type CdnTarget, parseTarget } from '../../../src/cdn/target.ts';
import { goLive } from '../../../src/commands/go-live.ts';
import { rollback } from '../../../src/commands/rollback.ts';
import type { Files } from '../../../src/commands/stages/sync-stage.ts';
import { teardown } from '../../../src/commands/teardown.ts';
import type { HttpRequest } from '../../../src/core/ports.ts';
import { openLedgerSession } from '../../../src/ledger/session.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { answer, type MemoryStore, memoryStore, never } from '../../support/fakes.ts';
import { createHarbour, type Harbour } from '../../support/harbour.ts';
import { identityOf } from '../../support/identity.ts';
import { bookIO, openAt, ownOf, past, stored } from '../../support/ledger.ts';
import { appServes, builtStage } from '../../support/live-stage.ts';
import { createRun, type RunOptions, type TestRun } from '../../support/run.ts';

/** When a run purges, command by command. */
const cdnApi = 'http://127.0.0.1:9/v2';
const cdn = [parseTarget('digitalocean:19f06b6a-3ace-4315-b086-499a0e521b76') as CdnTarget];
const cdnInputs = { cdn, cdnToken: new Secret('dop_v1_token_of_a_test') };
const [one, two] = ['1', '2'].map((digit) => digit.repeat(40)) as [string, string];

/** A run whose CDN takes every purge; what was purged. */
function runWith(options: RunOptions & { harbour: Harbour }): { run: TestRun; purged: string[] } {
  const inputs = { ...cdnInputs, bucket: 'site', ...options.inputs };
  const hostInputs = {
    service: undefined,
    token: undefined,
    deployHook: undefined,
    options: { 'cdn-api-url': [cdnApi] },
  };
  const run = createRun({ ...options, inputs: { hostInputs, ...inputs } });
  const purged: string[] = [];
  const { http: page } = run.ports;
  const http: typeof page = async (request: HttpRequest, signal) => {
    if (!request.url.startsWith(cdnApi)) return page(request, signal);
    purged.push(...(JSON.parse(String(request.body)) as { files: string[] }).files);
    return answer(204);
  };
  return { run: { ...run, ports: { ...run.ports, http } }, purged };
}

const unpurged = (...keys: readonly string[]) => new Map(keys.map((key) => [key, stored('y', { unpurged: true })]));

/** Commit one is live, and two was uploaded after it and never proven. */
async function failedDeploy(): Promise<{ harbour: Harbour; store: MemoryStore }> {
  const harbour = createHarbour();
  harbour.live.push(one, two);
  const store = memoryStore();
  await past(store, { sha: one, files: ['static/site.css'], live: true, run: 1 });
  await (await openAt(store, two, 2)).save({ objects: unpurged('static/site.css') }, never);
  return { harbour, store };
}

test('a rollback purges what a release that was not proven left unpurged, once the old one is live, and once', async () => {
  const { harbour, store } = await failedDeploy();
  const plan = { kind: 'rollback', to: one } as const;
  const first = runWith({ harbour, store, plan, context: { order: { id: 5, attempt: 1 } } });
  await rollback(first.run, one);
  expect(first.run.recorder.report()).toMatchObject({ status: 'rolled-back', cdn: [{ paths: 1, state: 'sent' }] });
  expect(first.run.recorder.report().stages.map(({ name }) => name)).toEqual(['Rollback', 'Proof', 'CDN']);
  expect(first.purged).toEqual(['static/site.css']);
  const again = runWith({ harbour, store, plan, context: { order: { id: 6, attempt: 1 } } });
  await rollback(again.run, one);
  expect(again.purged).toEqual([]);
});

describe('a deploy', () => {
  async function live(harbour: Harbour, url?: string) {
    const store = memoryStore();
    const session = await openAt(store, one, 5);
    session.keep({ objects: unpurged('static/site.css') });
    const { run, purged } = runWith({ harbour, store, context: { order: { id: 5, attempt: 1 }, sha: one } });
    const files = { request: { session }, sync: { prune: [], before: session.before } } as unknown as Files;
    await goLive(run, { built: builtStage, target: appServes, all: [files], before: { url, page: undefined } }).catch(
      () => undefined,
    );
    return { report: run.recorder.report(), purged };
  }

  test('that is live purges after the proof', async () => {
    const { report, purged } = await live(createHarbour());
    expect(report.status).toBe('live');
    expect(report.stages.map(({ name }) => name)).toEqual(['Release', 'Proof', 'CDN']);
    expect(purged).toEqual(['static/site.css']);
  });

  test('of which no URL is known purges nothing, and says how to do it', async () => {
    const create = () => ({ trigger: async () => ({ startedAt: 0, sha: one }) });
    const { report, purged } = await live(createHarbour({ create }));
    expect([report.status, purged]).toEqual(['triggered', []]);
    const [, command] = report.warnings.find((warning) => warning.includes('was not purged'))?.split('\n') ?? [];
    expect(command).toMatch(/^doctl compute cdn flush \S+ --files static\/site\.css$/);
    expect(report.findings).toMatchObject([{ id: 'deploy.cdn' }]);
  });
});

test('the end of a preview purges the un-hashed files that it deleted', async () => {
  const harbour = createHarbour();
  harbour.previews.set(7, 'abc');
  const store = memoryStore();
  const identity = identityOf('preview/pr-7');
  const folder = `previews/${identity.repository}/pr-7/static/`;
  const keys = [`${folder}site.css`, `${folder}app.9dd4e461268c.css`];
  for (const key of keys) store.seed(key, 'x');
  const session = await openLedgerSession(store, { identity, shard: undefined, own: ownOf('abc', 1) }, bookIO());
  await session.save({ objects: new Map(keys.map((key) => [key, stored('x')])) }, never);
  const { run, purged } = runWith({ harbour, store, plan: { kind: 'teardown', pullRequest: 7 } });
  await teardown(run, 7);
  expect(run.recorder.report()).toMatchObject({ status: 'removed', sync: { deleted: 2 } });
  expect(purged).toEqual([`${folder}site.css`]);
});
