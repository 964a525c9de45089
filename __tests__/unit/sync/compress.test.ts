import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { type CompressRequest, compressFiles, gzipped } from '../../../src/sync/compress.ts';
import { never } from '../../support/fakes.ts';
import { md5 } from '../../support/md5.ts';
import { tempFolders } from '../../support/sync.ts';

const folder = tempFolders();

/** Bytes that nothing makes smaller, and as many zeros behind them, of which next to nothing is left. */
const mixed = (random: number, zeros: number) =>
  Buffer.concat([createHash('shake256', { outputLength: random }).update('seed').digest(), Buffer.alloc(zeros)]);

/** Files on disk, and what is asked for them. */
async function requests(contents: Readonly<Record<string, string | Uint8Array>>) {
  const root = await folder(contents);
  const asked: CompressRequest[] = Object.entries(contents).map(([path, content]) => ({
    path,
    file: `${root}/${path}`,
    md5: md5(content),
  }));
  return { root, asked, into: `${root}/packed/0` };
}

describe('gzip', () => {
  test('gives the same bytes for the same bytes, without a time or a system in them', async () => {
    const [one, other] = [await gzipped(Buffer.from('a'.repeat(500))), await gzipped(Buffer.from('a'.repeat(500)))];
    expect(one.equals(other)).toBe(true);
    // RFC 1952, 2.3.1: MTIME 0 is none, OS 255 is unknown.
    expect([one.readUInt32LE(4), one[9]]).toEqual([0, 255]);
    expect(gunzipSync(one).toString()).toBe('a'.repeat(500));
  });
});

describe('files', () => {
  test('are compressed into a folder, with the size and the MD5 of what is stored', async () => {
    const { asked, into } = await requests({ 'css/a.css': 'body {} '.repeat(100) });
    const packed = (await compressFiles(asked, 0.95, into, never)).get('css/a.css');
    const bytes = await readFile(packed?.file ?? '');
    expect(gunzipSync(bytes).toString()).toBe('body {} '.repeat(100));
    expect(packed).toMatchObject({ size: bytes.length, md5: md5(bytes) });
    expect(packed?.modified).toBe((await stat(packed?.file ?? '')).mtimeMs);
    expect(packed?.file.startsWith(`${into}/`)).toBe(true);
  });

  test.each([
    ['that gain nothing', 10_000, 0, false],
    ['that gain less than 5 %', 10_000, 400, false],
    ['that gain more than 5 %', 10_000, 1_000, true],
  ])('%s: %i bytes of noise and %i zeros', async (_what, random, zeros, smaller) => {
    const { asked, into } = await requests({ 'a.css': mixed(random, zeros) });
    const packed = (await compressFiles(asked, 0.95, into, never)).get('a.css');
    expect(packed !== null).toBe(smaller);
    expect(await readdir(into)).toHaveLength(smaller ? 1 : 0);
  });

  test('of the same content are compressed once for all', async () => {
    const text = 'x'.repeat(1_000);
    const { asked, into } = await requests({ 'a.js': text, 'a.b8f2.js': text, 'b.js': 'y'.repeat(1_000) });
    const packed = await compressFiles(asked, 0.95, into, never);
    expect(packed.get('a.js')).toEqual(packed.get('a.b8f2.js'));
    expect(packed.get('a.js')?.md5).not.toBe(packed.get('b.js')?.md5);
    expect(await readdir(into)).toHaveLength(2);
  });

  test.each<[string, (file: string) => Promise<void>]>([
    ['changed', (file) => writeFile(file, 'z'.repeat(1_000))],
    ['deleted', (file) => rm(file)],
  ])('that were %s since they were read are refused by name', async (_how, change) => {
    const { root, asked, into } = await requests({ 'a.css': 'x'.repeat(1_000) });
    await change(`${root}/a.css`);
    await expect(compressFiles(asked, 0.95, into, never)).rejects.toMatchObject({
      code: 'UPLOAD_FAILED',
      message: 'a.css changed while it was being uploaded.',
    });
  });

  test('are left alone after a cancellation', async () => {
    const { asked, into } = await requests({ 'a.css': 'x'.repeat(1_000) });
    const reason = new Error('cancelled');
    await expect(compressFiles(asked, 0.95, into, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(await readdir(into)).toEqual([]);
  });
});
