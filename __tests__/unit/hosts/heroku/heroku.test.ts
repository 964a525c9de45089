import { describe, expect, test } from '@jest/globals';
import { heroku } from '../../../../src/hosts/heroku/heroku.ts';
import { askingHost } from '../../../support/hosts/asking.ts';
import { herokuApp, herokuPipeline, herokuToken, startHeroku } from '../../../support/hosts/heroku.ts';

const sha = '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa';
const given = { service: herokuApp, token: herokuToken };

describe('a Heroku build', () => {
  test('is asked for after its source is there, with the variables set in one call before', async () => {
    await askingHost(heroku, await startHeroku(), given, async ({ host, follow, emulator, asked }) => {
      expect(await follow(host, { variables: { A: '1', B: '2' } })).toMatchObject({ phase: 'live', commit: sha });
      expect(emulator.app.variables).toEqual({ A: '1', B: '2' });
      expect(asked().slice(0, 4)).toEqual([
        'POST /sources',
        'PUT /source/1',
        `PATCH /apps/${herokuApp}/config-vars`,
        `POST /apps/${herokuApp}/builds`,
      ]);
      const build = emulator.requests.find(({ path }) => path.endsWith('/builds'));
      expect(JSON.parse(build?.body ?? '')).toMatchObject({
        source_blob: { version: sha, checksum: expect.stringMatching(/^SHA256:/) },
      });
    });
  });

  test('needs the artifact', async () => {
    await askingHost(heroku, await startHeroku(), given, async ({ host, io, request }) => {
      await expect(host.trigger(request({ artifact: undefined }), io)).rejects.toThrow(/builds from the artifact/);
    });
  });

  test('is live also where somebody changed variables after it', async () => {
    await askingHost(heroku, await startHeroku(), given, async ({ host, io, request, emulator }) => {
      const release = await host.trigger(request(), io);
      for (let round = 0; round < 3; round++) await host.status?.(release, io);
      const [ours] = emulator.app.releases;
      if (!ours) throw new Error('there is no release');
      ours.current = false;
      emulator.app.releases.unshift({ ...ours, id: '01234567-0000-4000-8000-0000000000ff', version: 9, current: true });
      expect(await host.status?.(release, io)).toMatchObject({ phase: 'live', commit: sha });
    });
  });

  test('that is cancelled is told from one that failed', async () => {
    await askingHost(heroku, await startHeroku(), given, async ({ host, io, request }) => {
      const release = await host.trigger(request(), io);
      await host.cancel?.(release, io);
      expect(await host.status?.(release, io)).toMatchObject({ phase: 'cancelled' });
    });
  });
});

describe('the check of a Heroku app', () => {
  test('says what keeps a release from being seen', async () => {
    await askingHost(heroku, await startHeroku({ maintenance: true, webDynos: 0 }), given, async ({ host, io }) => {
      expect(await host.check?.(io)).toEqual([
        expect.stringMatching(/maintenance mode/),
        expect.stringMatching(/no web dyno/),
      ]);
    });
    await askingHost(heroku, await startHeroku(), given, async ({ host, io }) => {
      expect(await host.check?.(io)).toEqual([]);
    });
  });
});

describe('a Heroku review app', () => {
  test('has variables of its own, and production keeps its', async () => {
    const options = { pipeline: [herokuPipeline] };
    await askingHost(heroku, await startHeroku(), { ...given, options }, async ({ host, follow, emulator }) => {
      const preview = host.preview?.(7);
      if (!preview) throw new Error('there are no previews');
      expect(await follow(preview, { variables: { PULL_REQUEST: '7' } })).toMatchObject({ phase: 'live', commit: sha });
      const made = emulator.requests.find(({ path }) => path === '/review-apps');
      expect(JSON.parse(made?.body ?? '')).toMatchObject({ pr_number: 7, environment: { PULL_REQUEST: '7' } });
      expect(emulator.app.variables).toEqual({});
      expect(emulator.app.builds).toEqual([]);
    });
  });
});
