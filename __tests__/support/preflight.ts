import type { CheckMessage, Outcome } from '../../src/project/django/outcome.ts';
import type { Serving } from '../../src/project/django/serving-shape.ts';
import type { ProjectSettings } from '../../src/project/django/settings-shape.ts';
import type { StorageSettings } from '../../src/project/django/storage-shape.ts';
import type { PreflightOptions } from '../../src/project/preflight/finding-places.ts';
import { preflight } from '../../src/project/preflight/preflight.ts';
import type { Finding } from '../../src/report/finding.ts';
import { projectSettings } from './project.ts';

/** Static files of the project's go here, where a test says so. */
export const bucket = { name: 'assets', endpoint: 'https://nyc3.digitaloceanspaces.com', region: undefined };

const usual: PreflightOptions = { workspace: '/work/repo', bucket: undefined, staticPrefix: undefined, url: undefined };

/** What the preflight finds in an outcome. */
export const lookAtOutcome = (outcome: Partial<Outcome>, options: Partial<PreflightOptions> = {}): Finding[] =>
  preflight({ failures: [], ...outcome }, { ...usual, ...options });

/** What it finds in a project that has these settings and no other fault. */
export const lookAtSettings = (
  settings: Partial<ProjectSettings>,
  options: Partial<PreflightOptions> = {},
): Finding[] => lookAtOutcome({ project: projectSettings(settings) }, options);

export const checkMessage = (overrides: Partial<CheckMessage>): CheckMessage => ({
  level: 30,
  id: 'shop.W001',
  text: 'Something is odd.',
  hint: null,
  object: null,
  file: null,
  line: null,
  ...overrides,
});

/** Storages as the probe describes them. */
export const storages = {
  plain: {
    backend: 'django.contrib.staticfiles.storage.StaticFilesStorage',
    local: true,
    hashed: false,
    strict: false,
  },
  hashed: { backend: 'shop.storage.Manifest', local: true, hashed: true, strict: true },
  remote: { backend: 'storages.backends.s3.S3ManifestStaticStorage', local: false, hashed: true, strict: true },
} satisfies Record<string, StorageSettings>;

/** WhiteNoise as its documentation sets it up. */
export const whiteNoise: Serving = {
  server: 'whitenoise',
  prefix: 'WHITENOISE',
  middleware: {
    server: 'whitenoise',
    path: 'whitenoise.middleware.WhiteNoiseMiddleware',
    before: ['django.middleware.security.SecurityMiddleware'],
    security_behind: false,
  },
  wrapper: null,
  view: null,
  compressed: true,
  asgi: false,
  flags: {},
  max_age: null,
  root: null,
  immutable: [],
  late_runserver: false,
};
