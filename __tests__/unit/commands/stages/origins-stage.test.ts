import { describe, expect, test } from '@jest/globals';
import {
  allowPage,
  type OriginsBucket,
  originsStage,
  planOrigins,
} from '../../../../src/commands/stages/origins-stage.ts';
import { DeployError } from '../../../../src/core/errors.ts';
import type { Http, HttpRequest, HttpResponse } from '../../../../src/core/ports.ts';
import type { Inputs } from '../../../../src/inputs/inputs.ts';
import type { CorsRule } from '../../../../src/store/bucket-settings.ts';
import { ruleFor, ruleId } from '../../../../src/store/cors.ts';
import { admitsOrigin } from '../../../../src/store/origins.ts';
import { answer, fakeHttp, type MemoryStore, memoryStore } from '../../../support/fakes.ts';
import type { MemorySettingsOptions } from '../../../support/memory-settings.ts';
import { createRun } from '../../../support/run.ts';

const site = 'https://www.example.com';
const sample = 'https://assets.example.net/static/lora.woff2';
const theirs: CorsRule = { ID: 'uploads', AllowedOrigins: ['https://admin.example.com'], AllowedMethods: ['PUT'] };

interface Given {
  readonly settings?: MemorySettingsOptions;
  readonly inputs?: Partial<Inputs>;
  readonly urls?: readonly string[];
  readonly vendor?: string;
  readonly preview?: boolean;
  /** Instead of what the bucket's rules say. */
  readonly reply?: (request: HttpRequest) => HttpResponse;
  /** So many answers do not know the rule yet. */
  readonly late?: number;
}

const font = (origin?: string) =>
  answer(200, 'font', { 'content-type': 'font/woff2', ...(origin ? { 'access-control-allow-origin': origin } : {}) });

/** A bucket that gives a file to the pages of those origins that its rules name. */
function follow(store: MemoryStore, late: number): (request: HttpRequest) => HttpResponse {
  let patience = late;
  return ({ headers = {} }) => {
    const { origin = '' } = headers;
    const allowed = store.settings.cors.some(
      ({ AllowedOrigins, AllowedMethods }) =>
        AllowedMethods.includes('GET') && AllowedOrigins.some((one) => admitsOrigin(one, origin)),
    );
    return font(allowed && patience-- <= 0 ? origin : undefined);
  };
}

function begin(given: Given = {}) {
  const { settings = {}, inputs = {}, urls = [site], vendor = 'aws', preview = false, late = 0 } = given;
  const store = { ...memoryStore({ settings }), vendor } as MemoryStore;
  const made = createRun({
    store,
    inputs: { allowedOrigins: ['auto'], ...inputs },
    ...(preview ? { plan: { kind: 'preview', pullRequest: 7 } } : {}),
  });
  const http: Http & { requests: HttpRequest[] } = fakeHttp(given.reply ?? follow(store, late));
  const run = { ...made, ports: { ...made.ports, http } };
  const bucket: OriginsBucket = { store, bucket: 'assets', sample };
  const request = { buckets: [bucket], known: { urls, preview } };
  return { run, request, store, http, id: ruleId(made.identity) };
}

async function stage(given: Given = {}) {
  const begun = begin(given);
  const { run, request, store } = begun;
  const outcome = await run.recorder
    .stage('Origins', () => originsStage(run, request))
    .catch((error: unknown) => error as DeployError);
  const { warnings, access, stages } = run.recorder.report();
  return {
    ...begun,
    outcome,
    warnings,
    origins: access?.origins,
    result: stages[0]?.result,
    rules: store.settings.cors,
  };
}

describe('the rule of the bucket', () => {
  test('is there before the release, beside those of others, and a file shows it', async () => {
    const { rules, id, result, origins, warnings, http } = await stage({ settings: { cors: [theirs] } });
    expect(rules).toEqual([theirs, ruleFor(id, [site])]);
    expect(result).toBe(`assets lets ${site} in now, as a file shows`);
    expect([origins, warnings]).toEqual([[site], []]);
    expect(http.requests[0]).toMatchObject({ url: sample, headers: { origin: site } });
  });

  test('is waited for where it does not count at once', async () => {
    expect(await stage({ late: 3 })).toMatchObject({
      result: expect.stringContaining('as a file shows'),
      warnings: [],
    });
  });

  test('of a preview is its own, and that of production stays', async () => {
    const production = ruleFor('deploy-django/1296269/push/production', [site]);
    const { rules } = await stage({
      settings: { cors: [production] },
      preview: true,
      urls: ['https://pr-7.example.com'],
    });
    expect(rules).toEqual([
      production,
      ruleFor('deploy-django/1296269/preview/preview%2Fpr-7', ['https://pr-7.example.com']),
    ]);
  });

  test('has a word of warning if it is for everybody', async () => {
    const { rules, warnings } = await stage({ inputs: { allowedOrigins: ['*'] }, settings: { cors: [theirs] } });
    expect(rules.at(-1)?.AllowedOrigins).toEqual(['*']);
    expect(warnings).toEqual([expect.stringContaining('pages of every site')]);
  });

  test('is not written where the server lets everybody in by itself, because a rule would shut others out', async () => {
    const { rules, result } = await stage({ reply: ({ headers }) => font(headers?.origin) });
    expect([rules, result]).toEqual([[], 'the server of assets lets everybody in, without a rule']);
  });

  test('stays as it is until the address is known, and is right before the files of the page are looked at', async () => {
    const { id } = begin();
    const old = ruleFor(id, ['https://old.example.com']);
    const { run, request, store } = await stage({ settings: { cors: [old] }, urls: [] });
    expect(store.settings.cors).toEqual([old]);
    await allowPage(run, request, `${site}/`);
    expect(store.settings.cors).toEqual([old]);
    run.recorder.note({ url: site });
    await allowPage(run, request, 'https://example.com/');
    expect(store.settings.cors).toEqual([ruleFor(id, [site, 'https://example.com'])]);
    expect(run.recorder.report().access).toEqual({ origins: [site, 'https://example.com'] });
  });

  test('is written once more if another run took it away before the page answers', async () => {
    const { run, request, store, id } = await stage({ settings: { cors: [theirs] } });
    store.settings.cors = [theirs];
    await allowPage(run, request, `${site}/`);
    expect(store.settings.cors).toEqual([theirs, ruleFor(id, [site])]);
  });

  test('for an address that nobody will ever tell is a warning', async () => {
    const { warnings, rules } = await stage({ urls: [], inputs: { host: 'none' } });
    expect([warnings, rules]).toEqual([[expect.stringContaining('Set url, or write the origin out')], []]);
  });

  test('that a CDN does not follow is a warning, with what to set there', async () => {
    const { warnings } = await stage({
      reply: () => answer(200, 'font', { 'x-cache': 'Hit from cloudfront' }),
      settings: { cors: [theirs] },
    });
    expect(warnings).toEqual([
      expect.stringMatching(/out of a cache \(Hit from cloudfront\).*Vary: Origin.*CORS-S3Origin/),
    ]);
  });

  test('that the service gives back without its name is a warning', async () => {
    const kept = ({ ID: _, ...rest }: CorsRule) => rest;
    expect((await stage({ settings: { kept } })).warnings).toEqual([expect.stringContaining('keeps no names')]);
  });
});

const denied: MemorySettingsOptions['failOn'] = () =>
  new DeployError('BUCKET_DENIED', 'no', { hint: 'Add s3:PutBucketCORS.' });

describe('a bucket whose rules this run cannot write', () => {
  test.each<[string, MemorySettingsOptions]>([
    ['without the right to', { failOn: denied }],
    ['without such an API', { unsupported: true }],
  ])('is fine if it allows the site already: %s', async (_why, settings) => {
    expect(await stage({ settings, reply: () => font('*') })).toMatchObject({
      result: `assets lets ${site} in already`,
      origins: [site],
      warnings: [],
    });
  });

  test.each<[string, MemorySettingsOptions, string]>([
    ['aws', { failOn: denied }, 'Add s3:PutBucketCORS.'],
    ['spaces', { failOn: denied }, '"Full Access"'],
    ['r2', { failOn: denied }, '"Admin Read & Write"'],
    ['b2', { failOn: denied }, 'writeBuckets'],
    ['gcs', { unsupported: true }, 'gcloud storage buckets update gs://assets --cors-file=cors.json'],
    ['minio', { unsupported: true }, 'MINIO_API_CORS_ALLOW_ORIGIN=https://www.example.com'],
    ['generic', { unsupported: true }, '"AllowedOrigins":["https://www.example.com"]'],
  ])('stops the run before the release if not, with what to do at %s', async (vendor, settings, hint) => {
    const { outcome } = await stage({ vendor, settings, reply: () => font() });
    expect(outcome).toMatchObject({ code: 'ORIGINS_REFUSED', hint: expect.stringContaining(hint) });
    expect(outcome).toMatchObject({ hint: expect.stringContaining('Nothing was released.') });
  });

  test('fails nothing once the release is live', async () => {
    const { run, request } = begin({ settings: { failOn: () => new DeployError('BUCKET_UNREACHABLE', 'gone') } });
    await allowPage(run, request, `${site}/`);
    expect(run.recorder.report().warnings).toEqual([expect.stringContaining('is not known: gone')]);
  });
});

describe('what a deploy would do', () => {
  const plan = async (given: Given) => {
    const { run, request, store } = begin(given);
    return { ...(await planOrigins(run, request)), writes: store.settings.writes };
  };

  test('is said, and nothing is written', async () => {
    expect(await plan({})).toMatchObject({ result: `assets would let ${site} in`, writes: [] });
    const { id } = begin();
    expect(await plan({ settings: { cors: [ruleFor(id, [site])] } })).toMatchObject({
      result: `assets lets ${site} in`,
    });
    expect(await plan({ urls: [] })).toMatchObject({ result: 'assets lets origins that are not known yet in' });
  });

  test('says by its error what would stop it', async () => {
    await expect(plan({ vendor: 'gcs', settings: { unsupported: true }, reply: () => font() })).rejects.toMatchObject({
      code: 'ORIGINS_REFUSED',
    });
  });
});
