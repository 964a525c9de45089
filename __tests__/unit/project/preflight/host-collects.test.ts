import { describe, expect, test } from '@jest/globals';
import type { ProjectSettings } from '../../../../src/project/django/settings-shape.ts';
import type { PreflightOptions } from '../../../../src/project/preflight/finding-places.ts';
import { fromDisabled, fromHostCollects } from '../../../../src/project/preflight/host-collects.ts';
import { bucket, storages } from '../../../support/preflight.ts';
import { projectSettings } from '../../../support/project.ts';

const host = { title: 'Render', takesArtifact: false, collectsStatic: false };
const hostEnv = ['DISABLE_COLLECTSTATIC'];

type Given = [settings: Partial<ProjectSettings>, options: Partial<PreflightOptions>];

function look(from: typeof fromDisabled, [settings, options]: Given) {
  const usual = { workspace: '/work/repo', bucket: undefined, staticPrefix: undefined, url: undefined, releases: true };
  return from(projectSettings(settings), { ...usual, ...options });
}

const served = { whitenoise: true, static_storage: storages.hashed };
const manifest = { whitenoise: false, static_storage: storages.hashed };

describe('a host that has to collect the static files, too', () => {
  test.each<[string, Given, RegExp]>([
    ['serves them', [served, { host }], /does not go to Render, and every page answers 500/],
    [
      'serves them without hashes',
      [{ ...served, static_storage: storages.plain }, { host }],
      /every page lacks its files/,
    ],
    [
      'reads their manifest',
      [manifest, { bucket, host }],
      /Manifest reads staticfiles\.json.* Let the build at Render/,
    ],
    ['reads their manifest, and a hook says nothing', [manifest, { bucket }], /unless it gets the artifact/],
    [
      'reads their manifest, and is kept from collecting',
      [manifest, { bucket, host: { ...host, collectsStatic: true }, hostEnv }],
      /Let the build at Render/,
    ],
  ])('is told so where the app %s', (_when, given, message) => {
    expect(look(fromHostCollects, given)).toMatchObject([
      { level: 'notice', id: 'deploy.host-collectstatic', message: expect.stringMatching(message) },
    ]);
  });

  test.each<[string, Given]>([
    ['it runs the artifact, and the app serves', [served, { host: { ...host, takesArtifact: true } }]],
    [
      'it runs the artifact, and the app reads the manifest',
      [manifest, { bucket, host: { ...host, takesArtifact: true } }],
    ],
    ['it collects unasked, and the app serves', [served, { host: { ...host, collectsStatic: true } }]],
    [
      'it collects unasked, and the app reads the manifest',
      [manifest, { bucket, host: { ...host, collectsStatic: true } }],
    ],
    ['nobody is asked to deploy', [manifest, { bucket, host, releases: false }]],
    [
      'the storage has no manifest',
      [
        { ...manifest, static_storage: storages.plain },
        { bucket, host },
      ],
    ],
    [
      'the manifest is in the bucket',
      [
        { ...manifest, static_storage: storages.remote },
        { bucket, host },
      ],
    ],
  ])('is told nothing where %s', (_when, given) => {
    expect(look(fromHostCollects, given)).toEqual([]);
  });
});

test('a variable that keeps a host from collecting is a warning, and told once', () => {
  const given: Given = [served, { host: { ...host, collectsStatic: true }, hostEnv }];
  expect(look(fromDisabled, given)).toMatchObject([{ level: 'warning', id: 'deploy.host-collectstatic' }]);
  expect(look(fromHostCollects, given)).toEqual([]);
});
