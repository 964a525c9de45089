import { describe, expect, test } from '@jest/globals';
import { DeployError } from '../../../src/core/errors.ts';
import { makeIdentity } from '../../../src/core/identity.ts';
import {
  isNarrow,
  openingStatements,
  partitionOf,
  policyOf,
  statementId,
  withoutStatement,
  withPublicRead,
} from '../../../src/store/bucket-policy.ts';
import { setPolicy } from '../../../src/store/set-policy.ts';
import { fakeClock, never } from '../../support/fakes.ts';
import { type MemorySettingsOptions, memorySettings } from '../../support/memory-settings.ts';

const identity = (environment: string) => makeIdentity({ repository: '1', workingDirectory: '.', environment });
const sid = statementId(identity('production'));
const files = { bucket: 'assets', prefix: 'static/', partition: 'aws' };
const own = {
  Sid: sid,
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::assets/static/*',
};
const tls = {
  Sid: 'OnlyTls',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: ['arn:aws:s3:::assets', 'arn:aws:s3:::assets/*'],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};
const json = (...statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Id: 'theirs', Statement: statements });
const outcomeOf = (change: ReturnType<typeof withPublicRead>) =>
  change.kind === 'change' && change.json !== '' ? JSON.parse(change.json) : change;

describe('the statement of ours', () => {
  test('opens the prefix of the static files for reading, and nothing else', () => {
    expect(JSON.parse(policyOf(sid, files))).toEqual({ Version: '2012-10-17', Statement: [own] });
    expect(openingStatements(policyOf(sid, files), 'static/app.css')).toEqual([`"${sid}"`]);
    for (const key of ['media/a.png', 'static-old/a.css', '.deploy-django/1/push/production.json'])
      expect(openingStatements(policyOf(sid, files), key)).toEqual([]);
  });

  test('has a name of letters and digits, another one for each environment', () => {
    expect(sid).toMatch(/^[A-Za-z0-9]+$/);
    expect(statementId(identity('staging'))).not.toBe(sid);
  });

  test('comes beside those of others, which stay', () => {
    expect(outcomeOf(withPublicRead(json(tls), sid, files))).toEqual({
      Version: '2012-10-17',
      Id: 'theirs',
      Statement: [tls, own],
    });
    expect(outcomeOf(withPublicRead(JSON.stringify({ Version: '2008-10-17', Statement: tls }), sid, files))).toEqual({
      Version: '2008-10-17',
      Statement: [tls, own],
    });
    expect(outcomeOf(withPublicRead(undefined, sid, files))).toEqual(JSON.parse(policyOf(sid, files)));
  });

  test('takes the place of an older one of ours', () => {
    const old = { ...own, Resource: 'arn:aws:s3:::assets/old/*' };
    expect(outcomeOf(withPublicRead(json(old, tls), sid, files))).toMatchObject({ Statement: [tls, own] });
  });

  test.each([
    ['as it was written', own],
    ['with lists', { ...own, Action: ['s3:GetObject'], Resource: [own.Resource] }],
    ['with AWS before the star', { ...own, Principal: { AWS: '*' } }],
    ['with its names in another order', Object.fromEntries(Object.entries(own).toReversed())],
  ])('is there already %s', (_how, statement) => {
    expect(withPublicRead(json(tls, statement), sid, files)).toEqual({ kind: 'same' });
  });

  test.each([
    ['not JSON', 'Statement:'],
    ['another document', '{"Version":"2012-10-17"}'],
  ])('is never put in place of what is %s', (_what, text) => {
    expect(withPublicRead(text, sid, files).kind).toBe('unreadable');
  });

  test('goes alone, and the policy with it where it was all', () => {
    expect(outcomeOf(withoutStatement(json(tls, own), sid))).toMatchObject({ Id: 'theirs', Statement: [tls] });
    expect(withoutStatement(json(own), sid)).toEqual({ kind: 'change', json: '' });
    expect(withoutStatement(json(tls), sid)).toEqual({ kind: 'same' });
    expect(withoutStatement(undefined, sid)).toEqual({ kind: 'same' });
  });
});

test.each([
  ['us-east-1', true, 'aws'],
  ['cn-north-1', true, 'aws-cn'],
  ['us-gov-west-1', true, 'aws-us-gov'],
  ['us-iso-east-1', true, 'aws-iso'],
  ['us-isob-east-1', true, 'aws-iso-b'],
  ['eusc-de-east-1', true, 'aws-eusc'],
  ['cn-north-1', false, 'aws'],
])('ARNs in %s (AWS: %s) are of the partition %s', (region, isAws, partition) => {
  expect(partitionOf(region, isAws)).toBe(partition);
});

test.each([
  ['static/', true],
  ['previews/1/pr-7/static/', true],
  ['', false],
  ['a*/', false],
  ['a?/', false],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of a policy.
  ['${aws:username}/', false],
])('the prefix "%s" is narrow: %s', (prefix, narrow) => {
  expect(isNarrow(prefix)).toBe(narrow);
});

test.each<[string, object, boolean]>([
  ['the whole bucket', { ...own, Resource: 'arn:aws:s3:::assets/*' }, true],
  ['every action', { ...own, Action: 's3:*', Resource: 'arn:aws:s3:::assets/*' }, true],
  [
    'a list',
    { ...own, Action: ['s3:ListBucket', 's3:Get*'], Resource: ['arn:aws:s3:::assets', 'arn:aws:s3:::assets/m*'] },
    true,
  ],
  ['one account', { ...own, Principal: { AWS: 'arn:aws:iam::1:root' }, Resource: 'arn:aws:s3:::assets/*' }, false],
  ['a denial', { ...own, Effect: 'Deny', Resource: 'arn:aws:s3:::assets/*' }, false],
  ['another prefix', own, false],
])('a policy for %s opens media: %s', (_what, statement, opens) => {
  expect(openingStatements(json(statement), 'media/a.png').length > 0).toBe(opens);
});

describe('a policy is written', () => {
  async function set(options: MemorySettingsOptions) {
    const settings = memorySettings(options);
    const io = { clock: fakeClock(), random: () => 0.5, signal: never };
    const outcome = await setPolicy(settings, 'assets', (text) => withPublicRead(text, sid, files), io);
    return { settings, outcome, writes: settings.writes };
  }

  test('once, and not again', async () => {
    const { settings, outcome, writes } = await set({ policy: json(tls) });
    expect([outcome, writes]).toEqual(['changed', ['policy']]);
    expect(JSON.parse(settings.json ?? '').Statement).toEqual([tls, own]);
    expect(await set({ policy: settings.json ?? '' })).toMatchObject({ outcome: 'same', writes: [] });
  });

  test('never over one that cannot be read', async () => {
    await expect(set({ policy: 'no' })).rejects.toMatchObject({ code: 'BUCKET_FAILED' });
  });

  const denied = (message: string) => (doing: string) =>
    doing === 'putPolicy' ? new DeployError('BUCKET_DENIED', message, { hint: 'Add s3:PutBucketPolicy.' }) : undefined;

  test('not against Block Public Access of the bucket, and the command leaves the rest of it as it is', async () => {
    const block = {
      BlockPublicAcls: true,
      IgnorePublicAcls: false,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    };
    await expect(set({ block, failOn: denied('refused') })).rejects.toMatchObject({
      code: 'BUCKET_DENIED',
      message: 'The bucket "assets" blocks public policies (BlockPublicPolicy, RestrictPublicBuckets).',
      hint: expect.stringContaining(
        'BlockPublicAcls=true,IgnorePublicAcls=false,BlockPublicPolicy=false,RestrictPublicBuckets=false',
      ),
    });
  });

  test('not against that of the account, which the answer names', async () => {
    const failOn = denied('public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access');
    await expect(set({ failOn })).rejects.toMatchObject({
      message: expect.stringContaining('of the account'),
      hint: expect.stringContaining('for this account'),
    });
  });

  test('not without the right to, which is named', async () => {
    await expect(set({ failOn: denied('refused') })).rejects.toMatchObject({ hint: 'Add s3:PutBucketPolicy.' });
  });

  test('never to a service that has none', async () => {
    expect(await set({ unsupported: true })).toMatchObject({ outcome: 'unsupported', writes: [] });
  });
});
