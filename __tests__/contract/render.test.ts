import { afterAll, expect, test } from '@jest/globals';
import { render } from '../../src/hosts/render/render.ts';
import { createRedactor } from '../../src/lib/masking/redactor.ts';
import { Secret } from '../../src/lib/secret.ts';
import { hostIO } from '../../src/release/host-io.ts';
import { releaseTo } from '../../src/release/release-to-host.ts';
import { createHttp } from '../../src/runner/http-client.ts';
import { fakeClock, never } from '../support/fakes.ts';
import { createHostInputs, createReleaseRequest, fakeMachine } from '../support/host-io.ts';
import {
  type RenderEmulator,
  type RenderOptions,
  renderHookKey,
  renderService,
  renderToken,
  startRender,
} from '../support/render.ts';

const http = createHttp('contract');
afterAll(() => http.close());

const image = 'ghcr.io/acme/harbour';
const many = Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`KEPT_${at}`, `${at}`]));

async function using<T>(
  options: RenderOptions,
  work: (emulator: RenderEmulator, given: ReturnType<typeof setUp>) => Promise<T>,
) {
  const emulator = await startRender(options);
  try {
    await work(emulator, setUp(emulator, options));
    expect(emulator.complaints).toEqual([]);
  } finally {
    await emulator.stop();
  }
}

function setUp(emulator: RenderEmulator, options: RenderOptions) {
  const clock = fakeClock(Date.now());
  const io = {
    http,
    machine: fakeMachine(),
    clock,
    random: () => 1,
    signal: never,
    redactor: createRedactor(),
    onLine: () => undefined,
  };
  const host = render.create(
    createHostInputs({
      service: renderService,
      token: new Secret(renderToken),
      options: { 'api-url': [emulator.origin], ...(options.image ? { image: [`${image}:{sha}`] } : {}) },
    }),
  );
  const release = (target: typeof host, variables: Record<string, string>) =>
    releaseTo(target, 'Render', createReleaseRequest({ variables }), clock.now() + 600_000, io);
  const writes = () =>
    emulator.requests
      .filter(({ method }) => method !== 'GET')
      .map(({ method, path }) => `${method} ${path.replace(/srv-\w+/, 'srv')}`);
  return { host, io: hostIO(io), release, writes };
}

const { sha } = createReleaseRequest();

test('variables are set one by one before the deploy, those that differ, and all others stay', async () => {
  await using({ variables: { ...many, OLD: '1', SAME: 'same' } }, async ({ variables }, { host, release, writes }) => {
    const outcome = await release(host, { OLD: '2', SAME: 'same', NEW: 'a=b "c"', KEPT_149: '149' });
    expect(outcome).toMatchObject({ phase: 'live', release: { sha } });
    expect(writes()).toEqual([
      'PUT /v1/services/srv/env-vars/OLD',
      'PUT /v1/services/srv/env-vars/NEW',
      'POST /v1/services/srv/deploys',
    ]);
    expect(Object.fromEntries(variables)).toEqual({ ...many, OLD: '2', SAME: 'same', NEW: 'a=b "c"' });
  });
});

test('the deploy hook alone sets none, and says what does', async () => {
  await using({}, async ({ origin }, { io }) => {
    const deployHook = new Secret(`${origin}/deploy/${renderService}?key=${renderHookKey}`);
    const host = render.create(createHostInputs({ deployHook }));
    const trigger = host.trigger(createReleaseRequest({ variables: { A: '1' } }), io);
    await expect(trigger).rejects.toMatchObject({
      code: 'INVALID_INPUTS',
      hint: expect.stringContaining('host-token'),
    });
  });
});

const previewOf = ({ host }: ReturnType<typeof setUp>) => {
  const preview = host.preview?.(7);
  if (!preview) throw new Error('no preview');
  return preview;
};

test('a preview that Render makes later gets its variables, and a deploy that has them', async () => {
  await using({ previews: 'automatic', variables: { DATABASE_URL: 'production' } }, async (emulator, given) => {
    const preview = previewOf(given);
    const late = {
      ...preview,
      status: async (...args: Parameters<NonNullable<typeof preview.status>>) => {
        if (emulator.previews.length === 0) {
          const before = await preview.status?.(...args);
          emulator.push(7, sha);
          return before ?? { phase: 'queued' as const };
        }
        return (await preview.status?.(...args)) ?? { phase: 'queued' as const };
      },
    };
    const outcome = await given.release(late, { DATABASE_URL: 'of the preview' });
    expect(outcome).toMatchObject({ phase: 'live', release: { sha } });
    const [made] = emulator.previews;
    expect(made?.variables?.get('DATABASE_URL')).toBe('of the preview');
    expect(made?.deploys.map(({ trigger, status }) => `${trigger} ${status}`)).toEqual([
      'api live',
      'new_commit created',
    ]);
    expect(emulator.variables.get('DATABASE_URL')).toBe('production');
    // The next push finds them there, so that Render's own deploy is enough.
    emulator.push(7, sha);
    await given.release(preview, { DATABASE_URL: 'of the preview' });
    expect(made?.deploys[0]?.trigger).toBe('new_commit');
  });
});

test('a preview of an image gets its variables with the deploy after the one that made it', async () => {
  await using({ image: `${image}:latest`, variables: { A: '1' } }, async (emulator, given) => {
    const outcome = await given.release(previewOf(given), { A: '2' });
    expect(outcome).toMatchObject({ phase: 'live' });
    expect(emulator.previews[0]?.variables?.get('A')).toBe('2');
    expect(emulator.variables.get('A')).toBe('1');
  });
});

test('where the address at onrender.com is switched off, a custom domain is the address', async () => {
  await using({ subdomainDisabled: true, domains: ['www.harbour.test'] }, async (_, { host, io }) => {
    expect(await host.url?.(io)).toBe('https://www.harbour.test');
    expect(await host.urls?.(io)).toEqual(['https://www.harbour.test']);
  });
  await using({ domains: ['www.harbour.test'] }, async (_, { host, io }) => {
    expect(await host.url?.(io)).toBe('https://harbour.onrender.com');
    expect(await host.urls?.(io)).toEqual(['https://harbour.onrender.com', 'https://www.harbour.test']);
  });
});
