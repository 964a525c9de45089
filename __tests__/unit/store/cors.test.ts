import { describe, expect, test } from '@jest/globals';
import { DeployError } from '../../../src/core/errors.ts';
import { makeIdentity } from '../../../src/core/identity.ts';
import type { CorsRule } from '../../../src/store/bucket-settings.ts';
import { mostRules, planCors, ruleFor, ruleId, ruleOwner } from '../../../src/store/cors.ts';
import { setCors } from '../../../src/store/set-cors.ts';
import { fakeClock, never } from '../../support/fakes.ts';
import { type MemorySettingsOptions, memorySettings } from '../../support/memory-settings.ts';

const of = (more: { environment?: string; workingDirectory?: string; pullRequest?: number } = {}) =>
  makeIdentity({ repository: '1296269', workingDirectory: '.', environment: 'production', ...more });
const id = ruleId(of());
const site = 'https://www.example.com';
const theirs: CorsRule = { ID: 'uploads', AllowedOrigins: ['https://admin.example.com'], AllowedMethods: ['PUT'] };
const nameless: CorsRule = { AllowedOrigins: ['*'], AllowedMethods: ['GET'], MaxAgeSeconds: 60 };
const preview = ruleFor(ruleId(of({ environment: 'preview', pullRequest: 7 })), ['https://pr-7.example.com']);

describe('the name of a rule', () => {
  test('is the identity, so that apps, environments and pull requests have one each', () => {
    const all = [
      of(),
      of({ environment: 'staging' }),
      of({ workingDirectory: 'apps/web' }),
      of({ environment: 'preview', pullRequest: 7 }),
      of({ environment: 'preview', pullRequest: 8 }),
      of({ environment: `feature/${'x'.repeat(300)}` }),
      of({ environment: `feature/${'x'.repeat(301)}` }),
    ];
    const names = all.map(ruleId);
    expect(new Set(names).size).toBe(all.length);
    expect(names[0]).toBe('deploy-django/1296269/push/production');
    expect(Math.max(...names.map((name) => name.length))).toBeLessThanOrEqual(255);
    expect(all.slice(0, 5).map((one) => ruleOwner({ ...theirs, ID: ruleId(one) }))).toEqual(all.slice(0, 5));
  });

  test('of somebody else belongs to nobody here', () => {
    expect([theirs, nameless, { ...theirs, ID: 'deploy-django/of/somebody' }].map(ruleOwner)).toEqual(
      Array(3).fill(undefined),
    );
  });
});

describe('the rules of a bucket', () => {
  const others = [theirs, nameless, preview];

  test('get ours behind those of others, which stay as they are', () => {
    expect(planCors(others, { id, origins: [site] })).toEqual({
      kind: 'change',
      origins: [site],
      rules: [...others, ruleFor(id, [site])],
    });
  });

  test('have ours changed where it stands', () => {
    const old = ruleFor(id, ['https://old.example.com']);
    expect(planCors([theirs, old, preview], { id, origins: [site] })).toMatchObject({
      rules: [theirs, ruleFor(id, [site]), preview],
    });
  });

  test.each<[string, (rule: CorsRule) => CorsRule]>([
    ['as it is', (rule) => rule],
    [
      'with its lists in another order',
      ({ AllowedOrigins, ...rest }) => ({ ...rest, AllowedOrigins: AllowedOrigins.toReversed() }),
    ],
    ['without its name, by a service that keeps none', ({ ID: _, ...rest }) => rest],
    ['with a name of the service', (rule) => ({ ...rule, ID: 's3Rule-0' })],
  ])('are the same if ours is there %s', (_how, kept) => {
    const origins = [site, 'https://example.com'];
    expect(planCors([theirs, kept(ruleFor(id, origins))], { id, origins })).toEqual({ kind: 'same', origins });
  });

  test.each<[string, Partial<CorsRule>]>([
    ['methods', { AllowedMethods: ['GET', 'HEAD', 'PUT'] }],
    ['headers', { AllowedHeaders: [] }],
    ['time', { MaxAgeSeconds: 5 }],
    ['exposed headers', { ExposeHeaders: undefined }],
  ])('have ours put right if somebody changed its %s', (_what, change) => {
    expect(planCors([{ ...ruleFor(id, [site]), ...change }], { id, origins: [site] })).toMatchObject({
      rules: [ruleFor(id, [site])],
    });
  });

  test('have one of ours where there were two', () => {
    const rules = [ruleFor(id, ['https://a.example']), theirs, ruleFor(id, ['https://b.example'])];
    expect(planCors(rules, { id, origins: [site] })).toMatchObject({ rules: [ruleFor(id, [site]), theirs] });
  });

  test('lose ours and nothing else when it goes', () => {
    expect(planCors([...others, ruleFor(id, [site])], { id, origins: [] })).toMatchObject({ rules: others });
    expect(planCors(others, { id, origins: [] })).toEqual({ kind: 'same', origins: [] });
  });

  test('keep the origins that ours has while the live one is not known', () => {
    const old = ruleFor(id, [site]);
    expect(planCors([old], { id, origins: [], keepsOld: true })).toEqual({ kind: 'same', origins: [site] });
    expect(planCors([old], { id, origins: ['https://b.example'], keepsOld: true })).toMatchObject({
      origins: ['https://b.example', site],
    });
  });

  test('have no room for more than S3 takes, and room to change ours', () => {
    const full = Array.from({ length: mostRules }, (_, at) => ({ ...theirs, ID: `rule ${at}` }));
    expect(planCors(full, { id, origins: [site] })).toEqual({ kind: 'full' });
    expect(planCors([...full.slice(1), ruleFor(id, ['https://a.example'])], { id, origins: [site] }).kind).toBe(
      'change',
    );
  });
});

describe('a rule is written', () => {
  async function set(options: MemorySettingsOptions, origins: readonly string[] = [site]) {
    const settings = memorySettings(options);
    const clock = fakeClock();
    const outcome = await setCors(settings, { id, origins }, { clock, random: () => 0.5, signal: never });
    return { settings, outcome, writes: settings.writes.length };
  }

  test('once, and not again', async () => {
    const { settings, outcome, writes } = await set({ cors: [theirs] });
    expect([outcome, writes]).toEqual([{ kind: 'changed', origins: [site], named: true }, 1]);
    expect(settings.cors).toEqual([theirs, ruleFor(id, [site])]);
    expect(await set({ cors: settings.cors })).toMatchObject({ outcome: { kind: 'same' }, writes: 0 });
  });

  test('again if another run took it away at the same moment, and that one has its own', async () => {
    let reads = 0;
    const beforeRead: MemorySettingsOptions['beforeRead'] = (settings) => {
      reads += 1;
      // The other run read before ours was there, and wrote after it.
      if (reads === 2) settings.cors = [theirs, preview];
    };
    const { settings, outcome, writes } = await set({ cors: [theirs], beforeRead });
    expect([outcome.kind, writes]).toEqual(['changed', 2]);
    expect(settings.cors).toEqual([theirs, preview, ruleFor(id, [site])]);
  });

  test('and a service that keeps no names is found out', async () => {
    const kept = ({ ID: _, ...rest }: CorsRule) => rest;
    expect((await set({ kept })).outcome).toEqual({ kind: 'changed', origins: [site], named: false });
  });

  test('never to a service that has no such rules', async () => {
    expect(await set({ unsupported: true })).toMatchObject({ outcome: { kind: 'unsupported' }, writes: 0 });
  });

  test('not for ever where it never stays', async () => {
    const beforeRead: MemorySettingsOptions['beforeRead'] = (settings) => {
      settings.cors = [];
    };
    await expect(set({ beforeRead })).rejects.toMatchObject({ code: 'BUCKET_FAILED' });
  });

  test('with an error that says what to do where there is no room', async () => {
    const cors = Array.from({ length: mostRules }, () => theirs);
    await expect(set({ cors })).rejects.toMatchObject({ hint: expect.stringContaining('closed pull requests') });
  });

  test('with the rights that are missing', async () => {
    const failOn = () => new DeployError('BUCKET_DENIED', 'no');
    await expect(set({ failOn })).rejects.toMatchObject({ code: 'BUCKET_DENIED' });
  });
});
