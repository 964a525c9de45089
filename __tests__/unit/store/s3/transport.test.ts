import { afterEach, describe, expect, test } from '@jest/globals';
import { S3Error } from '../../../../src/store/s3/s3-error.ts';
import type { S3Request } from '../../../../src/store/s3/transport.ts';
import { fails, ok, serveTurns, type Turn, type TurnServer, transportTo } from '../../../support/bucket-server.ts';
import { never } from '../../../support/fakes.ts';

const servers: TurnServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

/** A bucket that behaves as told. */
async function bucket(...turns: Turn[]) {
  const server = await serveTurns(...turns);
  servers.push(server);
  return server;
}

const put: S3Request = {
  method: 'PUT',
  key: 'a/ü.css',
  headers: { 'content-type': 'text/css' },
  body: Buffer.from('x'),
};
const reset: Turn = (_outgoing, incoming) => void incoming.socket.destroy();
const half: Turn = (outgoing) => {
  outgoing.writeHead(200, { 'content-length': '100' }).write('half');
  setImmediate(() => outgoing.destroy());
};
const silent: Turn = () => undefined;

describe('a request', () => {
  test('is signed for the very path that is sent', async () => {
    const server = await bucket(ok);
    const { transport } = await transportTo(server.origin);
    await transport.send({ ...put, query: { partNumber: '1', uploadId: 'a/b' } }, never);
    expect(server.seen).toMatchObject([
      {
        method: 'PUT',
        url: '/b/a/%C3%BC.css?partNumber=1&uploadId=a%2Fb',
        headers: { authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=key\//), 'content-length': '1' },
      },
    ]);
    await transport.close();
  });

  test('has the MD5 of its body signed, which stands for the body', async () => {
    const server = await bucket(ok);
    const { transport } = await transportTo(server.origin);
    await transport.send({ ...put, headers: { 'content-md5': 'nUAsBcbpzSn+UZ9qp1LLvQ==' } }, never);
    expect(server.seen[0]?.headers).toMatchObject({
      'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
      authorization: expect.stringContaining('SignedHeaders=content-md5;host;'),
    });
    await transport.close();
  });

  test('keeps its connections for those that follow', async () => {
    const ports = new Set<number | undefined>();
    const server = await bucket((outgoing, incoming) => {
      ports.add(incoming.socket.remotePort);
      outgoing.writeHead(200).end();
    });
    const { transport } = await transportTo(server.origin);
    for (let count = 0; count < 20; count++) await transport.send(put, never);
    expect(ports.size).toBeLessThan(5);
    await transport.close();
  });

  test('goes to the host of the bucket, where names stand for buckets', async () => {
    const { transport } = await transportTo('https://nyc3.digitaloceanspaces.com', { pathStyle: false });
    expect(transport.url('a b.css')).toBe('https://b.nyc3.digitaloceanspaces.com/a%20b.css');
    await transport.close();
  });

  test('goes to the path, where no certificate is for a bucket with dots', async () => {
    const { transport } = await transportTo('https://s3.eu-central-1.amazonaws.com', {
      pathStyle: false,
      bucket: 'a.b',
    });
    expect(transport.url('c')).toBe('https://s3.eu-central-1.amazonaws.com/a.b/c');
    await transport.close();
  });

  test('goes through the proxy that the environment names', async () => {
    const server = await bucket(ok);
    const before = process.env.http_proxy;
    process.env.http_proxy = server.origin;
    try {
      const { transport } = await transportTo('http://bucket.invalid');
      await transport.send(put, never);
      expect(server.seen[0]?.headers.host).toBe('bucket.invalid');
      await transport.close();
    } finally {
      if (before === undefined) delete process.env.http_proxy;
      else process.env.http_proxy = before;
    }
  });
});

describe('what may pass is tried again', () => {
  test.each<[string, Turn]>([
    ['SlowDown', fails(503, 'SlowDown')],
    ['too many requests', fails(429, 'TooManyRequests')],
    ['an internal error', fails(500, 'InternalError')],
    ['a body that came too late', fails(400, 'RequestTimeout')],
    ['a body that arrived broken', fails(400, 'BadDigest')],
    ['a gateway without S3 in it', (outgoing) => void outgoing.writeHead(502).end('<html>')],
    ['a connection that is cut', reset],
    ['an answer that is cut', half],
    ['silence', silent],
  ])('%s', async (_what, turn) => {
    const server = await bucket(turn, turn, ok);
    const { transport, clock } = await transportTo(server.origin, { silence: 100 });
    expect((await transport.send(put, never)).status).toBe(200);
    expect(server.seen).toHaveLength(3);
    expect(clock.slept).toEqual([200, 400]);
    await transport.close();
  });

  test('after as long as the server asks for', async () => {
    const server = await bucket(fails(503, 'SlowDown', { 'retry-after': '7' }), ok);
    const { transport, clock } = await transportTo(server.origin);
    await transport.send(put, never);
    expect(clock.slept).toEqual([7_000]);
    await transport.close();
  });

  test('six times and no more, each time signed anew', async () => {
    const server = await bucket(fails(503, 'SlowDown'));
    const { transport, slowed } = await transportTo(server.origin);
    await expect(transport.send(put, never)).rejects.toMatchObject({ name: 'S3Error', code: 'SlowDown', status: 503 });
    expect(server.seen).toHaveLength(6);
    expect(slowed).toHaveLength(6);
    expect(new Set(server.seen.map(({ headers }) => headers['x-amz-date'])).size).toBeGreaterThan(1);
    await transport.close();
  });
});

test('what is put off while others get through is tried longer', async () => {
  let refused = 0;
  const server = await bucket((outgoing, incoming, number) => {
    const turn = incoming.url === '/b/late' && ++refused <= 10 ? fails(503, 'SlowDown') : ok;
    turn(outgoing, incoming, number);
  });
  const { transport, clock } = await transportTo(server.origin);
  const sleep = clock.sleep;
  clock.sleep = async (milliseconds, signal) => {
    await transport.send({ method: 'PUT', key: 'other', body: Buffer.from('x') }, signal);
    return sleep(milliseconds, signal);
  };
  expect((await transport.send({ method: 'PUT', key: 'late', body: Buffer.from('x') }, never)).status).toBe(200);
  expect(refused).toBe(11);
  await transport.close();
});

describe('what cannot pass ends at once', () => {
  test.each([
    [403, 'AccessDenied'],
    [404, 'NoSuchBucket'],
    [400, 'InvalidArgument'],
    [412, 'PreconditionFailed'],
    [501, 'NotImplemented'],
  ])('%i %s', async (status, code) => {
    const server = await bucket(fails(status, code));
    const { transport } = await transportTo(server.origin);
    await expect(transport.send(put, never)).rejects.toEqual(new S3Error(status, code, 'told so', undefined));
    expect(server.seen).toHaveLength(1);
    await transport.close();
  });

  test('and an answer to HEAD, which has no body, is named by its status', async () => {
    const server = await bucket((outgoing) => void outgoing.writeHead(403).end());
    const { transport } = await transportTo(server.origin);
    await expect(transport.send({ method: 'HEAD', key: 'a' }, never)).rejects.toMatchObject({ code: '403' });
    await transport.close();
  });

  test('but an object that is not there is an answer to HEAD', async () => {
    const server = await bucket((outgoing) => void outgoing.writeHead(404).end());
    const { transport } = await transportTo(server.origin);
    expect((await transport.send({ method: 'HEAD', key: 'a' }, never)).status).toBe(404);
    await transport.close();
  });
});

describe('what is wrong with how we ask is fixed', () => {
  test('the clock: signed by that of the server from then on', async () => {
    const date = 'Sun, 01 Mar 2026 14:30:00 GMT';
    const server = await bucket(fails(403, 'RequestTimeTooSkewed', { date }), ok);
    const { transport, clock } = await transportTo(server.origin);
    await transport.send(put, never);
    await transport.send(put, never);
    expect(server.seen.map(({ headers }) => headers['x-amz-date'])).toEqual([
      '20260301T120000Z',
      '20260301T143000Z',
      '20260301T143000Z',
    ]);
    expect(clock.slept).toEqual([]);
    await transport.close();
  });

  test.each(['ExpiredToken', 'TokenRefreshRequired', 'ExpiredTokenException'])(
    'the token (%s): asked for anew, once',
    async (code) => {
      const server = await bucket(fails(400, code), ok);
      const { transport, renewals } = await transportTo(server.origin);
      await transport.send(put, never);
      expect(renewals).toEqual([false, true]);
      await transport.close();
    },
  );

  test('but a token that has expired for good is an error', async () => {
    const server = await bucket(fails(400, 'ExpiredToken'));
    const { transport } = await transportTo(server.origin);
    await expect(transport.send(put, never)).rejects.toMatchObject({ code: 'ExpiredToken' });
    expect(server.seen.length).toBeLessThan(5);
    await transport.close();
  });

  test('the region: signed for the one that the answer names', async () => {
    const wrong = fails(400, 'AuthorizationHeaderMalformed', {}, '<Region>eu-west-3</Region>');
    const server = await bucket(wrong, ok);
    const { transport } = await transportTo(server.origin);
    await transport.send(put, never);
    expect(transport.region()).toBe('eu-west-3');
    expect(server.seen[1]?.headers.authorization).toContain('/eu-west-3/s3/');
    await transport.close();
  });
});

test('an aborted run ends its requests at once, with the reason', async () => {
  const server = await bucket(silent);
  const { transport } = await transportTo(server.origin);
  const controller = new AbortController();
  const sent = Promise.all([transport.send(put, controller.signal), transport.send(put, controller.signal)]);
  const reason = new Error('cancelled');
  setTimeout(() => controller.abort(reason), 50);
  await expect(sent).rejects.toBe(reason);
  await expect(transport.send(put, controller.signal)).rejects.toBe(reason);
  await transport.close();
});
