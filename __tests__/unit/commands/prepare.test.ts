import { describe, expect, test } from '@jest/globals';
import { warnOfSecrets } from '../../../src/commands/prepare.ts';
import type { BuildStage } from '../../../src/commands/stages/build-stage.ts';
import { destinationOf } from '../../../src/commands/stages/destination-of-run.ts';
import type { DeployError } from '../../../src/core/errors.ts';
import type { Inputs } from '../../../src/inputs/inputs.ts';
import { Secret } from '../../../src/lib/secret.ts';
import type { StorageSettings } from '../../../src/project/django/storage-shape.ts';
import { failure, projectSettings } from '../../support/project.ts';
import { createRun } from '../../support/run.ts';

const runWith = (inputs: Partial<Inputs>) => createRun({ inputs: { host: 'none', ...inputs } });

const remote: StorageSettings = {
  backend: 'storages.backends.s3.S3ManifestStaticStorage',
  local: false,
  hashed: true,
  strict: true,
  remote: { kind: 's3', bucket: 'theirs', endpoint: 'https://elsewhere.example', region: 'x1', location: 'assets' },
};

const built = (overrides: Partial<BuildStage> = {}): BuildStage =>
  ({
    outcome: {
      project: projectSettings({ static_storage: remote }),
      failures: [],
      collected: { root: '/w/static', manifest: null },
    },
    ...overrides,
  }) as BuildStage;

describe('with an artifact of another job', () => {
  test('no bucket of its settings gets this job’s credentials, and the error says what to type', async () => {
    const error = await failure<DeployError>(() => destinationOf(runWith({ artifact: 'a' }), built()));
    expect(error).toMatchObject({
      code: 'INVALID_INPUTS',
      message: expect.stringContaining('bucket, endpoint, region'),
    });
    expect(error.hint).toContain('bucket: theirs, endpoint: https://elsewhere.example, region: x1');
  });

  test('an endpoint is not taken from them either, where the bucket is given', async () => {
    const error = await failure<DeployError>(() => destinationOf(runWith({ artifact: 'a', bucket: 'ours' }), built()));
    expect(error.message).toContain('another job read: endpoint, region must be set here');
  });

  test('names of files are, where the bucket is given', () => {
    const own = { artifact: 'a', bucket: 'ours', endpoint: 'https://s3.example', region: 'r1' };
    expect(destinationOf(runWith(own), built())).toMatchObject({
      bucket: { name: 'ours', endpoint: 'https://s3.example', region: 'r1' },
      static: { folder: '/w/static', prefix: 'assets/' },
      media: undefined,
    });
  });

  test('media is that which came along', () => {
    const own = { artifact: 'a', bucket: 'ours', endpoint: 'https://s3.example', region: 'r1' };
    expect(destinationOf(runWith(own), built({ mediaFolder: '/w/media' })).media).toEqual({
      folder: '/w/media',
      prefix: 'media/',
    });
  });
});

test('without one, the bucket is that of the settings', () => {
  expect(destinationOf(runWith({}), built()).bucket).toMatchObject({ name: 'theirs' });
});

describe('secrets that "command: build" is given', () => {
  test('are warned of by name', () => {
    const hostInputs = { service: undefined, token: new Secret('t'), deployHook: undefined, options: {} };
    const run = runWith({ command: 'build', secretAccessKey: new Secret('s'), hostInputs });
    warnOfSecrets(run);
    expect(run.lines).toEqual([expect.stringContaining('Give secret-access-key, host-token to the step that deploys')]);
  });

  test('are not warned of where there are none', () => {
    const run = runWith({ command: 'build' });
    warnOfSecrets(run);
    expect(run.lines).toEqual([]);
  });
});
