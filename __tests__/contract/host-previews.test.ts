import { afterAll, describe, expect, test } from '@jest/globals';
import { checkHost } from '../../src/hosts/contract/check-host.ts';
import {
  type Host,
  HostAnswerError,
  type HostDefinition,
  type HostIO,
  type Preview,
  type ReleaseRequest,
  type RollbackTarget,
} from '../../src/hosts/contract/host.ts';
import { hosts } from '../../src/hosts/index.ts';
import { createRedactor } from '../../src/lib/secret.ts';
import { hostIO } from '../../src/release/host-io.ts';
import { releaseTo } from '../../src/release/release-to-host.ts';
import { createHttp } from '../../src/runner/http-client.ts';
import type { EmulatorReply } from '../support/emulator.ts';
import { never } from '../support/fakes.ts';
import { fakeMachine } from '../support/host-io.ts';
import { renderHookKey, renderToken } from '../support/render.ts';
import { artifactOf, hostSubjects, type StartedHost, withHost } from './support/host-subjects.ts';

const one = '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa';
const two = '0b7e31c4a2f5d8890c1b2a3f4e5d6c7b8a990011';
const three = '77aa31c4a2f5d8890c1b2a3f4e5d6c7b8a99aaaa';

const http = createHttp('contract');
afterAll(() => http.close());

const releaseIO = {
  http,
  machine: fakeMachine(),
  // The right time, and no waiting.
  clock: { now: () => Date.now(), sleep: async () => undefined },
  random: () => 0,
  signal: never,
  onLine: () => undefined,
  redactor: createRedactor(),
};
const io: HostIO = hostIO(releaseIO);

const { artifact } = await artifactOf({ artifactFormat: 'tar.gz' });

const requestOf = (sha: string, environment = 'production'): ReleaseRequest => ({
  release: `${sha.slice(0, 12)}-7.1`,
  sha,
  branch: 'feature/buoys',
  environment,
  repository: 'harbour/notes',
  runUrl: 'https://github.com/harbour/notes/actions/runs/1',
  variables: {},
  artifact,
});

/** Asks for a commit and follows it to the end, as every deploy is. */
const release = (host: Host, sha: string) =>
  releaseTo(host, 'the host', requestOf(sha), releaseIO.clock.now() + 60_000, releaseIO);

function previewOf(host: Host, pullRequest: number): Preview {
  const preview = host.preview?.(pullRequest);
  if (!preview) throw new Error('the host makes no previews');
  return preview;
}

describe.each(hostSubjects)('$host by $way', (subject) => {
  const definition: HostDefinition = hosts[subject.host];

  test.each(['preview', 'rollback'] as const)('has %s, or says what it lacks for it', async (capability) => {
    await withHost(subject, undefined, async ({ inputs }) => {
      const has = { preview: subject.previews, rollback: subject.rollsBack }[capability];
      expect((await definition.create(inputs))[capability] !== undefined).toBe(has);
      if (has) expect(definition.lacks(capability, inputs)).toBeUndefined();
      else expect(definition.lacks(capability, inputs)).toMatch(/; (set|write) /);
      if (has) expect(checkHost(definition, inputs, capability)).toEqual([]);
    });
  });
});

describe.each(hostSubjects.filter(({ previews }) => previews))('a preview at $host by $way', (subject) => {
  const definition: HostDefinition = hosts[subject.host];
  const using = (refuse: EmulatorReply | undefined, work: (host: Host, started: StartedHost) => Promise<void>) =>
    withHost(subject, refuse, async (started) => work(await definition.create(started.inputs), started));

  test('is the same one for the life of the pull request, and never production', async () => {
    await using(undefined, async (host, { pushed, previews, asked, complaints }) => {
      const preview = previewOf(host, 7);
      expect((await preview.check?.(io)) ?? []).toEqual(subject.previewWarns ? [subject.previewWarns] : []);
      const seen: (string | undefined)[] = [];
      for (const sha of [one, two]) {
        pushed(7, sha);
        const outcome = await release(preview, sha);
        expect(outcome).toMatchObject({ phase: subject.follows ? 'live' : 'asked', release: { sha } });
        seen.push(await preview.url?.(io));
      }
      expect(previews()).toEqual([[two, one]]);
      expect(seen[0]).toBe(seen[1]);
      if (preview.url) expect(seen[0]).toMatch(/^https?:\/\//);
      expect(asked()).toEqual([]);
      expect(complaints()).toEqual([]);
    });
  });

  test('goes with the pull request, and asking again does no harm', async () => {
    await using(undefined, async (host, { pushed, previews, asked, complaints }) => {
      for (const [pullRequest, sha] of [
        [1, one],
        [12, two],
      ] as const) {
        pushed(pullRequest, sha);
        await release(previewOf(host, pullRequest), sha);
      }
      const preview = previewOf(host, 1);
      expect(await preview.destroy(requestOf(one), io)).toMatchObject({ outcome: 'removed' });
      expect(previews()).toEqual([[two]]);
      expect(await preview.destroy(requestOf(one), io)).toMatchObject({ outcome: 'gone' });
      expect(previews()).toEqual([[two]]);
      // Production is still there, and was never asked for anything.
      expect(asked()).toEqual([]);
      await release(host, one);
      expect(asked()).toEqual([one]);
      expect(complaints()).toEqual([]);
    });
  });

  test('may be made again after it went, as when a pull request is opened again', async () => {
    await using(undefined, async (host, { pushed, previews }) => {
      const preview = previewOf(host, 7);
      for (const sha of [one, two]) {
        pushed(7, sha);
        await release(preview, sha);
        expect(previews()).toEqual([[sha]]);
        await preview.destroy(requestOf(sha), io);
      }
    });
  });

  test.each([401, 500])('says the status of an answer of %i, and never shows the credential', async (status) => {
    await using({ status }, async (host) => {
      const preview = previewOf(host, 7);
      const request = requestOf(one, 'preview/pr-7');
      for (const asking of [preview.trigger(request, io), preview.destroy(request, io)]) {
        const thrown = await asking.catch((error: unknown) => error);
        expect(thrown).toBeInstanceOf(HostAnswerError);
        expect(thrown).toMatchObject({ status });
        expect(String(thrown)).not.toContain(renderHookKey);
        expect(String(thrown)).not.toContain(renderToken);
      }
    });
  });
});

describe.each(hostSubjects.filter(({ rollsBack }) => rollsBack))('a rollback at $host by $way', (subject) => {
  const definition: HostDefinition = hosts[subject.host];

  /** Goes back as a deploy goes forward: asked, and followed to the end where the host tells. */
  async function goBack(host: Host, to: RollbackTarget | undefined): Promise<void> {
    const back = host.rollback?.(to);
    if (!back) throw new Error('the host goes back to nothing');
    expect(await release(back, three)).toMatchObject({ phase: subject.follows ? 'live' : 'asked' });
  }

  const using = (work: (host: Host, started: StartedHost) => Promise<void>) =>
    withHost(subject, undefined, async (started) => {
      const host = await definition.create(started.inputs);
      for (const sha of [one, two, three]) {
        started.merged?.(sha);
        await release(host, sha);
      }
      await work(host, started);
      expect(started.previews()).toEqual([]);
      expect(started.complaints()).toEqual([]);
    });

  test('puts the release before back, and then the one before that', async () => {
    await using(async (host, { served }) => {
      await goBack(host, undefined);
      expect(served()).toBe(two);
      await goBack(host, undefined);
      expect(served()).toBe(one);
    });
  });

  test('puts the release back that is named', async () => {
    await using(async (host, { served }) => {
      await goBack(host, { sha: one });
      expect(served()).toBe(one);
      await goBack(host, { sha: three, release: `${three.slice(0, 12)}-7.1` });
      expect(served()).toBe(three);
    });
  });
});
