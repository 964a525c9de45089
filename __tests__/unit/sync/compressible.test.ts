import { describe, expect, test } from '@jest/globals';
import { isCompressible } from '../../../src/sync/compressible.ts';
import { contentType } from '../../../src/sync/content-type.ts';

const compressible = (path: string, size = 1_000) => isCompressible(contentType(path, undefined), size);

describe('compressed may be', () => {
  test.each(
    'html css js mjs json map svg xml xhtml rss atom txt csv md vtt ics webmanifest geojson wasm ttf otf eot gltf'.split(
      ' ',
    ),
  )('.%s', (end) => {
    expect(compressible(`a.${end}`)).toBe(true);
  });
});

describe('never compressed is what is so already, or unknown:', () => {
  test.each(
    'png jpg gif webp avif woff woff2 mp4 webm mp3 ogg flac pdf zip gz tgz br docx epub glb usdz bin exe'.split(' '),
  )('.%s', (end) => {
    expect(compressible(`a.${end}`)).toBe(false);
  });

  test('a file without a name for its type', () => {
    expect(compressible('blob')).toBe(false);
  });
});

test('nothing at all, and more than fits into memory, stay as they are', () => {
  const limit = 64 * 1024 * 1024;
  expect([0, 1, limit, limit + 1].map((size) => compressible('a.css', size))).toEqual([false, true, true, false]);
});
