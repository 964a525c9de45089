import { afterAll, describe, expect, test } from '@jest/globals';
import {
  HostAnswerError,
  type HostInputs,
  type HostIO,
  type HostStatus,
  type ReleaseRequest,
} from '../../src/hosts/host.ts';
import { type HostName, hosts } from '../../src/hosts/index.ts';
import { createHttp } from '../../src/lib/http.ts';
import { Secret } from '../../src/lib/secret.ts';
import { hostError } from '../../src/release/release.ts';
import { type EmulatorReply, startEmulator } from '../support/emulator.ts';
import { never } from '../support/fakes.ts';
import { renderHookKey, renderService, renderToken, startRender } from '../support/render.ts';

/**
 * What every host promises, asked of every host through a real connection to an emulator of it. A new host adds one entry
 * to `subjects`.
 */
interface Subject {
  readonly host: HostName;
  /** What of the host is used: its API, or its deploy hook alone. */
  readonly way: string;
  /** Whether the host tells how its deploy goes. */
  readonly follows: boolean;
  start(refuse?: EmulatorReply): Promise<{
    inputs: HostInputs;
    /** Commits that the emulator was asked to deploy. */
    asked(): string[];
    complaints(): readonly string[];
    stop(): Promise<void>;
  }>;
}

const sha = '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa';
const none = { service: undefined, token: undefined, deployHook: undefined, options: {} };

async function render(inputs: (origin: string) => HostInputs, refuse?: EmulatorReply) {
  const emulator = await startRender(refuse ? { refuse } : {});
  return {
    inputs: inputs(emulator.origin),
    asked: () => emulator.deploys.map(({ commit }) => commit.id),
    complaints: () => emulator.complaints,
    stop: emulator.stop,
  };
}

const subjects: Subject[] = [
  {
    host: 'render',
    way: 'its API',
    follows: true,
    start: (refuse) =>
      render(
        (origin) => ({
          ...none,
          service: renderService,
          token: new Secret(renderToken),
          options: { 'api-url': [origin] },
        }),
        refuse,
      ),
  },
  {
    host: 'render',
    way: 'its deploy hook',
    follows: false,
    start: (refuse) =>
      render(
        (origin) => ({ ...none, deployHook: new Secret(`${origin}/deploy/${renderService}?key=${renderHookKey}`) }),
        refuse,
      ),
  },
  {
    host: 'hook',
    way: 'any deploy hook',
    follows: false,
    async start(refuse) {
      const emulator = await startEmulator(() => refuse ?? { status: 200, body: { id: 'job-1' } });
      const deployHook = new Secret(`${emulator.origin}/hooks/4f1c?key=${renderHookKey}`);
      return {
        inputs: { ...none, deployHook, options: { body: ['{"ref": "{sha}"}'] } },
        asked: () => emulator.requests.map(({ body }) => (JSON.parse(body) as { ref: string }).ref),
        complaints: () => [],
        stop: emulator.stop,
      };
    },
  },
];

const http = createHttp('contract');
afterAll(() => http.close());

const io: HostIO = { request: (request) => http(request, never), now: () => Date.now() };
const request: ReleaseRequest = {
  release: '5ad1c8f0d0d1-7.1',
  sha,
  branch: 'main',
  environment: 'production',
  repository: 'harbour/notes',
  runUrl: 'https://github.com/harbour/notes/actions/runs/1',
  artifact: undefined,
};

describe.each(subjects)('$host by $way', (subject) => {
  const definition = hosts[subject.host];

  async function using<T>(
    refuse: EmulatorReply | undefined,
    work: (started: Awaited<ReturnType<Subject['start']>>) => Promise<T>,
  ): Promise<T> {
    const started = await subject.start(refuse);
    try {
      return await work(started);
    } finally {
      await started.stop();
    }
  }

  test('finds nothing wrong with its own inputs, and is what host: auto takes for them', async () => {
    await using(undefined, async ({ inputs }) => {
      expect(definition.check(inputs)).toEqual([]);
      expect(definition.matches(inputs)).toBe(true);
    });
  });

  test('asks for exactly this commit, once', async () => {
    await using(undefined, async ({ inputs, asked, complaints }) => {
      const release = await definition.create(inputs).trigger(request, io);
      expect(asked()).toEqual([sha]);
      expect(release.sha).toBe(sha);
      expect(release.id).toEqual(expect.any(String));
      expect(complaints()).toEqual([]);
    });
  });

  test.each([401, 403, 404, 409, 500])(
    'an answer of %i is an error with the status, and never with the credential',
    async (status) => {
      await using(
        { status, body: { message: `no, not with ${renderHookKey} or ${renderToken}` } },
        async ({ inputs }) => {
          const thrown = await definition
            .create(inputs)
            .trigger(request, io)
            .catch((error: unknown) => error);
          expect(thrown).toBeInstanceOf(HostAnswerError);
          expect(thrown).toMatchObject({ status });
          const shown = hostError(thrown, definition.title, 'deploy');
          expect(shown.code).toBe(status === 500 ? 'HOST_UNCLEAR' : 'HOST_REFUSED');
          expect(shown.hint).toEqual(expect.any(String));
          expect(shown.hint).not.toContain(renderHookKey);
        },
      );
    },
  );

  test('an answer of 429 says how long to wait', async () => {
    await using({ status: 429, headers: { 'retry-after': '7' } }, async ({ inputs }) => {
      const thrown = await definition
        .create(inputs)
        .trigger(request, io)
        .catch((error: unknown) => error);
      expect(thrown).toMatchObject({ status: 429, retryAfter: 7_000 });
    });
  });

  test('follows its deploy to the end, or does not claim that it can', async () => {
    await using(undefined, async ({ inputs, complaints }) => {
      const host = definition.create(inputs);
      expect(host.status !== undefined).toBe(subject.follows);
      if (!host.status) return;
      const release = await host.trigger(request, io);
      const seen: HostStatus[] = [];
      while (seen.at(-1)?.phase !== 'live' && seen.length < 10) seen.push(await host.status(release, io));
      expect(seen.map(({ phase }) => phase)).toEqual(['running', 'running', 'live']);
      expect(seen.at(-1)).toMatchObject({ phase: 'live', commit: sha, id: release.id });
      expect(await host.url?.(io)).toMatch(/^https:\/\//);
      expect(complaints()).toEqual([]);
    });
  });

  test('cancels what it began, where it can', async () => {
    await using(undefined, async ({ inputs, complaints }) => {
      const host = definition.create(inputs);
      const release = await host.trigger(request, io);
      await host.cancel?.(release, io);
      expect(complaints()).toEqual([]);
    });
  });
});

test('every host has the inputs that it needs described by its mistakes', () => {
  for (const definition of Object.values(hosts)) {
    expect(definition.check(none).length).toBeGreaterThan(0);
    for (const { input, message } of definition.check(none)) {
      expect(['service', 'host-token', 'deploy-hook', 'host-options', 'url']).toContain(input);
      expect(message).toMatch(/;|put|write/);
    }
  }
});
