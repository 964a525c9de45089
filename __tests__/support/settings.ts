import type { ProjectSettings, StorageSettings } from '../../src/build/outcome.ts';

/** What the probe says of a project that was made with startproject, with some of it changed. */
export function createSettings(overrides: Partial<ProjectSettings> = {}): ProjectSettings {
  return {
    django: '5.2',
    python: '3.13',
    settings_module: 'config.settings',
    settings_file: null,
    debug: false,
    static_url: '/static/',
    static_root: '/app/staticfiles',
    media_url: '/media/',
    media_root: '/app/media',
    static_storage: null,
    media_storage: null,
    dead_staticfiles_storage: false,
    ...overrides,
  };
}

/** A storage of django-storages that puts files there. */
export function remoteStorage(remote: NonNullable<StorageSettings['remote']>): StorageSettings {
  return { backend: 'storages.backends.s3.S3Storage', local: false, hashed: true, remote };
}
