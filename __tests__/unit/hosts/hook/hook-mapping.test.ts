import { describe, expect, test } from '@jest/globals';
import { checkHost } from '../../../../src/hosts/contract/check-host.ts';
import type { HostOptions } from '../../../../src/hosts/contract/host.ts';
import { hook } from '../../../../src/hosts/hook/hook.ts';
import { secretsOf } from '../../../../src/inputs/secrets.ts';
import { Secret } from '../../../../src/lib/secret.ts';
import { answer, createInputs } from '../../../support/fakes.ts';
import { createHostInputs, createReleaseRequest, fakeHostIO, json } from '../../../support/host-io.ts';

const follow = {
  'status-url': ['https://hooks.example.com/status/{id}'],
  status: ['state'],
  'live-words': ['ready'],
  'failed-words': ['failed'],
};
const inputs = (options: HostOptions, url = 'https://hooks.example.com/deploy', token?: string) =>
  createHostInputs({ deployHook: new Secret(url), options, token: token ? new Secret(token) : undefined });
const messages = (options: HostOptions) => checkHost(hook, inputs(options)).map(({ message }) => message);

test('the options that go together have no mistakes', () => {
  expect(messages(follow)).toEqual([]);
  expect(messages({ id: ['header:location'], url: ['data.url'] })).toEqual([]);
});

test.each<[HostOptions, string]>([
  [{ status: ['state'] }, 'status needs status-url; write it too'],
  [{ 'live-words': ['ready'], log: ['x'] }, 'log, live-words need status-url'],
  [{ 'status-url': follow['status-url'] }, 'status-url needs status; write "status: …"'],
  [{ ...follow, 'failed-words': ['failed, READY'] }, '"ready" stands for two ends'],
  [{ ...follow, status: ['a b'] }, 'is not a path into JSON'],
  [{ ...follow, status: ['items[sha={commit}].state'] }, '{commit} stands for nothing'],
  [{ ...follow, 'status-url': ['https://{id}.example.com/'] }, 'status-url has a place in its host'],
  [{ ...follow, 'status-url': ['http://hooks.example.com/'] }, 'status-url uses plain http'],
  [{ body: ['{id}'] }, '{id} stands for nothing'],
])('%j is a mistake', (options, message) => {
  expect(messages(options)).toContainEqual(expect.stringContaining(message));
});

describe('user and password in a URL', () => {
  const url = 'https://deploy:t%40ken-of-jenkins@hooks.example.com/deploy?x=1';
  const basic = Buffer.from('deploy:t@ken-of-jenkins').toString('base64');
  const send = async (options: HostOptions, ask: 'trigger' | 'status' = 'trigger') => {
    const io = fakeHostIO(() => json({ id: 5, state: 'ready' }));
    const host = hook.create(inputs(options, url));
    const release = await host.trigger(createReleaseRequest(), io);
    if (ask === 'status') await host.status?.(release, io);
    return io.requests.at(-1);
  };

  test('become the header, and are not in the address', async () => {
    expect(await send({})).toMatchObject({
      url: 'https://hooks.example.com/deploy?x=1',
      headers: { authorization: `Basic ${basic}` },
    });
  });

  test('are masked in every form', () => {
    const masked = (hostInputs: ReturnType<typeof inputs>) =>
      secretsOf(createInputs({ host: 'hook', hostInputs }), { hook }).map(({ value }) => value);
    expect(masked(inputs({}, url))).toContain(basic);
    const question = { ...follow, 'status-url': ['https://x.example.com/{id}?key=0123456789abcdef0'] };
    expect(masked(inputs(question))).toContain('0123456789abcdef0');
  });

  test('give way to a header that was written', async () => {
    expect((await send({ header: ['Authorization: Token abc'] }))?.headers).toMatchObject({
      authorization: 'Token abc',
    });
  });

  test('go to status-url on the same server, and to no other', async () => {
    expect((await send(follow, 'status'))?.headers).toEqual({ authorization: `Basic ${basic}` });
    const elsewhere = { ...follow, 'status-url': ['https://other.example.com/{id}'] };
    expect(await send(elsewhere, 'status')).toMatchObject({ url: 'https://other.example.com/5', headers: {} });
  });

  test('are one credential too many beside a token', () => {
    expect(checkHost(hook, inputs({}, url, 'token-1'))).toEqual([
      { input: 'host-token', message: expect.stringContaining('leave one of them out') },
    ]);
  });
});

test('a status that is asked for by an id needs one', async () => {
  const io = fakeHostIO(() => answer(200, 'OK'));
  const host = hook.create(inputs(follow));
  const release = await host.trigger(createReleaseRequest(), io);
  await expect(host.status?.(release, io)).rejects.toThrow('has no id at deploy.id, deployment.id, job.id or id');
});

test('an id is where the option says, and nowhere else', async () => {
  const trigger = (id: string, reply: ReturnType<typeof answer>) =>
    hook.create(inputs({ id: [id] })).trigger(
      createReleaseRequest(),
      fakeHostIO(() => reply),
    );
  expect((await trigger('data.uuid', json({ id: 'other', data: { uuid: 'u-1' } }))).id).toBe('u-1');
  expect((await trigger('data.uuid', json({ id: 'other' }))).id).toBeUndefined();
  const located = answer(201, '', { location: 'https://x.test/queue/item/41/?a=b' });
  expect((await trigger('header:Location', located)).id).toBe('41');
});
