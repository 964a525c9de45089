import { PutBucketOwnershipControlsCommand, PutPublicAccessBlockCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeIdentity } from '../../src/core/identity.ts';
import { systemClock } from '../../src/runner/system-clock.ts';
import { statementId, withoutStatement, withPublicRead } from '../../src/store/bucket-policy.ts';
import type { CorsRule } from '../../src/store/bucket-settings.ts';
import { ruleFor, ruleId } from '../../src/store/cors.ts';
import { setCors } from '../../src/store/set-cors.ts';
import { setPolicy, whatBlocks } from '../../src/store/set-policy.ts';
import type { ObjectStore } from '../../src/store/store.ts';
import { never } from '../support/fakes.ts';
import { as, openReal, put, type RealPlace } from './support/place.ts';
import { realServers } from './support/servers.ts';

/** CORS rules and the bucket policy on real servers, and what somebody gets who comes from outside. */
const of = (environment: string) => makeIdentity({ repository: '1', workingDirectory: '.', environment });
/** Nobody else writes, so that there is nothing to wait for. */
const quick = { now: systemClock.now, sleep: (_time: number, signal: AbortSignal) => systemClock.sleep(10, signal) };
const io = { clock: quick, random: Math.random, signal: never };
/** Runs that write at the same moment. */
const together = { ...io, clock: systemClock };
const site = 'https://www.example.com';
const theirs: CorsRule = {
  ID: 'uploads',
  AllowedOrigins: ['https://admin.example.com'],
  AllowedMethods: ['PUT'],
  AllowedHeaders: ['content-type'],
};
const statement = {
  Sid: 'Theirs',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:DeleteObject',
  Resource: 'arn:aws:s3:::BUCKET/kept/*',
};

/** Whether there is TLS makes no difference here. */
const servers = realServers.filter(({ name }) => name !== 'ceph-tls');
const withCors = servers.filter(({ differs }) => differs.cors !== 'none');
const withPolicies = servers.filter(({ differs }) => differs.policies);
const withoutEither = servers.filter(({ differs }) => differs.cors === 'none' && !differs.policies);

/** Each origin once, whatever order the server has them in. */
const sorted = (rules: readonly CorsRule[] | 'unsupported') =>
  rules === 'unsupported' ? rules : rules.map((rule) => ({ ...rule, AllowedOrigins: rule.AllowedOrigins.toSorted() }));

describe.each(withCors)('CORS rules of $name', ({ name, differs }) => {
  let place: RealPlace;
  let store: ObjectStore;
  const id = ruleId(of('production'));
  const ask = async (origin: string, method: 'GET' | 'OPTIONS' = 'GET') => {
    const preflight = { 'access-control-request-method': 'GET', 'access-control-request-headers': 'x-requested-with' };
    const headers = { origin, ...(method === 'OPTIONS' ? preflight : {}) };
    const answer = await fetch(store.urlOf('static/a.woff2'), { method, headers });
    await answer.arrayBuffer();
    return { status: answer.status, allowed: answer.headers.get('access-control-allow-origin') };
  };
  const wish = (...origins: readonly string[]) => setCors(store.settings, { id, origins }, io);

  beforeAll(async () => {
    place = await openReal(name);
    store = await place.store();
    await put(store, 'static/a.woff2', 'a font');
    const files = { bucket: place.bucket, prefix: 'static/', partition: 'aws' };
    await setPolicy(store.settings, place.bucket, (json) => withPublicRead(json, 'Static', files), io);
  });
  afterAll(() => place.close());

  test('are none at first, and no page of another origin is let in', async () => {
    expect(await store.settings.corsRules(never)).toEqual([]);
    expect(await ask(site)).toEqual({ status: 200, allowed: null });
  });

  test('have ours beside that of others, written once, and pages of the site are let in', async () => {
    await store.settings.putCorsRules([theirs], never);
    expect(await wish(site, 'https://*.example.org')).toMatchObject({ kind: 'changed', named: true });
    const rules = [theirs, ruleFor(id, ['https://*.example.org', site])];
    expect(sorted(await store.settings.corsRules(never))).toEqual(rules);
    expect(await wish('https://*.example.org', site)).toMatchObject({ kind: 'same' });
    for (const origin of [site, 'https://shop.example.org'])
      expect(await ask(origin)).toEqual({ status: 200, allowed: origin });
    for (const origin of [
      'https://example.com',
      'http://www.example.com',
      'https://example.org',
      // moto looks at no methods.
      ...(differs.cors === 'followed' ? ['https://admin.example.com'] : []),
    ])
      expect(await ask(origin)).toEqual({ status: 200, allowed: null });
  });

  test('answer a preflight request for the site alone', async () => {
    const answers = [await ask(site, 'OPTIONS'), await ask('https://evil.test', 'OPTIONS')];
    const [yes, no] = [
      { status: 200, allowed: site },
      { status: 403, allowed: null },
    ];
    // moto answers every one with 403.
    expect(answers).toEqual(differs.cors === 'followed' ? [yes, no] : [expect.objectContaining({ status: 403 }), no]);
  });

  test('have everybody let in by "*"', async () => {
    await wish('*');
    expect((await ask('https://anything.test')).allowed).toMatch(/^(\*|https:\/\/anything\.test)$/);
  });

  test('of many runs at once are all there at the end, and those of others too', async () => {
    const names = Array.from({ length: 3 }, (_, at) => ruleId(of(`branch-${at}`)));
    await Promise.all(
      names.map((own) => setCors(store.settings, { id: own, origins: [`${site}:${own.length}`] }, together)),
    );
    const rules = await store.settings.corsRules(never);
    expect(rules === 'unsupported' ? [] : rules.map(({ ID }) => ID).toSorted()).toEqual(
      [id, ...names, 'uploads'].toSorted(),
    );
    await Promise.all(names.map((own) => setCors(store.settings, { id: own, origins: [] }, together)));
    expect(sorted(await store.settings.corsRules(never))).toEqual([theirs, ruleFor(id, ['*'])]);
  });

  test('lose ours and keep that of others; with the last one they are gone', async () => {
    await wish();
    expect(await store.settings.corsRules(never)).toEqual([theirs]);
    await store.settings.putCorsRules([ruleFor(id, [site])], never);
    expect(await wish()).toMatchObject({ kind: 'changed' });
    expect(await store.settings.corsRules(never)).toEqual([]);
  });

  if (differs.strangers)
    test('are not changed by somebody without rights, who is told which', async () => {
      const { stranger } = place.reach;
      const other = await place.store(stranger ? as(stranger) : {});
      await expect(setCors(other.settings, { id, origins: [site] }, io)).rejects.toMatchObject({
        code: 'BUCKET_DENIED',
        hint: expect.stringContaining('BucketCORS'),
      });
    });
});

describe.each(withPolicies)('the policy of a bucket of $name', ({ name, differs }) => {
  let place: RealPlace;
  let store: ObjectStore;
  const sid = statementId(of('production'));
  const status = async (key: string) => {
    const answer = await fetch(store.urlOf(key));
    await answer.arrayBuffer();
    return answer.status;
  };
  const files = () => ({ bucket: place.bucket, prefix: 'static/', partition: store.settings.partition() });
  const open = () => setPolicy(store.settings, place.bucket, (json) => withPublicRead(json, sid, files()), io);
  const own = () => ({ ...statement, Resource: statement.Resource.replace('BUCKET', place.bucket) });
  const statements = async () => JSON.parse(String(await store.settings.policy(never))).Statement;

  beforeAll(async () => {
    place = await openReal(name);
    store = await place.store();
    for (const key of ['static/a.css', 'media/a.png', '.deploy-django/1.json']) await put(store, key, key);
  });
  afterAll(() => place.close());

  test('is not there at first, and nobody reads anything', async () => {
    expect(await store.settings.policy(never)).toBeUndefined();
    expect(await status('static/a.css')).toBe(403);
  });

  test('opens the static files by a statement of ours, beside that of others, and nothing else', async () => {
    await store.settings.putPolicy(JSON.stringify({ Version: '2012-10-17', Statement: [own()] }), never);
    expect(await open()).toBe('changed');
    expect(await statements()).toEqual([own(), expect.objectContaining({ Sid: sid })]);
    expect(await status('static/a.css')).toBe(200);
    for (const key of ['media/a.png', '.deploy-django/1.json']) expect(await status(key)).toBe(403);
    expect(await open()).toBe('same');
  });

  test('loses ours and keeps that of others; with the last one it is gone', async () => {
    const without = (json: string | undefined) => withoutStatement(json, sid);
    expect(await setPolicy(store.settings, place.bucket, without, io)).toBe('changed');
    expect(await statements()).toEqual([own()]);
    expect(await status('static/a.css')).toBe(403);
    await store.settings.putPolicy('', never);
    await open();
    expect(await setPolicy(store.settings, place.bucket, without, io)).toBe('changed');
    expect(await store.settings.policy(never)).toBeUndefined();
  });

  if (differs.blocks)
    test('is kept out by Block Public Access, and the command that lets it in is named', async () => {
      const PublicAccessBlockConfiguration = { BlockPublicPolicy: true, IgnorePublicAcls: true };
      await place.client.send(
        new PutPublicAccessBlockCommand({ Bucket: place.bucket, PublicAccessBlockConfiguration }),
      );
      expect(await store.settings.publicAccessBlock(never)).toEqual({
        BlockPublicAcls: false,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: false,
      });
      await expect(open()).rejects.toMatchObject({
        code: 'BUCKET_DENIED',
        message: expect.stringContaining('(BlockPublicPolicy)'),
        hint: expect.stringContaining('BlockPublicAcls=false,IgnorePublicAcls=true,BlockPublicPolicy=false'),
      });
    });

  if (differs.strangers)
    test('is not changed by somebody without rights, who is told which', async () => {
      const { stranger } = place.reach;
      const other = await place.store(stranger ? as(stranger) : {});
      const change = (json: string | undefined) => withPublicRead(json, sid, files());
      await expect(setPolicy(other.settings, place.bucket, change, io)).rejects.toMatchObject({
        code: 'BUCKET_DENIED',
        hint: expect.stringContaining('BucketPolicy'),
      });
    });
});

describe.each(servers)('what $name says of its ACLs', ({ name, differs }) => {
  let place: RealPlace;
  let store: ObjectStore;

  beforeAll(async () => {
    place = await openReal(name);
    store = await place.store();
  });
  afterAll(() => place.close());

  test('is never the contrary of what it does with them', async () => {
    const contrary = differs.acls === 'kept';
    expect(await store.settings.ignoresAcls(never)).not.toBe(contrary);
  });

  if (name === 'moto')
    test('is that they count, until its objects belong to its owner', async () => {
      expect(await store.settings.ignoresAcls(never)).toBe(false);
      const OwnershipControls = { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' as const }] };
      await place.client.send(new PutBucketOwnershipControlsCommand({ Bucket: place.bucket, OwnershipControls }));
      expect(await store.settings.ignoresAcls(never)).toBe(true);
    });
});

// moto, the one server that is always there, has both; an empty table is a failure.
if (withoutEither.length > 0)
  describe.each(withoutEither)('$name, which has neither,', ({ name }) => {
    let place: RealPlace;
    beforeAll(async () => {
      place = await openReal(name);
    });
    afterAll(() => place.close());

    test('says so, and nothing else fails', async () => {
      const { settings } = await place.store();
      const policy = (json: string | undefined) =>
        withPublicRead(json, 'Static', { bucket: place.bucket, prefix: 'static/', partition: 'aws' });
      expect(await setCors(settings, { id: ruleId(of('production')), origins: [site] }, io)).toEqual({
        kind: 'unsupported',
      });
      expect(await setPolicy(settings, place.bucket, policy, io)).toBe('unsupported');
      expect(whatBlocks(await settings.publicAccessBlock(never))).toBe('');
    });
  });
