import { describe, expect, test } from '@jest/globals';
import { crossOriginStage, needsCors } from '../../../../src/commands/stages/cross-origin-check.ts';
import { DeployError } from '../../../../src/core/errors.ts';
import type { Inputs } from '../../../../src/inputs/inputs.ts';
import type { CorsRule } from '../../../../src/store/bucket-settings.ts';
import type { PlannedFile } from '../../../../src/sync/planned-file.ts';
import { answer, fakeHttp, type MemoryStore, memoryStore } from '../../../support/fakes.ts';
import { createRun } from '../../../support/run.ts';

const site = 'https://www.example.com';
const sample = 'https://assets.example.net/static/lora.woff2';
const rule = (origin: string): CorsRule => ({ AllowedOrigins: [origin], AllowedMethods: ['GET'] });

interface Given {
  readonly isFirst?: boolean;
  readonly inputs?: Partial<Inputs>;
  /** Null: there is no such file yet. */
  readonly allowed?: string | null;
  readonly cors?: readonly CorsRule[];
  readonly vendor?: string;
  readonly urls?: readonly string[];
}

async function look({ isFirst = true, inputs = {}, allowed, cors = [], vendor = 'aws', urls = [site] }: Given = {}) {
  const store = { ...memoryStore({ settings: { cors } }), vendor } as MemoryStore;
  const headers: Record<string, string> = allowed ? { 'access-control-allow-origin': allowed } : {};
  const http = fakeHttp(() => (allowed === null ? answer(404) : answer(200, 'font', headers)));
  const made = createRun({ store, inputs });
  const run = { ...made, ports: { ...made.ports, http } };
  const request = { buckets: [{ store, bucket: 'assets', sample }], known: { urls, preview: false }, isFirst };
  const outcome = await run.recorder
    .stage('Origins', () => crossOriginStage(run, request))
    .catch((error: unknown) => error as DeployError);
  const { warnings, stages } = run.recorder.report();
  return { code: outcome instanceof DeployError ? outcome.code : undefined, outcome, warnings, stages, http, store };
}

describe('fonts and modules of a bucket, where no input sees to CORS,', () => {
  test('are asked for with the origin of the site, and nothing is written', async () => {
    const { code, warnings, stages, http, store } = await look({ allowed: site });
    expect([code, warnings, stages[0]?.result]).toEqual([undefined, [], `assets lets ${site} in`]);
    expect(http.requests[0]).toMatchObject({ url: sample, headers: { origin: site } });
    expect(store.settings.writes).toEqual([]);
  });

  test('that the site may not use end a first deploy, and the error says what to write', async () => {
    const { outcome } = await look();
    expect(outcome).toMatchObject({
      code: 'ORIGINS_REFUSED',
      message: expect.stringContaining(sample),
      hint: expect.stringMatching(/^Nothing was released\. Set allowed-origins: auto.*AllowedOrigins/),
    });
  });

  test.each<[string, Given]>([
    ['once something is live', { isFirst: false }],
    ['with checks: off', { inputs: { checks: 'off' } }],
  ])('are a warning %s', async (_when, given) => {
    const { code, warnings } = await look(given);
    expect([code, warnings]).toEqual([undefined, [expect.stringContaining('Set allowed-origins: auto')]]);
  });

  test.each<[string, Given, string | undefined]>([
    ['are missed in the rules', {}, 'ORIGINS_REFUSED'],
    ['are found in a rule', { cors: [rule('https://*.example.com')] }, undefined],
    ['are missed in a rule for another', { cors: [rule('https://other.example.com')] }, 'ORIGINS_REFUSED'],
    ['are open where a server needs no rule', { vendor: 'minio' }, undefined],
  ])('before a first upload %s', async (_what, given, code) => {
    expect((await look({ allowed: null, ...given })).code).toBe(code);
  });

  test('are not asked for where nobody knows the site', async () => {
    const { http, stages } = await look({ urls: [] });
    expect([http.requests, stages[0]?.result]).toEqual([[], expect.stringContaining('no URL of the site is known')]);
  });
});

test.each([
  ['fonts/a.woff2', true],
  ['js/app.mjs', true],
  ['js/app.js', false],
  ['css/app.css', false],
])('whether %s is asked for with CORS in any case: %s', (path, needed) => {
  expect(needsCors({ file: { path } } as PlannedFile)).toBe(needed);
});
