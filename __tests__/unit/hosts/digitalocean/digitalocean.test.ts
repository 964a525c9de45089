import { describe, expect, test } from '@jest/globals';
import { digitalocean } from '../../../../src/hosts/digitalocean/digitalocean.ts';
import { withVariables } from '../../../../src/hosts/digitalocean/digitalocean-spec.ts';
import { askingHost } from '../../../support/hosts/asking.ts';
import {
  digitalOceanApp,
  digitalOceanToken,
  productionSpec,
  startDigitalOcean,
} from '../../../support/hosts/digitalocean.ts';

const sha = '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa';
const given = { service: digitalOceanApp, token: digitalOceanToken };
const heads = new Map([['main', sha]]);

describe('variables of a DigitalOcean app', () => {
  test('are added to its spec, which deploys once, and encrypted ones are sent as they came', async () => {
    await askingHost(
      digitalocean,
      await startDigitalOcean({ heads }),
      given,
      async ({ host, follow, emulator, asked }) => {
        const status = await follow(host, {
          variables: { STATIC_URL: 'https://cdn.example/', REDIS_URL: 'rediss://new' },
        });
        expect(status).toMatchObject({ phase: 'live', commit: sha });
        const { envs, services, ...rest } = emulator.apps[0]?.spec ?? { name: '' };
        expect(envs).toEqual([
          ...(productionSpec.envs ?? []),
          { key: 'STATIC_URL', value: 'https://cdn.example/', scope: 'RUN_AND_BUILD_TIME', type: 'SECRET' },
        ]);
        // One that a component has already is changed there, because it goes before the app's.
        expect(services?.[0]?.envs).toEqual([{ key: 'REDIS_URL', value: 'rediss://new', scope: 'RUN_TIME' }]);
        const { envs: _, services: __, ...unchanged } = productionSpec;
        expect(rest).toEqual(unchanged);
        expect(asked()).toContain(`PUT /v2/apps/${digitalOceanApp}`);
        expect(asked()).not.toContain(`POST /v2/apps/${digitalOceanApp}/deployments`);
        expect(emulator.apps[0]?.deployments).toHaveLength(1);
      },
    );
  });

  test('are refused where a secret came back without its value, which sending would empty', () => {
    const spec = { name: 'harbour', envs: [{ key: 'SECRET_KEY', type: 'SECRET' }] };
    expect(() => withVariables(spec, { OTHER: '1' })).toThrow(/does not tell the value of the secret SECRET_KEY/);
    expect(withVariables(spec, { SECRET_KEY: 'new' }).envs).toEqual([
      { key: 'SECRET_KEY', type: 'SECRET', value: 'new' },
    ]);
  });
});

describe('the check of a DigitalOcean app', () => {
  test('says that each push deploys twice, and that a pinned app takes nothing', async () => {
    const web = { name: 'web', github: { repo: 'harbour/notes', branch: 'main', deploy_on_push: true } };
    const emulator = await startDigitalOcean({ spec: { services: [web] }, pinned: true });
    await askingHost(digitalocean, emulator, given, async ({ host, io, asked }) => {
      const warnings = await host.check?.(io);
      expect(warnings).toEqual([expect.stringMatching(/also deploys web by itself/), expect.stringMatching(/pinned/)]);
      expect(asked().every((one) => one.startsWith('GET '))).toBe(true);
    });
  });
});

describe('a DigitalOcean deployment', () => {
  test('whose place one of the same commit took, as by deploy-on-push, is followed in that one', async () => {
    const emulator = await startDigitalOcean({ heads, states: ['BUILDING', 'SUPERSEDED', 'ACTIVE'] });
    await askingHost(digitalocean, emulator, given, async ({ host, io, request }) => {
      const release = await host.trigger(request(), io);
      const twin = await host.trigger(request(), io);
      await host.status?.(release, io);
      const replaced = await host.status?.(release, io);
      expect(replaced).toMatchObject({ phase: 'running', id: twin.id });
    });
  });

  test('is cancelled, and its log shows no signed address and gives the token to nobody else', async () => {
    await askingHost(digitalocean, await startDigitalOcean({ heads }), given, async ({ host, io, request }) => {
      const release = await host.trigger(request(), io);
      await host.cancel?.(release, io);
      expect(await host.status?.(release, io)).toMatchObject({ phase: 'cancelled' });
      const lines: string[] = [];
      for await (const line of host.logs?.(release, io) ?? []) lines.push(line);
      expect(lines.at(-1)).toMatch(/No matching distribution/);
      expect(lines.join('\n')).not.toContain('signed-secret');
    });
  });

  test('of an app whose services are of several repositories is known by the component that is named', async () => {
    const options = { component: ['worker'] };
    await askingHost(
      digitalocean,
      await startDigitalOcean({ heads }),
      { ...given, options },
      async ({ host, follow }) => {
        const status = await follow(host);
        expect(status).toMatchObject({ phase: 'live' });
        expect(status).not.toHaveProperty('commit');
      },
    );
  });

  test('is not gone back to where DigitalOcean says that it cannot be', async () => {
    await askingHost(
      digitalocean,
      await startDigitalOcean({ heads }),
      given,
      async ({ host, io, request, emulator, asked }) => {
        const release = await host.trigger(request(), io);
        const deployment = emulator.apps[0]?.deployments[0];
        if (deployment) deployment.state = 'ERROR';
        const back = host.rollback?.({ id: release.id ?? '' });
        await expect(back?.trigger(request(), io)).rejects.toThrow(
          /does not go back to .*: that deployment was never live/,
        );
        expect(asked()).not.toContain(`POST /v2/apps/${digitalOceanApp}/rollback`);
      },
    );
  });
});
