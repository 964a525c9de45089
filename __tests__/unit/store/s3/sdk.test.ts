import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Dispatcher } from 'undici';
import { createAgent } from '../../../../src/store/s3/agent.ts';
import { createSdk } from '../../../../src/store/s3/sdk.ts';
import { fails, serveTurns, type Turn, type TurnServer } from '../../../support/bucket-server.ts';
import { never } from '../../../support/fakes.ts';
import { tempFolder } from '../../../support/project.ts';

/** An SDK for a bucket `b` at this endpoint; AWS itself without one. */
async function sdkFor(endpoint: string | undefined) {
  const agent = await createAgent();
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
  const region = () => 'us-east-1';
  const sdk = await createSdk({ bucket: 'b', endpoint, region, pathStyle: true, credentials, agent });
  return { sdk, close: () => agent.close() };
}

describe('the address of AWS', () => {
  const flags = ['AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT'] as const;
  const before = flags.map((flag) => process.env[flag]);
  const set = (on: readonly string[]) => {
    for (const flag of flags) {
      if (on.includes(flag)) process.env[flag] = 'true';
      else delete process.env[flag];
    }
  };
  beforeAll(() => set([]));
  afterAll(() => set(flags.filter((_flag, at) => before[at] === 'true')));

  test.each<[string, readonly string[], string]>([
    ['eu-west-1', [], 'https://s3.eu-west-1.amazonaws.com/'],
    ['cn-north-1', [], 'https://s3.cn-north-1.amazonaws.com.cn/'],
    ['us-gov-west-1', [], 'https://s3.us-gov-west-1.amazonaws.com/'],
    ['us-east-1', ['AWS_USE_FIPS_ENDPOINT'], 'https://s3-fips.us-east-1.amazonaws.com/'],
    ['eu-west-1', ['AWS_USE_DUALSTACK_ENDPOINT'], 'https://s3.dualstack.eu-west-1.amazonaws.com/'],
    ['us-west-2', flags, 'https://s3-fips.dualstack.us-west-2.amazonaws.com/'],
  ])('of %s with %j is that of the SDK', async (region, on, address) => {
    set(on);
    const { sdk, close } = await sdkFor(undefined);
    expect(await sdk.awsAddress(region)).toBe(address);
    await close();
  });
});

describe('credentials of a role', () => {
  const chain = {
    AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/deploy',
    AWS_WEB_IDENTITY_TOKEN_FILE: join(tempFolder(), 'token'),
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const clear = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_PROFILE'];
  const before = new Map([...Object.keys(chain), ...clear].map((name) => [name, process.env[name]]));
  beforeAll(() => {
    for (const name of clear) delete process.env[name];
    Object.assign(process.env, chain);
    writeFileSync(chain.AWS_WEB_IDENTITY_TOKEN_FILE, 'identity of the job');
  });
  afterAll(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  // Proxies and authorities are the agent's, so that the token of the job has no way of its own either.
  test('are asked of STS over the connections of the transport', async () => {
    const asked: string[] = [];
    const expires = new Date(Date.now() + 3_600_000).toISOString();
    const answer = `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>of-the-role</SecretAccessKey><SessionToken>token</SessionToken><Expiration>${expires}</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`;
    const agent = {
      async request({ origin, body }: { origin: string; body: string }) {
        asked.push(origin);
        expect(String(body)).toContain('WebIdentityToken=identity%20of%20the%20job');
        return { statusCode: 200, headers: { 'content-type': 'text/xml' }, body: Readable.from([Buffer.from(answer)]) };
      },
    } as unknown as Dispatcher;
    const given = { bucket: 'b', endpoint: undefined, pathStyle: true, credentials: undefined, agent };
    const sdk = await createSdk({ ...given, region: () => 'eu-west-1' });
    expect(await sdk.credentials(false)).toMatchObject({ accessKeyId: 'ASIA1', sessionToken: 'token' });
    expect(asked).toEqual(['https://sts.eu-west-1.amazonaws.com']);
  });
});

describe('what the SDK asks for', () => {
  let server: TurnServer;
  afterEach(() => server.stop());
  const begun: Turn = (outgoing) =>
    void outgoing.end('<InitiateMultipartUploadResult><UploadId>u&amp;1</UploadId></InitiateMultipartUploadResult>');

  test('goes over the connections of the transport, with its headers, and its answer comes back', async () => {
    server = await serveTurns(begun);
    const { sdk, close } = await sdkFor(server.origin);
    expect(await sdk.beginUpload('a b/ü.mp4', { ContentType: 'video/mp4' }, never)).toBe('u&1');
    expect(server.seen).toMatchObject([
      {
        method: 'POST',
        url: '/b/a%20b/%C3%BC.mp4?uploads=',
        headers: { 'content-type': 'video/mp4', authorization: expect.stringContaining('Credential=key/') },
      },
    ]);
    await close();
  });

  test('is asked again after a connection that was cut', async () => {
    server = await serveTurns((outgoing) => void outgoing.destroy(), begun);
    const { sdk, close } = await sdkFor(server.origin);
    expect(await sdk.beginUpload('a.mp4', {}, never)).toBe('u&1');
    expect(server.seen).toHaveLength(2);
    await close();
  });

  test('has the words of the server in its errors', async () => {
    server = await serveTurns(fails(403, 'AccessDenied'));
    const { sdk, close } = await sdkFor(server.origin);
    await expect(sdk.beginUpload('a.mp4', {}, never)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'told so',
    });
    await close();
  });

  test('ends with the signal', async () => {
    const cancel = new AbortController();
    server = await serveTurns(() => cancel.abort());
    const { sdk, close } = await sdkFor(server.origin);
    await expect(sdk.beginUpload('a.mp4', {}, cancel.signal)).rejects.toMatchObject({ name: 'AbortError' });
    await close();
  });
});
