import type { ProjectSettings } from '../../src/project/django/settings-shape.ts';
import type { RemoteStorage, StorageSettings } from '../../src/project/django/storage-shape.ts';

/** What the probe says of a project that was made with startproject, with some of it changed. */
export function createSettings(overrides: Partial<ProjectSettings> = {}): ProjectSettings {
  return {
    django: '5.2',
    python: '3.13',
    settings_module: 'config.settings',
    settings_file: null,
    chosen_by_manage_py: false,
    siblings: [],
    assigned: {},
    overridden: [],
    old_storages: {},
    debug: false,
    allowed_hosts: ['shop.example'],
    csrf_trusted_origins: [],
    csrf: true,
    ssl_redirect: false,
    proxy_ssl_header: true,
    whitenoise: false,
    static_url: '/static/',
    static_root: '/app/staticfiles',
    media_url: '/media/',
    media_root: '/app/media',
    static_storage: null,
    media_storage: null,
    ...overrides,
  };
}

/** A storage of django-storages that puts files there. */
export function remoteStorage(remote: Omit<RemoteStorage, 'kind'>): StorageSettings {
  return {
    backend: 'storages.backends.s3.S3Storage',
    local: false,
    hashed: true,
    strict: true,
    remote: { kind: 's3', ...remote },
  };
}
