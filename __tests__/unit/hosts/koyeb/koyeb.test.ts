import { describe, expect, test } from '@jest/globals';
import { koyeb } from '../../../../src/hosts/koyeb/koyeb.ts';
import { askingHost } from '../../../support/hosts/asking.ts';
import { koyebService, koyebToken, productionDefinition, startKoyeb } from '../../../support/hosts/koyeb.ts';

const sha = '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa';
const given = { service: koyebService, token: koyebToken };

describe('variables of a Koyeb service', () => {
  test('are added to its definition, which deploys the commit once', async () => {
    await askingHost(koyeb, await startKoyeb(), given, async ({ host, follow, emulator, asked }) => {
      expect(await follow(host, { variables: { STATIC_URL: 'https://cdn.example/' } })).toMatchObject({
        phase: 'live',
        commit: sha,
      });
      const { env, git, ...rest } = emulator.services[0]?.definition ?? {};
      expect(env).toEqual([
        ...(productionDefinition.env ?? []),
        { scopes: ['region:*'], key: 'STATIC_URL', value: 'https://cdn.example/' },
      ]);
      expect(git).toEqual({ ...productionDefinition.git, sha });
      const { env: _, git: __, ...unchanged } = productionDefinition;
      expect(rest).toEqual(unchanged);
      expect(asked()).not.toContain(`POST /v1/services/${koyebService}/redeploy`);
    });
  });
});

describe('the check of a Koyeb service', () => {
  test('says that each push deploys twice, and that a paused service stays paused', async () => {
    const emulator = await startKoyeb({ definition: { git: { branch: 'main' } }, status: 'PAUSED' });
    await askingHost(koyeb, emulator, given, async ({ host, io }) => {
      expect(await host.check?.(io)).toEqual([
        expect.stringMatching(/also deploys .* on every push/),
        expect.stringMatching(/paused/),
      ]);
    });
  });

  test('refuses a service that runs an image, which has no commit', async () => {
    const emulator = await startKoyeb({ image: true });
    await askingHost(koyeb, emulator, given, async ({ host, io, request }) => {
      await expect(host.check?.(io)).rejects.toThrow(/is not built from git/);
      await expect(host.preview?.(7).trigger(request(), io)).rejects.toThrow(/is not built from git/);
      expect(emulator.services).toHaveLength(1);
    });
  });
});

describe('a preview at Koyeb', () => {
  test('gets nothing that leads to production, but what is named, and what the run sets', async () => {
    const options = { 'preview-variable': ['SECRET_KEY'] };
    await askingHost(koyeb, await startKoyeb(), { ...given, options }, async ({ host, io, request, emulator }) => {
      await host.preview?.(7).trigger(request({ branch: 'feature/buoys', variables: { PULL_REQUEST: '7' } }), io);
      const { env, git, scalings } = emulator.services[1]?.definition ?? {};
      expect(env?.map(({ key }) => key)).toEqual([
        'DJANGO_SETTINGS_MODULE',
        'SECRET_KEY',
        'DEPLOY_DJANGO_PREVIEW_OF',
        'PULL_REQUEST',
      ]);
      expect(git).toMatchObject({ branch: 'feature/buoys', sha, no_deploy_on_push: true });
      expect(scalings).toEqual([{ min: 1, max: 1 }]);
    });
  });

  test('of the same name that somebody else made is neither deployed to nor deleted', async () => {
    await askingHost(koyeb, await startKoyeb(), given, async ({ host, io, request, emulator }) => {
      const preview = host.preview?.(7);
      await preview?.trigger(request(), io);
      const deployments = emulator.services[1]?.deployments ?? [];
      deployments.splice(0, 1, { ...deployments[0], definition: productionDefinition } as (typeof deployments)[number]);
      await expect(preview?.trigger(request(), io)).rejects.toThrow(/that this action did not make/);
      expect(await preview?.destroy(request(), io)).toMatchObject({ outcome: 'left' });
      expect(emulator.services).toHaveLength(2);
    });
  });
});
