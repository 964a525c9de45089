import { afterEach, describe, expect, test } from '@jest/globals';
import { azureAppService } from '../../../../src/hosts/app-service/app-service.ts';
import { createAzureAppService } from '../../../../src/hosts/app-service/app-service-host.ts';
import { azureToken as tokenOf } from '../../../../src/hosts/app-service/azure-token.ts';
import { readProfile } from '../../../../src/hosts/app-service/publish-profile.ts';
import { Secret } from '../../../../src/lib/secret.ts';
import { cloudInputs } from '../../../contract/support/cloud-inputs.ts';
import { createHostInputs, createReleaseRequest, fakeHostIO, json } from '../../../support/host-io.ts';
import {
  type Azure,
  type AzureOptions,
  azurePassword,
  publishProfile,
  startAzure,
} from '../../../support/hosts/app-service.ts';
import { emulatedIO } from '../../../support/hosts/cloud-io.ts';

const running: Azure[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});

async function start(options: AzureOptions = {}, more: Record<string, string[]> = {}) {
  const emulator = await startAzure(options);
  running.push(emulator);
  const inputs = cloudInputs['app-service'](emulator.origin);
  const host = createAzureAppService({ ...inputs, options: { ...inputs.options, ...more } });
  return { emulator, host, io: emulatedIO() };
}

const one = '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa';
const two = '0b7e31c4a2f5d8890c1b2a3f4e5d6c7b8a990011';

test('a deploy whose id nobody tells is found by its commit, and by its time where the message is lost', async () => {
  for (const hidesMessage of [false, true]) {
    const { host, io } = await start({ hidesId: true, hidesMessage, states: ['Success'] });
    const release = await host.trigger(createReleaseRequest(), { ...io, now: () => Date.now() - 1_000 });
    expect(release.id).toBeUndefined();
    expect(await host.status?.(release, io)).toMatchObject({ phase: 'live', commit: one, id: expect.any(String) });
  }
});

describe('slots that are swapped', () => {
  const swapping = { slot: ['staging'], swap: ['true'] };

  test('put a release live when production has it, and a rollback swaps them back', async () => {
    const { emulator, host, io } = await start({ slots: ['staging'], states: ['Building', 'Success'] }, swapping);
    for (const sha of [one, two]) {
      const release = await host.trigger(createReleaseRequest({ sha }), io);
      expect(await host.status?.(release, io)).toMatchObject({ phase: 'running', state: 'Building' });
      expect(await host.status?.(release, io)).toMatchObject({ phase: 'running', state: 'Swapping' });
      expect(await host.status?.(release, io)).toMatchObject({ phase: 'live', commit: sha });
      expect(emulator.served()).toBe(sha);
    }
    const back = host.rollback?.(undefined);
    const release = await back?.trigger(createReleaseRequest(), io);
    expect(release).toMatchObject({ sha: one });
    expect(release && (await back?.status?.(release, io))).toMatchObject({ phase: 'live', commit: one });
    expect(emulator.served()).toBe(one);
    expect(await host.url?.(io)).toBe('https://shop-abc123.azurewebsites.net');
  });

  test('go back to no other release than the one that the slot holds', async () => {
    const { host, io } = await start({ slots: ['staging'] }, swapping);
    const back = host.rollback?.({ sha: two });
    await expect(back?.trigger(createReleaseRequest(), io)).rejects.toMatchObject({ code: 'HOST_REFUSED' });
  });

  test('need the name of the slot', () => {
    const inputs = createHostInputs({ service: azureAppService.service.example, options: { swap: ['true'] } });
    expect(azureAppService.check(inputs)).toEqual([
      { input: 'host-options', message: expect.stringContaining('write "slot: staging"') },
    ]);
  });
});

describe('app settings', () => {
  test('are added to those that are there, and not sent where nothing changes', async () => {
    const { emulator, host, io } = await start({ settings: { DEBUG: 'false' } });
    await host.trigger(createReleaseRequest({ variables: { STATIC_URL: 'https://cdn.test/' } }), io);
    expect(emulator.sites[0]?.settings).toEqual({ DEBUG: 'false', STATIC_URL: 'https://cdn.test/' });
    const puts = () => io.asked.filter((asked) => asked.startsWith('PUT')).length;
    expect(puts()).toBe(1);
    Object.assign(emulator.sites[0] ?? {}, { deployments: [] });
    await host.trigger(createReleaseRequest({ variables: { STATIC_URL: 'https://cdn.test/' } }), io);
    expect(puts()).toBe(1);
  });

  test('of production that lead to its data do not go into a preview', async () => {
    const settings = { DEBUG: 'false', DATABASE_URL: 'postgres://prod' };
    const { emulator, host, io } = await start({ settings });
    expect(await host.preview?.(7).check?.(io)).toEqual([
      expect.stringContaining('does not get DATABASE_URL of production'),
    ]);
    await host.preview?.(7).trigger(createReleaseRequest(), io);
    expect(emulator.sites[1]?.settings).toEqual({ DEBUG: 'false', DEPLOY_DJANGO_PREVIEW_OF: 'shop' });
    Object.assign(emulator.sites[1] ?? {}, { settings: {} });
    expect(await host.preview?.(7).destroy(createReleaseRequest(), io)).toMatchObject({ outcome: 'left' });
  });
});

test('the check warns of what deploys twice, and of an app that installs nothing', async () => {
  const { host, io } = await start({ repository: 'https://github.com/acme/shop', settings: {} });
  expect(await host.check?.(io)).toEqual([
    expect.stringContaining('so each push deploys twice'),
    expect.stringContaining('SCM_DO_BUILD_DURING_DEPLOYMENT'),
  ]);
});

describe('a publish profile', () => {
  const profile = publishProfile('http://127.0.0.1:8123');

  test('tells where to deploy, with which credentials, and the address of the app', () => {
    expect(readProfile(profile)).toEqual({
      scm: '127.0.0.1:8123',
      user: '$shop',
      password: azurePassword,
      url: 'https://shop-abc123.azurewebsites.net',
    });
  });

  test('has a password that is masked, also as it is sent', () => {
    const inputs = createHostInputs({ token: new Secret(profile) });
    const basic = Buffer.from(`$shop:${azurePassword}`).toString('base64');
    expect(azureAppService.secrets(inputs)).toEqual([azurePassword, basic]);
  });

  test('sets no variables, and says so before anything is sent', async () => {
    const host = createAzureAppService(createHostInputs({ token: new Secret(profile) }));
    const asking = host.trigger(createReleaseRequest({ variables: { A: 'b' } }), emulatedIO());
    await expect(asking).rejects.toMatchObject({
      code: 'INVALID_INPUTS',
      hint: expect.stringContaining('Leave host-env out'),
    });
  });

  test.each([
    ['<publishData></publishData>', 'host-token', 'download it again'],
    [undefined, 'service', 'is empty; write the resource id'],
  ])('that is none is a mistake: %j', (token, input, message) => {
    const inputs = createHostInputs(token === undefined ? {} : { token: new Secret(token) });
    expect(azureAppService.check(inputs)).toEqual([{ input, message: expect.stringContaining(message) }]);
  });
});

describe("GitHub's identity", () => {
  const inputs = createHostInputs({ options: { 'client-id': ['client'], 'tenant-id': ['tenant'] } });
  const variables: Record<string, string> = {
    ACTIONS_ID_TOKEN_REQUEST_URL: 'https://actions.test/token?api=1',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token',
  };

  test('is exchanged for a token of Azure', async () => {
    const io = fakeHostIO(({ url }) =>
      url.startsWith('https://actions.test')
        ? json({ value: 'identity' })
        : json({ access_token: 'azure', expires_in: 3600 }),
    );
    expect(await tokenOf(inputs)({ ...io, environ: (name) => variables[name] })).toBe('azure');
    const [identity, exchange] = io.requests;
    expect(identity?.url).toBe('https://actions.test/token?api=1&audience=api%3A%2F%2FAzureADTokenExchange');
    expect(exchange?.url).toBe('https://login.microsoftonline.com/tenant/oauth2/v2.0/token');
    expect(Object.fromEntries(new URLSearchParams(String(exchange?.body)))).toMatchObject({
      client_id: 'client',
      client_assertion: 'identity',
      scope: 'https://management.azure.com/.default',
    });
  });

  test('that the job does not have is an error that says which permission is missing', async () => {
    const asking = tokenOf(inputs)(fakeHostIO(() => json({})));
    await expect(asking).rejects.toMatchObject({ hint: expect.stringContaining('id-token: write') });
    const unknown = tokenOf(createHostInputs())(fakeHostIO(() => json({})));
    await expect(unknown).rejects.toMatchObject({ hint: expect.stringContaining('client-id') });
  });
});
