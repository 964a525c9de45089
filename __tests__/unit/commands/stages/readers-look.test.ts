import { describe, expect, test } from '@jest/globals';
import { lookForReaders, type ReadersRequest } from '../../../../src/commands/stages/readers-look.ts';
import { DeployError } from '../../../../src/core/errors.ts';
import { emptyLedger } from '../../../../src/ledger/ledger.ts';
import { planSync, type SyncPlan } from '../../../../src/sync/sync-plan.ts';
import { never } from '../../../support/fakes.ts';
import { identityOf } from '../../../support/identity.ts';
import { md5 } from '../../../support/md5.ts';
import { type MemorySettingsOptions, memorySettings } from '../../../support/memory-settings.ts';
import { remoteOf, scanned, syncSource } from '../../../support/sync.ts';

/** What a check says of the readers of files that are not in the bucket yet, by what the bucket says of itself. */
const files = [scanned('app.css', 'x')];
const planned = (acl?: 'public-read') => planSync([syncSource(files, { acl })], remoteOf(), emptyLedger);
const there = remoteOf([['static/app.css', { key: 'static/app.css', size: 1, etag: md5('x'), lastModified: 0 }]]);
const spaces = { name: 'shop', endpoint: 'https://nyc3.digitaloceanspaces.com', region: undefined };
const aws = { name: 'shop', endpoint: undefined, region: 'eu-central-1' };
const own = { name: 'shop', endpoint: 'https://s3.example.com', region: undefined };

interface Given extends MemorySettingsOptions {
  readonly plan?: SyncPlan;
  readonly staticUrl?: string;
  readonly applyPolicy?: boolean;
}

const look = (vendor: string, bucket: typeof spaces | typeof aws, given: Given = {}) => {
  const { plan = planned(), staticUrl, applyPolicy = false, ...settings } = given;
  const atBucket = bucket.endpoint
    ? `${bucket.endpoint.replace('//', `//${bucket.name}.`)}/static/`
    : 'https://shop.s3.eu-central-1.amazonaws.com/static/';
  const request: ReadersRequest = {
    plan,
    store: { vendor, settings: memorySettings(settings) },
    target: { bucket, staticUrl: staticUrl ?? atBucket },
    site: 'https://www.example.com',
    identity: identityOf(),
    inputs: { applyPolicy },
  };
  return lookForReaders(request, never);
};

const open = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};
const closed = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
const policyFor = (resource: string) =>
  JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: resource }] });
const unreadable = (hint: string) => ({ code: 'FILES_UNREADABLE', hint: expect.stringContaining(hint) });

describe('static files that nobody would be able to read are an error with the line to write', () => {
  test('an ACL at a vendor with ACLs', async () => {
    const found = await look('spaces', spaces);
    expect(found).toMatchObject({ error: unreadable('Set acl: public-read.'), set: ['acl', 'public-read'] });
  });

  test.each([spaces.endpoint.replace('nyc3', 'shop.nyc3.cdn'), spaces.endpoint.replace('nyc3', 'shop.nyc3')])(
    'by the CDN of Spaces too, which has no rights of its own: %s',
    async (origin) => {
      const found = await look('spaces', spaces, { staticUrl: `${origin}/static/` });
      expect(found).toMatchObject({ error: unreadable('Set acl: public-read.') });
    },
  );

  test.each<[string, Given]>([
    ['without an ACL', {}],
    ['with an ACL in a bucket without ACLs', { plan: planned('public-read'), ignoresAcls: true }],
    [
      'with an ACL in a bucket that blocks it',
      { plan: planned('public-read'), block: { ...open, BlockPublicAcls: true } },
    ],
    ['with a policy that opens another folder', { policy: policyFor('arn:aws:s3:::shop/media/*') }],
    ['with a policy that is restricted', { policy: policyFor('*'), block: { ...open, RestrictPublicBuckets: true } }],
  ])('a policy at AWS, %s', async (_case, given) => {
    const found = await look('aws', aws, given);
    expect(found).toMatchObject({ error: unreadable('Set apply-policy: true.'), set: ['apply-policy', 'true'] });
  });

  test('a policy at a vendor whose guide has one, though it has ACLs', async () => {
    expect(await look('wasabi', spaces)).toMatchObject({ set: ['apply-policy', 'true'] });
  });

  test('and the command that lets a policy in, where the bucket blocks it', async () => {
    const { error } = (await look('aws', aws, { block: closed })) ?? {};
    expect(error).toMatchObject(unreadable('aws s3api put-public-access-block --bucket shop'));
    const applied = await look('aws', aws, { block: closed, applyPolicy: true });
    expect(applied?.error?.code).toBe('BUCKET_DENIED');
  });

  test('a warning alone at a server of an unknown kind, which may let people in by a way of its own', async () => {
    const found = await look('generic', own, { ignoresAcls: false });
    expect(found).toMatchObject({
      row: { level: 'warning', todo: 'Set acl: public-read.' },
      set: ['acl', 'public-read'],
    });
  });
});

describe('static files that somebody will be able to read are no error', () => {
  test.each<[string, string, typeof spaces | typeof aws, Given]>([
    ['an ACL at a vendor with ACLs', 'spaces', spaces, { plan: planned('public-read') }],
    ['an ACL where the bucket keeps ACLs', 'aws', aws, { plan: planned('public-read'), ignoresAcls: false }],
    ['a policy that opens them', 'aws', aws, { policy: policyFor('arn:aws:s3:::shop/static/*') }],
    ['apply-policy', 'aws', aws, { applyPolicy: true, block: open }],
  ])('%s', async (_case, vendor, bucket, given) => {
    const found = await look(vendor, bucket, given);
    expect([found?.row?.level, found?.error, found?.set]).toEqual(['ok', undefined, undefined]);
  });
});

describe('what the bucket cannot tell stays open, and the row says what to write', () => {
  const denied = {
    failOn: (doing: string) => (doing === 'policy' ? new DeployError('BUCKET_DENIED', 'no') : undefined),
  };

  test.each<[string, string, typeof spaces | typeof aws, Given, string]>([
    ['its policy may not be read', 'aws', aws, denied, 'files: Set apply-policy: true'],
    ['nobody knows whether it has ACLs', 'aws', aws, { plan: planned('public-read') }, 'files: Set apply-policy: true'],
    ['an ACL counts in some buckets of the vendor', 'gcs', spaces, { plan: planned('public-read') }, 'access: gcloud'],
    ['the vendor has neither', 'r2', spaces, {}, 'connect a custom domain'],
    [
      'a CDN may have rights of its own',
      'aws',
      aws,
      { staticUrl: 'https://cdn.example.com/' },
      'Set apply-policy: true',
    ],
  ])('%s', async (_case, vendor, bucket, given, todo) => {
    const found = await look(vendor, bucket, given);
    expect(found).toMatchObject({ row: { level: 'open', todo: expect.stringContaining(todo) } });
    expect(found?.error).toBeUndefined();
  });

  test('pages that ask the app for their files need no line in the workflow', async () => {
    const found = await look('spaces', spaces, { staticUrl: 'https://www.example.com/static/' });
    expect(found).toEqual({ row: expect.objectContaining({ level: 'open' }) });
  });
});

test.each([
  ['files are there to be asked for', planSync([syncSource(files)], there, emptyLedger)],
  ['no static file goes there', planSync([], remoteOf(), emptyLedger)],
])('nothing is said where %s', async (_why, plan) => {
  expect(await look('spaces', spaces, { plan })).toBeUndefined();
});
