import { describe, expect, test } from '@jest/globals';
import { crossOriginStage, needsCors } from '../../../../src/commands/stages/cross-origin-check.ts';
import type { Inputs } from '../../../../src/inputs/inputs.ts';
import type { CorsRule } from '../../../../src/store/bucket-settings.ts';
import type { PlannedFile } from '../../../../src/sync/planned-file.ts';
import { answer, fakeHttp, type MemoryStore, memoryStore } from '../../../support/fakes.ts';
import { createRun } from '../../../support/run.ts';

const site = 'https://www.example.com';
const sample = 'https://assets.example.net/static/lora.woff2';
const rule = (origin: string): CorsRule => ({ AllowedOrigins: [origin], AllowedMethods: ['GET'] });

interface Given {
  readonly inputs?: Partial<Inputs>;
  /** Null: there is no such file yet. */
  readonly allowed?: string | null;
  readonly cors?: readonly CorsRule[];
  readonly vendor?: string;
  readonly urls?: readonly string[];
}

async function look({ inputs = {}, allowed, cors = [], vendor = 'aws', urls = [site] }: Given = {}) {
  const store = { ...memoryStore({ settings: { cors } }), vendor } as MemoryStore;
  const headers: Record<string, string> = allowed ? { 'access-control-allow-origin': allowed } : {};
  const http = fakeHttp(() => (allowed === null ? answer(404) : answer(200, 'font', headers)));
  const made = createRun({ store, inputs });
  const run = { ...made, ports: { ...made.ports, http } };
  const request = { buckets: [{ store, bucket: 'assets', sample }], known: { urls, preview: false } };
  await run.recorder.stage('Origins', () => crossOriginStage(run, request));
  const { warnings, stages } = run.recorder.report();
  return { warnings, stages, http, store };
}

describe('fonts and modules of a bucket, where no input sees to CORS,', () => {
  test('are asked for with the origin of the site, and nothing is written', async () => {
    const { warnings, stages, http, store } = await look({ allowed: site });
    expect([warnings, stages[0]?.result]).toEqual([[], `assets lets ${site} in`]);
    expect(http.requests[0]).toMatchObject({ url: sample, headers: { origin: site } });
    expect(store.settings.writes).toEqual([]);
  });

  test('that the site may not use are a warning that says what to write', async () => {
    const { warnings, stages } = await look();
    expect(warnings).toEqual([
      expect.stringMatching(/lora\.woff2 answers without.* Set allowed-origins: auto.*AllowedOrigins/s),
    ]);
    expect(stages[0]?.result).toBe(`assets does not let ${site} in`);
  });

  test.each<[string, Given, number]>([
    ['are missed in the rules', {}, 1],
    ['are found in a rule', { cors: [rule('https://*.example.com')] }, 0],
    ['are missed in a rule for another', { cors: [rule('https://other.example.com')] }, 1],
    ['are open where a server needs no rule', { vendor: 'minio' }, 0],
  ])('before a first upload %s', async (_what, given, count) => {
    expect((await look({ allowed: null, ...given })).warnings).toHaveLength(count);
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
