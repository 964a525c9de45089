import { describe, expect, test } from '@jest/globals';
import { coolify } from '../../../../src/hosts/coolify/coolify.ts';
import { previewUrl } from '../../../../src/hosts/coolify/coolify-host.ts';
import { explainFailure, linesOf } from '../../../../src/hosts/coolify/coolify-log.ts';
import { askingHost } from '../../../support/hosts/asking.ts';
import { coolifyApp, coolifyToken, startCoolify } from '../../../support/hosts/coolify.ts';

const sha = '5ad1c8f0d0d1f9a7e3c2b6a4988f7766554433aa';
const other = '0b7e31c4a2f5d8890c1b2a3f4e5d6c7b8a990011';
const given = { service: coolifyApp, token: coolifyToken };
const heads = new Map([[0, sha]]);

describe('a deploy at Coolify', () => {
  test('leaves the settings of the application alone where they lead to the commit', async () => {
    await askingHost(coolify, await startCoolify({ heads }), given, async ({ host, follow, emulator }) => {
      expect(await follow(host)).toMatchObject({ phase: 'live', commit: sha });
      expect(emulator.commit()).toBe('HEAD');
    });
  });

  test('pins the commit where the application is pinned to another one, or where it is told to', async () => {
    await askingHost(
      coolify,
      await startCoolify({ heads, pinned: other }),
      given,
      async ({ host, follow, emulator }) => {
        expect(await follow(host)).toMatchObject({ phase: 'live', commit: sha });
        expect(emulator.commit()).toBe(sha);
      },
    );
    const options = { 'pin-commit': ['true'] };
    const moved = new Map([[0, other]]);
    await askingHost(coolify, await startCoolify({ heads: moved }), { ...given, options }, async ({ host, follow }) => {
      expect(await follow(host)).toMatchObject({ phase: 'live', commit: sha });
    });
  });

  test('sets variables of production or of previews, and no others', async () => {
    await askingHost(coolify, await startCoolify({ heads }), given, async ({ host, io, request, emulator }) => {
      await host.trigger(request({ variables: { A: 'for $5' } }), io);
      await host.preview?.(7).trigger(request({ variables: { B: '2' } }), io);
      expect([...emulator.variables]).toEqual([
        ['A', { value: 'for $5', isPreview: false }],
        ['B', { value: '2', isPreview: true }],
      ]);
    });
  });

  test('is found by its commit where the id that was told is of nothing', async () => {
    await askingHost(coolify, await startCoolify({ heads }), given, async ({ host, io, request }) => {
      const release = await host.trigger(request(), io);
      const status = await host.status?.({ ...release, id: 'dp9999999999999999999999' }, io);
      expect(status).toMatchObject({ id: release.id });
    });
  });

  test('warns where Coolify deploys by itself as well', async () => {
    const settings = { is_auto_deploy_enabled: true, is_preview_deployments_enabled: false };
    await askingHost(coolify, await startCoolify({ settings }), given, async ({ host, io }) => {
      expect(await host.check?.(io)).toEqual([expect.stringMatching(/also deploys .*Auto Deploy/)]);
      await expect(host.preview?.(7).check?.(io)).rejects.toThrow(/switched off/);
    });
  });
});

describe('the log of a Coolify deployment', () => {
  const line = (output: string, type = 'stdout', hidden = false) => ({ output, type, hidden });

  test('leaves out what Coolify hides, and takes text that is not JSON as it is', () => {
    expect(linesOf(JSON.stringify([line('docker build', 'stdout', true), line('one\ntwo\n')]))).toEqual(['one', 'two']);
    expect(linesOf('not JSON')).toEqual(['not JSON']);
    expect(linesOf(null)).toEqual([]);
    expect(linesOf('{"a": 1}')).toEqual([]);
  });

  test.each([
    ['Importing harbour/notes:main', 'the source could not be fetched: fatal'],
    ['Building docker image started.', 'the build failed: fatal'],
    ['Executing pre-deployment command', 'the pre-deployment command failed: fatal'],
    ['Rolling update started.', 'the new container did not start: fatal'],
    ['Something else', 'the deployment failed: fatal'],
  ])('says by "%s" which step failed', (begins, reason) => {
    expect(explainFailure(JSON.stringify([line(begins), line('fatal', 'stderr')]))).toBe(reason);
  });
});

test.each([
  [null, 'https://7.shop.example'],
  ['pr{{pr_id}}-{{domain}}', 'https://pr7-shop.example'],
  ['{{random}}.{{domain}}', undefined],
])('the address of a preview by the template %s', (template, url) => {
  expect(previewUrl({ fqdn: 'https://shop.example,https://www.shop.example', preview_url_template: template }, 7)).toBe(
    url,
  );
});
