import { createVerify, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { googleToken } from '../../../../src/hosts/google/google-token.ts';
import { Secret } from '../../../../src/lib/secret.ts';
import { createHostInputs, fakeHostIO, json } from '../../../support/host-io.ts';

const path = '/runner/gha-creds.json';
const withFile = (content: unknown, reply: Parameters<typeof fakeHostIO>[0], start = 0) => {
  let now = start;
  const io = fakeHostIO(reply);
  return {
    ...io,
    requests: io.requests,
    now: () => now,
    later: (milliseconds: number) => {
      now += milliseconds;
    },
    environ: (name: string) => (name === 'GOOGLE_GHA_CREDS_PATH' ? path : undefined),
    readFile: async (asked: string) => Buffer.from(asked === path ? JSON.stringify(content) : ''),
  };
};

/** As google-github-actions/auth writes it. */
const external = {
  type: 'external_account',
  audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/github/providers/github',
  subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
  token_url: 'https://sts.googleapis.com/v1/token',
  credential_source: {
    url: 'https://actions.test/token?audience=x',
    headers: { Authorization: 'Bearer request-token' },
    format: { type: 'json', subject_token_field_name: 'value' },
  },
};
const impersonating = {
  ...external,
  service_account_impersonation_url:
    'https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/deploy@acme.iam.gserviceaccount.com:generateAccessToken',
};

const answers = ({ url }: { url: string }) => {
  if (url.startsWith('https://actions.test/')) return json({ value: 'identity-of-github' });
  if (url.startsWith('https://sts.')) return json({ access_token: 'federated', expires_in: 3600 });
  return json({ accessToken: 'of-the-account', expireTime: '2026-03-01T13:00:00Z' });
};

describe('an identity of GitHub', () => {
  test('is exchanged for a token, and for one of the service account', async () => {
    const io = withFile(impersonating, answers);
    expect(await googleToken(createHostInputs())(io)).toBe('of-the-account');
    const [identity, sts, account] = io.requests;
    expect(identity?.headers).toEqual({ Authorization: 'Bearer request-token' });
    expect(JSON.parse(String(sts?.body))).toMatchObject({
      subjectToken: 'identity-of-github',
      audience: external.audience,
    });
    expect(account?.headers?.authorization).toBe('Bearer federated');
  });

  test('gives a token that is used until shortly before it expires', async () => {
    const io = withFile(external, answers);
    const token = googleToken(createHostInputs());
    expect(await token(io)).toBe('federated');
    io.later(3_500_000);
    await token(io);
    expect(io.requests).toHaveLength(2);
    io.later(60_000);
    await token(io);
    expect(io.requests).toHaveLength(4);
  });
});

test('a key of a service account signs what it is exchanged for', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const account = {
    type: 'service_account',
    client_email: 'deploy@acme.iam.gserviceaccount.com',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    token_uri: 'https://oauth2.googleapis.com/token',
  };
  const io = withFile(account, () => json({ access_token: 'signed-in', expires_in: 3600 }));
  expect(await googleToken(createHostInputs())(io)).toBe('signed-in');
  const assertion = new URLSearchParams(String(io.requests[0]?.body)).get('assertion') ?? '';
  const [head = '', claims = '', signature = ''] = assertion.split('.');
  expect(createVerify('RSA-SHA256').update(`${head}.${claims}`).verify(publicKey, signature, 'base64url')).toBe(true);
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
    iss: account.client_email,
    exp: 3600,
  });
});

test('an access token of the inputs is taken as it is', async () => {
  const io = fakeHostIO(() => json({}));
  expect(await googleToken(createHostInputs({ token: new Secret('ya29.own') }))(io)).toBe('ya29.own');
  expect(io.requests).toEqual([]);
});

test('without credentials it says which step is missing', async () => {
  const asking = googleToken(createHostInputs())(fakeHostIO(() => json({})));
  await expect(asking).rejects.toMatchObject({ hint: expect.stringContaining('google-github-actions/auth') });
  const odd = googleToken(createHostInputs())(withFile({ type: 'authorized_user' }, answers));
  await expect(odd).rejects.toThrow('neither of an external account nor of a service account');
});
