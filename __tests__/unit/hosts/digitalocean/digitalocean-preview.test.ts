import { describe, expect, test } from '@jest/globals';
import { digitalocean } from '../../../../src/hosts/digitalocean/digitalocean.ts';
import { notCopied, previewSpec, type Spec } from '../../../../src/hosts/digitalocean/digitalocean-spec.ts';
import { askingHost } from '../../../support/hosts/asking.ts';
import {
  digitalOceanApp,
  digitalOceanToken,
  productionSpec,
  repository,
  startDigitalOcean,
} from '../../../support/hosts/digitalocean.ts';

const sha = '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa';
const given = { service: digitalOceanApp, token: digitalOceanToken };
const production = productionSpec as Spec;
const make = (base: Spec) => previewSpec(base, 'harbour-pr-7', digitalOceanApp, repository, 'feature/buoys');

describe('a preview app', () => {
  test('has databases of its own under the names that variables bind to', () => {
    const { databases, envs } = make(production);
    expect(databases).toEqual([{ name: 'db', engine: 'PG', production: false }]);
    expect(envs).toContainEqual(expect.objectContaining({ key: 'DATABASE_URL', value: `\${db.DATABASE_URL}` }));
    expect(JSON.stringify(databases)).not.toContain('harbour-db');
  });

  test.each([
    ['an encrypted value', { key: 'SECRET_KEY', value: 'EV[1:abc:def]', type: 'SECRET' }],
    ['an address with a password', { key: 'SEARCH', value: 'https://admin:hunter22@search.example' }],
    ['a name of a database', { key: 'POSTGRES_PASSWORD', value: 'hunter22' }],
    ['a name of a queue', { key: 'CELERY_BROKER', value: 'rediss://cache.example' }],
  ])('gets nothing of production that is %s', (_what, variable) => {
    const component = { name: 'web', envs: [variable] };
    const base: Spec = { name: 'harbour', envs: [variable], services: [component] };
    expect(notCopied(base)).toEqual([variable.key]);
    expect(JSON.stringify(make(base))).not.toContain(variable.value);
  });

  test('is built from its branch, deploys by this action alone, and has no domain and no timetable', () => {
    const nightly = { name: 'nightly', kind: 'SCHEDULED' };
    const other = { name: 'docs', github: { repo: 'harbour/docs', branch: 'main', deploy_on_push: true } };
    const base: Spec = {
      ...production,
      jobs: [...(production.jobs ?? []), nightly],
      static_sites: [other],
      vpc: { id: 'v' },
    };
    const { domains, services, jobs, static_sites: sites, ...rest } = make(base);
    expect(domains).toBeUndefined();
    expect(rest).not.toHaveProperty('vpc');
    expect(services?.[0]).toMatchObject({
      github: { branch: 'feature/buoys', deploy_on_push: false },
      instance_count: 1,
    });
    expect(jobs?.map(({ name }) => name)).toEqual(['migrate']);
    expect(sites?.[0]?.github).toEqual({ repo: 'harbour/docs', branch: 'main', deploy_on_push: false });
  });

  test('is refused where production has a database that has no development form', () => {
    const base: Spec = { name: 'harbour', databases: [{ name: 'cache', engine: 'REDIS', production: true }] };
    expect(() => make(base)).toThrow(/The database cache is REDIS/);
  });

  test('gets the variables of the run, also those that are secret in production', async () => {
    await askingHost(digitalocean, await startDigitalOcean(), given, async ({ host, io, request, emulator }) => {
      const preview = host.preview?.(7);
      await preview?.trigger(request({ variables: { SECRET_KEY: 'of-the-preview', PULL_REQUEST: '7' } }), io);
      expect(emulator.apps[1]?.spec.envs).toContainEqual(
        expect.objectContaining({ key: 'SECRET_KEY', value: 'of-the-preview', type: 'SECRET' }),
      );
      expect(emulator.apps[0]?.spec).toEqual(productionSpec);
    });
  });

  test('keeps what somebody set in it by hand', async () => {
    await askingHost(digitalocean, await startDigitalOcean(), given, async ({ host, io, request, emulator }) => {
      const preview = host.preview?.(7);
      await preview?.trigger(request(), io);
      const app = emulator.apps[1];
      if (!app) throw new Error('there is no preview');
      const own = { key: 'STRIPE_KEY', value: 'EV[1:x:y]', scope: 'RUN_TIME', type: 'SECRET' };
      app.spec = { ...app.spec, envs: [...(app.spec.envs ?? []), own] };
      await preview?.trigger(request({ branch: 'feature/renamed' }), io);
      expect(app.spec.envs).toContainEqual(own);
      expect(app.spec.services?.[0]?.github?.branch).toBe('feature/renamed');
    });
  });

  test('of the same name that somebody else made is neither deployed to nor deleted', async () => {
    await askingHost(digitalocean, await startDigitalOcean(), given, async ({ host, io, request, emulator }) => {
      const preview = host.preview?.(7);
      await preview?.trigger(request(), io);
      const app = emulator.apps[1];
      if (app) app.spec = { ...productionSpec, name: 'harbour-pr-7' };
      await expect(preview?.trigger(request(), io)).rejects.toThrow(/that this action did not make/);
      expect(await preview?.destroy(request(), io)).toMatchObject({ outcome: 'left' });
      expect(emulator.apps).toHaveLength(2);
    });
  });

  test('needs a branch, and a component of this repository', async () => {
    await askingHost(digitalocean, await startDigitalOcean(), given, async ({ host, io, request, emulator }) => {
      const preview = host.preview?.(7);
      await expect(preview?.trigger(request({ branch: undefined }), io)).rejects.toThrow(/built from a branch/);
      await expect(preview?.trigger(request({ repository: 'acme/other' }), io)).rejects.toThrow(
        /No component .* acme\/other/,
      );
      expect(emulator.apps).toHaveLength(1);
    });
  });

  test('has its URL only when DigitalOcean tells it', async () => {
    const heads = new Map([['feature/buoys', sha]]);
    await askingHost(digitalocean, await startDigitalOcean({ heads }), given, async ({ host, io, follow }) => {
      const preview = host.preview?.(7);
      if (!preview) throw new Error('there are no previews');
      expect(await preview.check?.(io)).toHaveLength(1);
      const status = await follow(preview, { branch: 'feature/buoys' });
      expect(status).toMatchObject({ phase: 'live', commit: sha, url: 'https://harbour-pr-7-x1y2.ondigitalocean.app' });
    });
  });
});
