import { createServer } from 'node:net';
import { connect } from 'node:tls';
import { expect, test } from '@jest/globals';
import { tlsFault } from '../../../src/lib/tls-faults.ts';
import { failureOf } from '../../../src/runner/http-client.ts';

/** The code with which a connection to https ends that gets these bytes in place of TLS. */
async function codeOf(answer: string): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(Buffer.from(answer, 'latin1')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const socket = connect({ port, host: '127.0.0.1' });
  const code = await new Promise<string>((resolve) =>
    socket.once('error', (error) => resolve((error as { code?: string }).code ?? '')),
  );
  socket.destroy();
  server.close();
  return code;
}

/** An alert of TLS, fatal, with its number (RFC 8446, 6). */
const alert = (number: number) => `\x15\x03\x01\x00\x02\x02${String.fromCharCode(number)}`;

test.each<[string, string, string, RegExp]>([
  ['HTTP without TLS', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'plain', /nothing speaks TLS/],
  ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n', 'plain', /nothing speaks TLS/],
  ['text that begins as TLS does', '\x16\x03\x01HTTP/1.1', 'plain', /nothing speaks TLS/],
  ['a record of TLS with something else in it', '\x16\x03\x03\x00\x05HELLO', 'plain', /nothing speaks TLS/],
  ['no handshake', alert(40), 'refused', /no certificate for this name/],
  ['a mistake of its own', alert(80), 'refused', /no certificate for this name/],
  ['a name that it does not know', alert(112), 'refused', /no certificate for this name/],
  ['an older version', alert(70), 'refused', /only old forms/],
  ['the wish for a certificate', alert(116), 'refused', /certificate of the visitor/],
])('what a server answers in place of TLS is told as that: %s', async (_what, answer, kind, words) => {
  const code = await codeOf(answer);
  expect([code, failureOf(code)]).toEqual([expect.stringMatching(/^ERR_SSL_/), 'tls']);
  expect(tlsFault(`site.test: ${code}`)).toEqual({ kind, words: expect.stringMatching(words) });
});

test.each([
  ['ERR_TLS_CERT_ALTNAME_INVALID', /not valid for this name/],
  ['CERT_HAS_EXPIRED', /has expired/],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', /Nobody vouches/],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /Nobody vouches/],
  ['CERT_REVOKED', /certificate/],
])('a certificate that browsers do not take is told as one: %s', (code, words) => {
  expect(tlsFault(`site.test: ${code}`)).toEqual({ kind: 'certificate', words: expect.stringMatching(words) });
});

test('what nobody knows yet is no fault of a certificate', () => {
  expect(tlsFault('site.test: ERR_SSL_SOMETHING_NEW')).toEqual({
    kind: 'refused',
    words: 'TLS does not work there (yet).',
  });
});
