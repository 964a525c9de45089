import { describe, expect, test } from '@jest/globals';
import { noProject, planDestination } from '../../../src/plan/destination.ts';
import { createContext } from '../../support/context.ts';
import { createInputs } from '../../support/fakes.ts';
import { remoteStorage } from '../../support/settings.ts';

const plan = (project: Partial<typeof noProject>, inputs: Parameters<typeof createInputs>[0] = {}) =>
  planDestination(createInputs(inputs), createContext(), 'production', { ...noProject, ...project }, '/static');

const form = { headers: { cacheControl: 'max-age=5' }, acl: 'public-read', encryption: 'aws:kms:k', unsent: [] };
const local = { backend: 'whitenoise.storage.X', local: true, hashed: true, strict: true };

describe('what the storages say', () => {
  test('an empty location is the root of the bucket, whatever STATIC_URL is', () => {
    const statics = remoteStorage({ bucket: 'a', location: '' });
    expect(plan({ static_storage: statics, static_url: 'static/' }).static?.prefix).toBe('');
  });

  test('objects, compression and encryption come along with the folder', () => {
    const statics = remoteStorage({
      bucket: 'a',
      location: 's',
      gzip: { types: ['text/css'], always: true },
      objects: { forms: [form], names: {} },
    });
    expect(plan({ static_storage: statics }).static?.storage).toEqual({
      objects: { forms: [{ headers: form.headers, acl: 'public-read' }], names: {} },
      gzip: { types: ['text/css'], below: Number.MAX_SAFE_INTEGER },
      encryption: 'aws:kms:k',
    });
  });

  test('the address of static files is that of the storage, and not STATIC_URL', () => {
    const sample = { name: 'a/ü.css', url: 'https://cdn.example/s/a/%C3%BC.css', signed: false };
    const statics = { ...remoteStorage({ bucket: 'b', location: 's' }), sample };
    expect(plan({ static_storage: statics, static_url: '/static/' }).staticUrl).toBe('https://cdn.example/s/');
  });

  test('a storage without an S3 API names no bucket', () => {
    const azure = { ...remoteStorage({}), remote: { kind: 'other' as const, bucket: 'c' } };
    expect(plan({ static_storage: azure }).bucket).toBeUndefined();
  });
});

describe('two buckets', () => {
  const statics = remoteStorage({ bucket: 'assets', location: '' });
  const media = remoteStorage({ bucket: 'uploads', endpoint: 'https://fra1.digitaloceanspaces.com', location: '' });
  const both = { static_storage: statics, media_storage: media, media_root: '/media' };

  test('media goes into the bucket of its own storage', () => {
    const target = plan(both, { mediaDir: 'auto' });
    expect([target.bucket?.name, target.media?.bucket?.name, target.media?.bucket?.endpoint]).toEqual([
      'assets',
      'uploads',
      'https://fra1.digitaloceanspaces.com',
    ]);
    expect(plan(both, { mediaDir: 'auto', bucket: 'assets' }).media?.bucket?.name).toBe('uploads');
  });

  test('where both storages name one bucket, an input that names another stands for both', () => {
    const same = { ...both, media_storage: remoteStorage({ bucket: 'assets', location: 'media' }) };
    const target = plan(
      { ...same, static_storage: remoteStorage({ bucket: 'assets', location: 'static' }) },
      {
        mediaDir: 'auto',
        bucket: 'staging',
      },
    );
    expect([target.bucket?.name, target.media?.bucket]).toEqual(['staging', undefined]);
  });

  test('a bucket for media alone gets no static files', () => {
    const target = plan({ ...both, static_storage: local }, { mediaDir: 'auto' });
    expect([target.bucket?.name, target.static, target.media?.prefix]).toEqual(['uploads', undefined, '']);
  });
});

test('an ACL that gives the owner rights goes with every write, and others do not', () => {
  const owner = plan({}, { bucket: 'a', acl: 'bucket-owner-full-control' });
  expect(owner.bucket?.ownerAcl).toBe('bucket-owner-full-control');
  expect(plan({}, { bucket: 'a', acl: 'public-read' }).bucket).toEqual({
    name: 'a',
    endpoint: undefined,
    region: undefined,
  });
});
