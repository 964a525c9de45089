import { expect, test } from '@jest/globals';
import { HttpError } from '../../../src/core/http-error.ts';
import { findAddresses } from '../../../src/databases/trusted-sources/find-addresses.ts';
import { answer, fakeClock } from '../../support/fakes.ts';
import { fakeHostIO } from '../../support/host-io.ts';

const vendor = { title: 'Vendor' };
const tools = (reply: Parameters<typeof fakeHostIO>[0]) => {
  const io = fakeHostIO(reply);
  return { io, clock: fakeClock(), random: () => 1, asked: () => io.requests.map(({ url }) => url) };
};

test('without a service one for each family is asked, over https', async () => {
  const all = tools(({ url }) => answer(200, url.includes('ipv6') ? '2606:4700::7\n' : '198.51.100.7\n'));
  const found = await findAddresses(undefined, { ...vendor, ipv6: true }, all);
  expect(found.map(({ text }) => text)).toEqual(['198.51.100.7', '2606:4700::7']);
  expect(all.asked().sort()).toEqual(['https://ipv4.icanhazip.com', 'https://ipv6.icanhazip.com']);
});

test('a vendor without IPv6 is asked no address of that', async () => {
  const all = tools(() => answer(200, '198.51.100.7'));
  await findAddresses(undefined, vendor, all);
  expect(all.asked()).toEqual(['https://ipv4.icanhazip.com']);
});

test('a runner without IPv6 has one address', async () => {
  const all = tools(({ url }) =>
    url.includes('ipv6') ? new HttpError('refused', 'no route') : answer(200, '198.51.100.7'),
  );
  expect(await findAddresses(undefined, { ...vendor, ipv6: true }, all)).toHaveLength(1);
});

test('an outage of the service is waited out', async () => {
  let left = 2;
  const all = tools(() => (left-- > 0 ? answer(503) : answer(200, '198.51.100.7')));
  expect(await findAddresses(undefined, vendor, all)).toHaveLength(1);
});

test.each([
  ['a private address', answer(200, '10.0.0.7'), '10.0.0.7 is not a public address'],
  ['this machine', answer(200, '127.0.0.1'), '127.0.0.1 is not a public address'],
  ['everybody', answer(200, '0.0.0.0/0'), '"0.0.0.0/0" is not an address'],
  ['a page', answer(200, '<html>'), '"<html>" is not an address'],
  ['nothing', answer(200, ''), '"" is not an address'],
  ['a redirect', answer(302), 'HTTP 302'],
  ['an error', answer(404), 'HTTP 404'],
  ['no answer', new HttpError('unresolved', 'ip.example.com: ENOTFOUND'), 'ENOTFOUND'],
])('a service that tells %s is an error that says which to write', async (_, reply, why) => {
  await expect(
    findAddresses(
      'https://ip.example.com/',
      vendor,
      tools(() => reply),
    ),
  ).rejects.toMatchObject({
    code: 'TRUSTED_SOURCE_FAILED',
    message: expect.stringContaining(why),
    hint: expect.stringContaining('ip-service: https://'),
  });
});
