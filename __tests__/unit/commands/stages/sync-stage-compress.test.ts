import { readdir, rm } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import type { Inputs } from '../../../../src/inputs/inputs.ts';
import { type HeaderRule, parseRule } from '../../../../src/sync/header-rules.ts';
import { memoryStore } from '../../../support/fakes.ts';
import { hashedName, tempFolders } from '../../../support/sync.ts';
import { prepareStage } from '../../../support/sync-stage.ts';

const folder = tempFolders();
const text = 'body { margin: 0 }\n'.repeat(50);
const name = hashedName('a.css', text);
const contents = {
  [`static/${name}`]: text,
  'static/a.css': text,
  'static/short.css': 'a{}',
  'static/logo.png': text,
  'static/staticfiles.json': JSON.stringify({ filler: text }),
};

/** One run, and what it compressed. */
async function run(
  root: string,
  store: ReturnType<typeof memoryStore>,
  inputs: Partial<Inputs> = { compress: 'gzip' },
) {
  await rm(`${root}/.scratch`, { recursive: true, force: true });
  const { sync } = await prepareStage(root, store, { names: [name], inputs });
  const { result } = await sync();
  const compressed = await readdir(`${root}/.scratch/gzip/0`).catch(() => []);
  return { result, compressed: compressed.length };
}

const encodings = (store: ReturnType<typeof memoryStore>) =>
  Object.fromEntries(
    [...store.objects]
      .filter(([key]) => key.startsWith('static/'))
      .map(([key, { headers }]) => [key.replace('static/', ''), headers.contentEncoding]),
  );

const plain = { 'logo.png': undefined, 'short.css': undefined, 'staticfiles.json': undefined };

describe('with compress: gzip', () => {
  test('text is stored compressed and says so; what gains nothing, images and the manifest are not', async () => {
    const store = memoryStore();
    await run(await folder(contents), store);
    expect(encodings(store)).toEqual({ ...plain, 'a.css': 'gzip', [name]: 'gzip' });
    expect(gunzipSync(store.objects.get('static/a.css')?.body ?? Buffer.alloc(0)).toString()).toBe(text);
    expect(store.objects.get(`static/${name}`)?.headers.cacheControl).toContain('immutable');
    expect(store.text('static/short.css')).toBe('a{}');
  });

  test('later runs send nothing and compress nothing, because the ledger proves it', async () => {
    const root = await folder(contents);
    const store = memoryStore();
    expect((await run(root, store)).compressed).toBe(1);
    const puts = store.puts.length;
    for (const _ of ['second', 'third']) {
      expect(await run(root, store)).toEqual({ result: '0 uploads (0 B), 5 unchanged', compressed: 0 });
    }
    expect([store.puts.length - puts, store.heads]).toEqual([0, []]);
  });

  test('what was stored before that was asked for is compressed and sent again', async () => {
    const root = await folder(contents);
    const store = memoryStore();
    await run(root, store, {});
    expect(encodings(store)).toEqual({ ...plain, 'a.css': undefined, [name]: undefined });
    await run(root, store);
    expect(encodings(store)).toEqual({ ...plain, 'a.css': 'gzip', [name]: 'gzip' });
    expect(await run(root, store)).toEqual({ result: '0 uploads (0 B), 5 unchanged', compressed: 0 });
  });

  test('what is there compressed is known again without a ledger', async () => {
    const root = await folder(contents);
    const store = memoryStore();
    await run(root, store);
    store.objects.delete('.deploy-django/production.json');
    const puts = store.puts.filter((key) => key.startsWith('static/')).length;
    expect((await run(root, store)).result).toBe('0 uploads (0 B), 5 unchanged');
    expect(store.puts.filter((key) => key.startsWith('static/'))).toHaveLength(puts);
  });

  test('files whose encoding a rule sets are sent as they are', async () => {
    const store = memoryStore();
    const headers = [parseRule('*.css Content-Encoding: br') as HeaderRule];
    expect((await run(await folder(contents), store, { compress: 'gzip', headers })).compressed).toBe(0);
    expect(store.objects.get('static/a.css')?.headers.contentEncoding).toBe('br');
    expect(store.text('static/a.css')).toBe(text);
  });
});

test('without it, what was stored compressed is stored as it is again', async () => {
  const root = await folder(contents);
  const store = memoryStore();
  await run(root, store);
  expect(await run(root, store, {})).toMatchObject({ compressed: 0 });
  expect(encodings(store)).toEqual({ ...plain, 'a.css': undefined, [name]: undefined });
  expect(store.text('static/a.css')).toBe(text);
});
