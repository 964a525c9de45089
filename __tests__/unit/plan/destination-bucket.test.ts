import { describe, expect, test } from '@jest/globals';
import type { Inputs } from '../../../src/inputs/inputs.ts';
import { noProject, planDestination } from '../../../src/plan/destination.ts';
import type { ProjectSettings } from '../../../src/project/django/settings-shape.ts';
import { createContext } from '../../support/context.ts';
import { createInputs } from '../../support/fakes.ts';
import { createSettings, remoteStorage } from '../../support/settings.ts';

const spaces = 'https://nyc3.digitaloceanspaces.com';

const target = (inputs: Partial<Inputs>, settings: Partial<ProjectSettings> = {}, collected?: string) =>
  planDestination(createInputs(inputs), createContext(), 'production', createSettings(settings), collected);

describe('static files go', () => {
  test.each<[string, Partial<Inputs>, Partial<ProjectSettings>, string]>([
    ['where static-prefix says', { staticPrefix: '/v2/static' }, { static_url: '/other/' }, 'v2/static/'],
    ['into the root, where static-prefix says so', { staticPrefix: '/' }, {}, ''],
    ['where STATIC_URL leads to', {}, { static_url: '/assets/' }, 'assets/'],
    ['to the usual place where no browser can read STATIC_URL', {}, { static_url: 'https://<cdn>/web/' }, 'static/'],
    ['where STATIC_URL leads to on a CDN', {}, { static_url: 'https://cdn.example.com/web/' }, 'web/'],
    ['where STATIC_URL leads to, path style', {}, { static_url: `${spaces}/shop/web/` }, 'web/'],
    [
      'where the storage puts them',
      {},
      {
        static_url: 'https://cdn.example.com/',
        static_storage: remoteStorage({ bucket: 'shop', location: 'site/static' }),
      },
      'site/static/',
    ],
    [
      'into the root, where the storage does so',
      {},
      { static_storage: remoteStorage({ bucket: 'shop', location: '' }) },
      '',
    ],
    ['to static/, where nothing says where', {}, { static_url: null }, 'static/'],
    ['to static/, where the app serves them at its root', {}, { static_url: '/' }, 'static/'],
    [
      'into the root, where STATIC_URL is the bucket’s own address',
      {},
      { static_url: 'https://shop.nyc3.digitaloceanspaces.com/' },
      '',
    ],
  ])('%s', (_, inputs, settings, prefix) => {
    const planned = target({ bucket: 'shop', endpoint: spaces, ...inputs }, settings, '/tmp/collected');
    expect(planned.static).toEqual({ folder: '/tmp/collected', prefix });
  });

  test('from static-dir instead of what was collected', () => {
    expect(target({ bucket: 'shop', staticDir: 'dist' }, {}, '/tmp/collected').static?.folder).toBe('dist');
  });

  test('nowhere, where nothing was collected', () => {
    expect(target({ bucket: 'shop' }).static).toBeUndefined();
  });
});

describe('media goes', () => {
  const media = (inputs: Partial<Inputs>, settings: Partial<ProjectSettings> = {}) =>
    target({ bucket: 'shop', endpoint: spaces, ...inputs }, settings).media;

  test('nowhere unless asked for', () => {
    expect(media({})).toBeUndefined();
  });

  test.each<[string, Partial<Inputs>, Partial<ProjectSettings>, { folder: string; prefix: string }]>([
    ['out of MEDIA_ROOT', { mediaDir: 'auto' }, {}, { folder: '/app/media', prefix: 'media/' }],
    ['out of a folder', { mediaDir: 'uploads' }, {}, { folder: 'uploads', prefix: 'media/' }],
    ['where media-prefix says', { mediaDir: 'm', mediaPrefix: 'files' }, {}, { folder: 'm', prefix: 'files/' }],
    [
      'where MEDIA_URL leads to',
      { mediaDir: 'm' },
      { media_url: 'https://cdn.example.com/u/' },
      { folder: 'm', prefix: 'u/' },
    ],
    [
      'where its storage puts it',
      { mediaDir: 'm' },
      { media_storage: remoteStorage({ bucket: 'shop', location: 'up' }) },
      { folder: 'm', prefix: 'up/' },
    ],
  ])('%s', (_, inputs, settings, expected) => {
    expect(media(inputs, settings)).toEqual(expected);
  });

  test('from no MEDIA_ROOT is a mistake that says what to type', () => {
    expect(() => media({ mediaDir: 'auto' }, { media_root: null })).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUTS',
        message: 'media-dir is auto, and the settings have no MEDIA_ROOT.',
        hint: expect.stringContaining('media-dir'),
      }),
    );
  });
});

describe('static files and media stay apart', () => {
  const both = (staticPrefix: string, mediaPrefix: string) => () =>
    target({ bucket: 'shop', staticPrefix, mediaPrefix, mediaDir: 'm' }, {}, '/tmp/collected');

  test.each([
    ['files', 'files'],
    ['files', 'files/media'],
    ['files/static', 'files'],
    ['/', 'media'],
    ['static', '/'],
  ])('%s and %s are refused', (one, other) => {
    expect(both(one, other)).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUTS',
        hint: expect.stringContaining('static-prefix and media-prefix'),
      }),
    );
  });

  test.each([
    ['static', 'static-media'],
    ['files/static', 'files/media'],
    ['static', 'media'],
  ])('%s and %s are not', (one, other) => {
    expect(both(one, other)).not.toThrow();
  });
});

describe('the bucket', () => {
  const settings = {
    static_storage: remoteStorage({ bucket: 'from-settings', endpoint: spaces, region: 'nyc3', location: 'static' }),
  };

  test.each<[string, Partial<Inputs>, Partial<ProjectSettings>, object]>([
    ['of the settings', {}, settings, { name: 'from-settings', endpoint: spaces, region: 'nyc3' }],
    [
      'of the inputs, before the settings',
      { bucket: 'b', endpoint: 'https://s3.example.com', region: 'eu' },
      settings,
      { name: 'b', endpoint: 'https://s3.example.com', region: 'eu' },
    ],
    ['of the inputs alone is at AWS', { bucket: 'b' }, {}, { name: 'b', endpoint: undefined, region: undefined }],
    [
      'of the media’s storage, where media is asked for',
      { mediaDir: 'auto' },
      { media_storage: remoteStorage({ bucket: 'uploads', location: 'media' }) },
      { name: 'uploads', endpoint: undefined, region: undefined },
    ],
  ])('%s', (_, inputs, given, expected) => {
    expect(target(inputs, given).bucket).toEqual(expected);
  });

  test('of the inputs is all that a sync of folders needs', () => {
    const inputs = createInputs({ bucket: 'b', endpoint: spaces, staticDir: 'dist', mediaDir: 'uploads' });
    expect(planDestination(inputs, createContext(), 'production', noProject, undefined)).toMatchObject({
      bucket: { name: 'b', endpoint: spaces, region: undefined },
      static: { folder: 'dist', prefix: 'static/' },
      media: { folder: 'uploads', prefix: 'media/' },
      staticUrl: undefined,
      mediaUrl: undefined,
    });
  });

  test('of the media’s storage is not taken where no media is asked for', () => {
    const planned = target({}, { media_storage: remoteStorage({ bucket: 'uploads' }) }, '/tmp/collected');
    expect(planned).toMatchObject({ bucket: undefined, static: undefined, media: undefined });
  });

  test.each<[string, Partial<Inputs>]>([
    ['static-dir', { staticDir: 'dist' }],
    ['media-dir', { mediaDir: 'm' }],
  ])('is missed where %s is set', (input, inputs) => {
    expect(() => target(inputs)).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUTS',
        message: `${input} is set, and there is no bucket to put it into.`,
      }),
    );
  });
});

describe('addresses', () => {
  test('are as the settings write them, or on the site', () => {
    const planned = target({ url: 'https://example.com' }, { static_url: 'https://cdn.example.com/s/' });
    expect(planned.staticUrl).toBe('https://cdn.example.com/s/');
    expect(planned.mediaUrl).toBe('https://example.com/media/');
    expect(target({}).staticUrl).toBeUndefined();
  });

  test('of the site’s own files are the site’s, the settings’, and both forms of the bucket’s', () => {
    const { origins } = target(
      { url: 'https://example.com', bucket: 'shop', endpoint: spaces },
      { static_url: 'https://cdn.example.com/s/' },
    );
    expect([...origins].sort()).toEqual([
      'https://cdn.example.com',
      'https://example.com',
      'https://nyc3.digitaloceanspaces.com',
      'https://shop.nyc3.digitaloceanspaces.com',
    ]);
  });

  test('of a bucket at AWS are known without an endpoint', () => {
    expect([...target({ bucket: 'shop', region: 'eu-west-1' }).origins]).toEqual([
      'https://shop.s3.amazonaws.com',
      'https://shop.s3.eu-west-1.amazonaws.com',
      'https://shop.s3.dualstack.eu-west-1.amazonaws.com',
    ]);
    expect([...target({ bucket: 'shop', region: 'cn-north-1' }).origins]).toContain(
      'https://shop.s3.cn-north-1.amazonaws.com.cn',
    );
  });
});

describe('the region', () => {
  const ambient = { region: 'us-west-1', endpoint: undefined };
  test.each<[string, Partial<Inputs>, Partial<ProjectSettings>, string | undefined]>([
    ['of the environment counts at AWS', { ambient }, {}, 'us-west-1'],
    [
      'of the environment counts at a server that nobody knows',
      { ambient, endpoint: 'https://s3.example.com' },
      {},
      'us-west-1',
    ],
    ['of the environment does not count at another vendor', { ambient, endpoint: spaces }, {}, undefined],
    ['of the input counts everywhere', { ambient, endpoint: spaces, region: 'nyc3' }, {}, 'nyc3'],
    [
      'of the settings counts before the environment',
      { ambient },
      { static_storage: remoteStorage({ bucket: 'shop', region: 'eu-west-3' }) },
      'eu-west-3',
    ],
  ])('%s', (_what, inputs, settings, region) => {
    expect(target({ bucket: 'shop', ...inputs }, settings).bucket?.region).toBe(region);
  });
});

test('the endpoint of the environment counts after input and settings', () => {
  const ambient = { region: undefined, endpoint: 'https://s3.example.com' };
  expect(target({ bucket: 'shop', ambient }).bucket?.endpoint).toBe('https://s3.example.com');
  expect(target({ bucket: 'shop', ambient, endpoint: spaces }).bucket?.endpoint).toBe(spaces);
});

test('encryption of the input goes with every write, whatever the storage says', () => {
  expect(target({ bucket: 'shop', encryption: 'aws:kms' }).bucket?.encryption).toBe('aws:kms');
});
