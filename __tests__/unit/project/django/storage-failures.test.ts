import { describe, expect, test } from '@jest/globals';
import { fatalFailure } from '../../../../src/project/django/fatal-failure.ts';
import type { Outcome } from '../../../../src/project/django/outcome.ts';
import { lookAtOutcome, storages } from '../../../support/preflight.ts';
import { projectSettings, stepFailure } from '../../../support/project.ts';

const fatal = (overrides: Parameters<typeof stepFailure>[0], more: Partial<Outcome> = {}) =>
  fatalFailure({ failures: [stepFailure(overrides)], ...more }, '/work/repo');

const storage = { alias: 'staticfiles', backend: 'shop.storage.Static', server: null };

describe('a storage that cannot be used', () => {
  test('is named, with the setting to fix', () => {
    const error = fatal({ step: 'collect', type: 'ImproperlyConfigured', message: 'no leading slash', storage });
    expect(error?.message).toContain('The storage "staticfiles" (shop.storage.Static) cannot be used: Improperly');
    expect(error?.hint).toContain('STORAGES["staticfiles"]');
  });

  test.each([
    ['that choose it', 'KeyError', 'None', 'STORAGE_DSN'],
    ['of the setting that its error names', 'ImproperlyConfigured', 'Set AWS_STORAGE_BUCKET_NAME.', 'BUCKET'],
  ])('is told with the variables %s', (_what, type, message, name) => {
    const at = { file: '/work/repo/config/settings.py', line: 3, literal: false };
    const assigned = {
      STORAGES: { ...at, variables: ['STORAGE_DSN'] },
      AWS_STORAGE_BUCKET_NAME: { ...at, variables: ['BUCKET'] },
    };
    const project = projectSettings({ assigned });
    const told = new RegExp(`It depends on ${name}, not set in this build.* by the input env: ${name}=…`);
    expect(fatal({ step: 'storage', type, message, storage }, { project })?.hint).toMatch(told);
    const media = stepFailure({ step: 'media-storage', type, message, storage: { ...storage, alias: 'default' } });
    expect(lookAtOutcome({ project, failures: [media] })[0]?.message).toMatch(told);
  });

  test('because it asks its server is told which', () => {
    const asking = { ...storage, server: 's3.example:443' };
    const error = fatal({ step: 'collect', type: 'HTTPClientError', message: 'x', storage: asking });
    expect(error?.hint).toMatch(/asks s3\.example:443 while it is made.*no cloud keys on purpose/);
  });

  test.each(['default', 'staticfiles'])('while Django starts is named too: %s', (alias) => {
    const error = fatal({ step: 'start', type: 'ValueError', message: 'x', storage: { ...storage, alias } });
    expect(error?.message).toContain(`which use the storage "${alias}"`);
  });

  test('for media stops nothing where only its server is not there', () => {
    const failures = (server: string | null) => [
      stepFailure({ step: 'media-storage', storage: { ...storage, alias: 'default', server } }),
    ];
    const levels = [null, 'a:443'].map((server) => lookAtOutcome({ failures: failures(server) })[0]?.level);
    expect(levels).toEqual(['error', 'warning']);
  });
});

test.each([
  ['botocore', 'NoCredentialsError', 'Unable to locate credentials'],
  ['google-auth', 'DefaultCredentialsError', 'Your default credentials were not found.'],
])('a cloud call of %s while Django starts: the build has no keys on purpose', (_library, type, message) => {
  expect(fatal({ step: 'start', type, message })?.hint).toMatch(/^The build has no cloud keys on purpose/);
});

describe('static files that cannot be hashed', () => {
  test('because they are not UTF-8 are named, with a command that fixes them', () => {
    const error = fatal({ step: 'collect', type: 'UnicodeDecodeError', message: 'utf-8', static_file: 'css/old.css' });
    expect(error?.message).toContain('collectstatic failed: css/old.css: UnicodeDecodeError');
    expect(error?.hint).toContain('Save css/old.css as UTF-8');
  });

  test('because they name one another are named in their order', () => {
    const failure = { step: 'collect', type: 'RuntimeError', message: 'Max post-process passes exceeded.' } as const;
    const error = fatal(failure, { cycle: ['a.css', 'b.css', 'a.css'] });
    expect(error?.message).toContain('a.css → b.css → a.css');
  });
});

test('a template that asks for a file without a name is a finding where the storage refuses that', () => {
  const templates = [{ file: '/work/repo/a.html', line: 3, name: '' }];
  const found = (empty: boolean) =>
    lookAtOutcome({
      templates,
      project: projectSettings({ static_storage: { ...storages.hashed, empty_name: empty } }),
    });
  expect(found(true)).toEqual([]);
  expect(found(false)).toMatchObject([{ level: 'error', id: 'deploy.template', at: { file: 'a.html', line: 3 } }]);
});
