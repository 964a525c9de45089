import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createAgent } from '../../../../src/store/s3/agent.ts';
import { createSdk } from '../../../../src/store/s3/sdk.ts';
import { fails, serveTurns, type Turn, type TurnServer } from '../../../support/bucket-server.ts';
import { never } from '../../../support/fakes.ts';

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
