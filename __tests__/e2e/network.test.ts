import { readFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { createServer as createTlsServer, type Server } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type BucketServer, startBucketServer } from '../../demo/parts/bucket.ts';
import { type BucketView, viewBucket } from '../support/bucket.ts';
import { serveHttp } from '../support/server.ts';
import { tempFolders } from '../support/sync.ts';
import { runSync, type SyncRun } from '../support/sync-run.ts';

/** The ways to a bucket: TLS, an own authority, proxies, and credentials of a role. */
const tls = join(import.meta.dirname, '..', 'fixtures', 'tls');
const certificate = join(tls, 'localhost.crt');
const folder = tempFolders();
let server: BucketServer;
let view: BucketView;
let secure: Server;
const seen: IncomingHttpHeaders[] = [];

const port = (listening: Server) => (listening.address() as AddressInfo).port;

beforeAll(async () => {
  server = await startBucketServer();
  await server.createBucket('network');
  view = await viewBucket('network', server.endpoint);
  const { hostname, port: behind } = new URL(server.endpoint);
  const keys = { key: readFileSync(join(tls, 'localhost.key')), cert: readFileSync(certificate) };
  secure = createTlsServer(keys, (incoming, outgoing) => {
    const { method, url, headers } = incoming;
    seen.push(headers);
    const onward = request({ hostname, port: behind, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  secure.closeAllConnections();
  await new Promise((resolve) => secure.close(resolve));
  await server.stop();
});

let run = 0;
async function sync(file: string, endpoint: string, more: Partial<SyncRun> = {}) {
  const workspace = await folder({ [`static/${file}`]: file });
  run += 1;
  return runSync({ workspace, bucket: 'network', endpoint, run, ...more });
}

test('TLS of an authority that the runner trusts is used, and the body is not hashed twice', async () => {
  const result = await sync('tls.css', `https://localhost:${port(secure)}`, {
    env: { NODE_EXTRA_CA_CERTS: certificate },
  });
  expect(result).toMatchObject({ exitCode: 0, outputs: { uploaded: '1' } });
  expect(await view.text('static/tls.css')).toBe('tls.css');
  expect(seen.map((headers) => headers['x-amz-content-sha256'])).toContain('UNSIGNED-PAYLOAD');
});

test('TLS of an authority that nobody knows ends the run, and nothing is sent', async () => {
  seen.length = 0;
  const result = await sync('untrusted.css', `https://localhost:${port(secure)}`);
  expect(result.exitCode).toBe(1);
  expect(result.log).toContain(`Nobody vouches for the certificate of the endpoint https://localhost:${port(secure)}.`);
  expect(result.log).toContain('NODE_EXTRA_CA_CERTS');
  expect(seen).toEqual([]);
});

/** A proxy that leads to the server with TLS, whatever is asked for, and what it was asked for. */
async function startProxy() {
  const tunnels: string[] = [];
  const proxy = await serveHttp((_incoming, outgoing) => void outgoing.writeHead(500).end());
  // What http-proxy servers do with CONNECT: a tunnel to whatever the name stands for.
  proxy.server.on('connect', (incoming, socket) => {
    tunnels.push(incoming.url ?? '');
    const onward = connect(port(secure), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  return { proxy, tunnels };
}

test("the environment's proxy carries everything that goes to a bucket behind it", async () => {
  const { proxy, tunnels } = await startProxy();
  const env = { NODE_EXTRA_CA_CERTS: certificate, HTTPS_PROXY: proxy.origin, NO_PROXY: '', no_proxy: '' };
  let direct = 0;
  const count = () => void direct++;
  secure.on('connection', count);
  const workspace = await folder({
    'static/proxy.css': 'proxy.css',
    'static/film.mp4': Buffer.alloc(20 * 1024 * 1024),
  });
  const endpoint = `https://localhost:${port(secure)}`;
  run += 1;
  const result = await runSync({ workspace, bucket: 'network', endpoint, run, env });
  secure.off('connection', count);
  await proxy.stop();
  expect(result).toMatchObject({ exitCode: 0, outputs: { uploaded: '2' } });
  // The parts of a file, and what the SDK asks for, have no way of their own.
  expect(direct).toBe(tunnels.length);
  expect(await view.text('static/proxy.css')).toBe('proxy.css');
  expect(new Set(tunnels)).toEqual(new Set([`localhost:${port(secure)}`]));
});

test("credentials of a role come from AWS's own chain, with their session token", async () => {
  seen.length = 0;
  const env = {
    NODE_EXTRA_CA_CERTS: certificate,
    AWS_ACCESS_KEY_ID: 'ASIAROLE',
    AWS_SECRET_ACCESS_KEY: 'secret-of-the-role',
    AWS_SESSION_TOKEN: 'token-of-the-session',
    AWS_REGION: 'eu-central-1',
  };
  const inputs = { 'access-key-id': '', 'secret-access-key': '' };
  const result = await sync('role.css', `https://localhost:${port(secure)}`, { env, inputs });
  expect(result).toMatchObject({ exitCode: 0, outputs: { uploaded: '1' } });
  expect(new Set(seen.map((headers) => headers['x-amz-security-token']))).toEqual(new Set(['token-of-the-session']));
  expect(seen[0]?.authorization).toMatch(/Credential=ASIAROLE\/\d{8}\/eu-central-1\/s3\//);
  expect(result.log).toContain('::add-mask::secret-of-the-role');
  expect(result.log.replace(/^::add-mask::.*$/gm, '')).not.toContain('secret-of-the-role');
});

test("keys of the inputs go with the environment's session token where they are the environment's", async () => {
  seen.length = 0;
  const env = {
    NODE_EXTRA_CA_CERTS: certificate,
    AWS_ACCESS_KEY_ID: 'ASIAROLE',
    AWS_SESSION_TOKEN: 'token-of-the-session',
  };
  const inputs = { 'access-key-id': 'ASIAROLE', 'secret-access-key': 'secret-of-the-role' };
  const result = await sync('token.css', `https://localhost:${port(secure)}`, { env, inputs });
  expect(result).toMatchObject({ exitCode: 0, outputs: { uploaded: '1' } });
  expect(new Set(seen.map((headers) => headers['x-amz-security-token']))).toEqual(new Set(['token-of-the-session']));
});

test('encryption goes with every write, the ledger and its notes too', async () => {
  seen.length = 0;
  const env = { NODE_EXTRA_CA_CERTS: certificate };
  const result = await sync('secret.css', `https://localhost:${port(secure)}`, {
    env,
    inputs: { encryption: 'AES256' },
  });
  expect(result).toMatchObject({ exitCode: 0, outputs: { uploaded: '1' } });
  const puts = seen.filter(
    (headers) => headers['content-md5'] !== undefined && headers['content-type'] !== 'application/xml',
  );
  expect(puts.length).toBeGreaterThan(1);
  expect(puts.map((headers) => headers['x-amz-server-side-encryption'])).toEqual(puts.map(() => 'AES256'));
});

test('no credentials at all end the run with what to do', async () => {
  const env = {
    HOME: '/nonexistent',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    AWS_CONFIG_FILE: '/nonexistent',
  };
  const inputs = { 'access-key-id': '', 'secret-access-key': '' };
  const result = await sync('none.css', server.endpoint, { env, inputs });
  expect(result.exitCode).toBe(1);
  expect(result.log).toContain('There are no credentials for the bucket');
});

test.each<[string, string, Record<string, string>, Record<string, string>]>([
  ['with keys', 's3.eu-central-1', { AWS_REGION: 'eu-central-1' }, {}],
  [
    'with the keys of a role',
    's3.eu-central-1',
    { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'ASIAROLE', AWS_SECRET_ACCESS_KEY: 'x', AWS_SESSION_TOKEN: 'y' },
    { 'access-key-id': '', 'secret-access-key': '' },
  ],
  ['by FIPS', 's3-fips.us-east-1', { AWS_USE_FIPS_ENDPOINT: 'true' }, { region: 'us-east-1' }],
  ['by IPv6 too', 's3.dualstack.eu-west-1', { AWS_USE_DUALSTACK_ENDPOINT: 'true' }, { region: 'eu-west-1' }],
])('a bucket at AWS itself is asked at the address that AWS has, %s', async (_way, service, own, inputs) => {
  const { proxy, tunnels } = await startProxy();
  const env = { ...own, HTTPS_PROXY: proxy.origin, NO_PROXY: '', no_proxy: '' };
  const result = await sync('aws.css', '', { env, inputs });
  await proxy.stop();
  expect(tunnels[0]).toBe(`network.${service}.amazonaws.com:443`);
  // The proxy leads to a server that is not AWS, which its certificate shows.
  expect(result).toMatchObject({ exitCode: 1 });
  expect(result.log).not.toContain('INTERNAL');
});
