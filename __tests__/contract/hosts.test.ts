import { afterAll, describe, expect, test } from '@jest/globals';
import { checkHost } from '../../src/hosts/contract/check-host.ts';
import {
  HostAnswerError,
  type HostDefinition,
  type HostIO,
  type HostStatus,
  type ReleaseRequest,
} from '../../src/hosts/contract/host.ts';
import { hosts } from '../../src/hosts/index.ts';
import { hostError } from '../../src/release/host-errors.ts';
import { hostIO } from '../../src/release/host-io.ts';
import { createHttp } from '../../src/runner/http-client.ts';
import type { EmulatorReply } from '../support/emulator.ts';
import { never } from '../support/fakes.ts';
import { fakeMachine } from '../support/host-io.ts';
import { renderHookKey, renderToken } from '../support/render.ts';
import { artifactOf, hostSubjects, type StartedHost, withHost } from './support/host-subjects.ts';

const sha = '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa';
const none = { service: undefined, token: undefined, deployHook: undefined, options: {} };

const http = createHttp('contract');
afterAll(() => http.close());

const clock = { now: () => Date.now(), sleep: async () => undefined };
const io: HostIO = hostIO({ http, machine: fakeMachine(), clock, signal: never });
const request: ReleaseRequest = {
  release: '5ad1c8f0d0d1-7.1',
  sha,
  branch: 'main',
  environment: 'production',
  repository: 'harbour/notes',
  runUrl: 'https://github.com/harbour/notes/actions/runs/1',
  variables: {},
  artifact: undefined,
};

const requestTo = async (definition: HostDefinition) => ({ ...request, ...(await artifactOf(definition)) });

/** What every host promises, asked of every host through a real connection to an emulator of it. */
describe.each(hostSubjects)('$host by $way', (subject) => {
  const definition: HostDefinition = hosts[subject.host];
  const using = <T>(refuse: EmulatorReply | undefined, work: (started: StartedHost) => Promise<T>) =>
    withHost(subject, refuse, work);

  test('finds nothing wrong with its own inputs, and is what host: auto takes for them', async () => {
    await using(undefined, async ({ inputs }) => {
      expect(checkHost(definition, inputs)).toEqual([]);
      expect(definition.matches(inputs)).toBe(subject.auto ?? true);
    });
  });

  test('asks for exactly this commit, once', async () => {
    await using(undefined, async ({ inputs, asked, complaints }) => {
      const release = await (await definition.create(inputs)).trigger(await requestTo(definition), io);
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
          const thrown = await (await definition.create(inputs))
            .trigger(await requestTo(definition), io)
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
      const thrown = await (await definition.create(inputs))
        .trigger(await requestTo(definition), io)
        .catch((error: unknown) => error);
      expect(thrown).toMatchObject({ status: 429, retryAfter: 7_000 });
    });
  });

  test('follows its deploy to the end, or does not claim that it can', async () => {
    await using(undefined, async ({ inputs, complaints }) => {
      const host = await definition.create(inputs);
      expect(host.status !== undefined).toBe(subject.follows);
      if (!host.status) return;
      const release = await host.trigger(await requestTo(definition), io);
      const seen: HostStatus[] = [];
      while (seen.at(-1)?.phase !== 'live' && seen.length < 10) seen.push(await host.status(release, io));
      expect(seen.map(({ phase }) => phase)).toEqual(['running', 'running', 'live']);
      expect(seen.at(-1)).toMatchObject({ phase: 'live', commit: sha, id: release.id });
      const url = await host.url?.(io);
      // Elastic Beanstalk's own address has no certificate; a standard service of ECS has no address.
      if (host.url) expect(url).toMatch(/^https?:\/\//);
      if (subject.tellsDomains)
        expect((await host.urls?.(io))?.map((one) => new URL(one).host)).toContain(new URL(url ?? '').host);
      expect(complaints()).toEqual([]);
    });
  });

  test('cancels what it began, where it can', async () => {
    await using(undefined, async ({ inputs, complaints }) => {
      const host = await definition.create(inputs);
      const release = await host.trigger(await requestTo(definition), io);
      await host.cancel?.(release, io);
      expect(complaints()).toEqual([]);
    });
  });
});

test.each(['deploy', 'preview', 'rollback'] as const)(
  'every host has the inputs that it needs described by its mistakes: %s',
  (intent) => {
    for (const definition of Object.values<HostDefinition>(hosts)) {
      const mistakes = checkHost(definition, none, intent);
      expect(mistakes.length).toBeGreaterThan(0);
      for (const { input, message } of mistakes) {
        expect(['service', 'host-token', 'deploy-hook', 'host-options', 'url']).toContain(input);
        expect(message).toMatch(/;|put|write/);
      }
    }
  },
);
