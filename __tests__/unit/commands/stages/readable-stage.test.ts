import { describe, expect, test } from '@jest/globals';
import { type ReadableStageRequest, readableStage } from '../../../../src/commands/stages/readable-stage.ts';
import { filesOf } from '../../../../src/commands/stages/sample-file.ts';
import { DeployError } from '../../../../src/core/errors.ts';
import { emptyLedger } from '../../../../src/ledger/ledger.ts';
import { openingStatements } from '../../../../src/store/bucket-policy.ts';
import { planSync } from '../../../../src/sync/sync-plan.ts';
import { answer, fakeClock, fakeHttp, fakeLog, memoryStore, never } from '../../../support/fakes.ts';
import { production } from '../../../support/ledger.ts';
import type { MemorySettingsOptions } from '../../../support/memory-settings.ts';
import { remoteOf, scanned, syncSource } from '../../../support/sync.ts';

const url = 'https://assets.example.com/static/app.css';
const body = 'body {}';
const filesAt = (prefix: string) =>
  filesOf(planSync([syncSource([scanned('app.css', body)], { prefix })], remoteOf(), emptyLedger), 'static');
const block = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: false, RestrictPublicBuckets: true };

interface Given extends Partial<Omit<ReadableStageRequest, 'store'>> {
  readonly settings?: MemorySettingsOptions;
  readonly vendor?: string;
  /** How often the bucket still refuses although its policy lets anybody in. */
  readonly late?: number;
  readonly prefix?: string;
}

/** One bucket whose files are public as far as its policy says so. */
async function stage(given: Given = {}) {
  const { settings = {}, vendor = 'aws', prefix = 'static/', late = 0, ...more } = given;
  const store = { ...memoryStore({ settings }), vendor };
  let patience = late;
  const http = fakeHttp(() => {
    const json = store.settings.json;
    if (json === undefined || openingStatements(json, `${prefix}app.css`).length === 0) return answer(403);
    return patience-- > 0 ? answer(403) : answer(200, body);
  });
  const log = fakeLog();
  const recorder = { warn: () => undefined };
  const io = { http, log, clock: fakeClock(), random: () => 0, signal: never, recorder };
  const looked = { files: filesAt(prefix), staticUrl: 'https://assets.example.com/static/', site: undefined };
  const request = {
    ...looked,
    signed: false,
    purges: false,
    store,
    bucket: 'assets',
    identity: production,
    applyPolicy: true,
    ...more,
  };
  const outcome = await readableStage(request, io).catch((error: unknown) => error as DeployError);
  return { outcome, log: log.lines.join('\n'), writes: store.settings.writes, json: store.settings.json };
}

const open =
  '{"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::assets/*"}}';

describe('static files that nobody can read', () => {
  test('are opened by the policy with apply-policy, and seen to be', async () => {
    const { outcome, writes, json } = await stage({ late: 3 });
    expect([outcome, writes]).toEqual([
      { value: 'public', result: expect.stringContaining('since the bucket policy') },
      ['policy'],
    ]);
    expect(openingStatements(json ?? '', 'media/a.png')).toEqual([]);
  });

  test('stop the run without it, and nothing is written; the log has the whole policy, with what is there', async () => {
    const theirs = '{"Statement":[{"Sid":"Theirs","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}]}';
    const { outcome, log, writes } = await stage({ applyPolicy: false, settings: { policy: theirs } });
    expect(outcome).toMatchObject({
      code: 'FILES_UNREADABLE',
      message: `Visitors cannot read ${url}: it answers 403.`,
      hint: expect.stringMatching(
        /^Nothing was released\. Set "apply-policy: true".*"Resource":"arn:aws:s3:::assets\/static\/\*"/,
      ),
    });
    expect((outcome as DeployError).hint).not.toContain('Theirs');
    expect(log).toContain('"Sid": "Theirs"');
    expect(log).toContain('arn:aws:s3:::assets/static/*');
    expect(writes).toEqual([]);
  });

  test.each<[string, MemorySettingsOptions, 'public-read' | undefined, string]>([
    ['spaces', {}, undefined, 'Set "acl: public-read".'],
    ['generic', { ignoresAcls: false }, undefined, 'Set "acl: public-read".'],
    ['generic', { ignoresAcls: true }, undefined, 'Set "apply-policy: true", or'],
    ['aws', { ignoresAcls: false }, undefined, 'Set "apply-policy: true", or'],
    ['spaces', {}, 'public-read', 'Set "apply-policy: true", or'],
  ])('are told at %s the one line that opens them: %j, sent with %s', async (vendor, settings, acl, line) => {
    const planned = planSync([syncSource([scanned('app.css', body)], { acl })], remoteOf(), emptyLedger);
    const { outcome } = await stage({ vendor, settings, applyPolicy: false, files: filesOf(planned, 'static') });
    expect((outcome as DeployError).hint).toContain(`Nothing was released. ${line}`);
  });

  test('have only our own statement shown where the policy may not be read', async () => {
    const failOn = () => new DeployError('BUCKET_DENIED', 'no');
    const { outcome, log } = await stage({
      applyPolicy: false,
      settings: { failOn: (doing) => (doing === 'policy' ? failOn() : undefined) },
    });
    expect((outcome as DeployError).hint).toContain('"Sid":"DeployDjango');
    expect(log).toBe('');
  });

  test.each([
    [true, 'BUCKET_DENIED'],
    [false, 'FILES_UNREADABLE'],
  ])(
    'are kept so by Block Public Access, which is named with the command (apply-policy: %s)',
    async (applyPolicy, code) => {
      const { outcome } = await stage({ applyPolicy, late: 99, settings: { block } });
      expect(outcome).toMatchObject({
        code,
        hint: expect.stringContaining('aws s3api put-public-access-block --bucket assets'),
      });
    },
  );

  test('are named again if the policy opens them and something else does not', async () => {
    expect((await stage({ late: 99 })).outcome).toMatchObject({
      code: 'FILES_UNREADABLE',
      hint: expect.stringContaining('"Deny"'),
    });
  });

  test('at the root of the bucket are never opened: everything would be', async () => {
    const { outcome, writes } = await stage({ prefix: '' });
    expect([outcome, writes]).toEqual([
      expect.objectContaining({ hint: expect.stringContaining('static-prefix') }),
      [],
    ]);
  });

  test.each([
    ['r2', 'custom domain'],
    ['b2', 'public or private as a whole'],
    ['gcs', 'gcloud storage managed-folders add-iam-policy-binding gs://assets/static/'],
    ['generic', 'no bucket policies'],
  ])('at %s, which has no bucket policies, have what to do there', async (vendor, hint) => {
    for (const applyPolicy of [true, false]) {
      const { outcome } = await stage({ vendor, applyPolicy, settings: { unsupported: true } });
      expect(outcome).toMatchObject({ code: 'FILES_UNREADABLE', hint: expect.stringContaining(hint) });
    }
  });

  test('are only looked at by "command: check", which says what a deploy would do', async () => {
    const { outcome, writes } = await stage({ onlyLooks: true });
    expect([outcome, writes]).toEqual([
      expect.objectContaining({ hint: expect.stringContaining('would write the bucket policy') }),
      [],
    ]);
  });
});

test('static files that anybody can read change nothing', async () => {
  expect(await stage({ settings: { policy: open } })).toMatchObject({ outcome: { value: 'public' }, writes: [] });
});
