import { hash } from 'node:crypto';
import { mkdir, open, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Trees of files that are the same on every machine: names, sizes and contents come from a seed. */
export interface TreeFile {
  readonly path: string;
  readonly size: number;
  readonly seed: number;
}

export type TreeName = 'small' | 'few' | 'many' | 'large';

/** mulberry32: numbers from 0 to 1 that look random and are the same every time. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A number of a normal distribution around 0 (Box-Muller). */
const normal = (random: () => number) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** What a Django static root is made of, more or less: an admin, a front-end build, an editor, icons and pictures. */
const endings = ['js', 'js', 'js', 'css', 'css', 'svg', 'svg', 'png', 'jpg', 'woff2', 'map', 'json', 'txt', 'html'];
const megabyte = 1024 * 1024;

/** 1,400 files of 2 to 200 KB mostly and some larger ones; collected, each is there twice. */
function smallTree(): TreeFile[] {
  const random = randomOf(20261122);
  return Array.from({ length: 1_400 }, (_, index) => {
    const size = Math.round(Math.min(3 * megabyte, 6_600 * Math.exp(1.55 * normal(random))));
    const ending = endings[Math.floor(random() * endings.length)];
    return { path: `app${index % 23}/part${index % 7}/file${index}.${ending}`, size, seed: index };
  });
}

function manyTree(): TreeFile[] {
  const random = randomOf(100_000);
  return Array.from({ length: 100_000 }, (_, index) => ({
    path: `folder${index % 1_000}/file${index}.${endings[index % endings.length]}`,
    size: 512 + Math.floor(random() * 3_584),
    seed: index,
  }));
}

const makers: Readonly<Record<TreeName, () => TreeFile[]>> = {
  small: smallTree,
  // As much of it as a slow line takes in a quarter of a minute.
  few: () => smallTree().slice(0, 140),
  many: manyTree,
  large: () => [{ path: 'video/film.mp4', size: 1024 * megabyte, seed: 1 }],
};

/** The files of a tree; those of one in a hundred have other contents where it is `changed`. */
export function treeFiles(name: TreeName, changed = false): TreeFile[] {
  const files = makers[name]();
  return changed ? files.map((file, at) => (at % 100 === 50 ? { ...file, seed: file.seed + 1_000_000 } : file)) : files;
}

let noise: Buffer | undefined;
/** Text that no content check takes for anything; every file is a piece of it behind a line that is its own. */
function noiseBlock(): Buffer {
  if (noise) return noise;
  const random = randomOf(7);
  const signs = 'abcdefghijklmnopqrstuvwxyz0123456789 ;{}\n';
  noise = Buffer.from(
    Array.from({ length: 4 * megabyte }, () => signs.charCodeAt(Math.floor(random() * signs.length))),
  );
  return noise;
}

/** The first box of an MP4, by which everything tells that it is one. */
const filmBeginning = Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1');

/** Bytes of a file, at most a megabyte at a time. */
export function* contentOf({ path, size, seed }: TreeFile): Generator<Buffer> {
  const block = noiseBlock();
  for (let at = 0; at < size; at += megabyte) {
    const length = Math.min(megabyte, size - at);
    const from = ((seed + at / megabyte) * 7_919) % (3 * megabyte);
    const piece = Buffer.from(block.subarray(from, from + length));
    piece.write(`/* ${seed} ${at / megabyte} */\n`.slice(0, length), 'latin1');
    if (at === 0 && path.endsWith('.mp4')) filmBeginning.copy(piece);
    yield piece;
  }
}

/** A file's name with the hash that Django's manifest storage puts into it. */
export function hashedName(path: string, content: Buffer): string {
  const dot = path.lastIndexOf('.');
  return `${path.slice(0, dot)}.${hash('md5', content).slice(0, 12)}${path.slice(dot)}`;
}

async function writeLarge(path: string, file: TreeFile): Promise<void> {
  const handle = await open(path, 'w');
  for (const piece of contentOf(file)) await handle.write(piece);
  await handle.close();
}

/** Writes files into a folder, and what collecting adds if asked: hashed copies, and returns all paths. */
async function writeFiles(folder: string, files: readonly TreeFile[], hashes: boolean): Promise<Map<string, string>> {
  const made = new Set<string>();
  const names = new Map<string, string>();
  for (const file of files) {
    const path = join(folder, file.path);
    if (!made.has(dirname(path))) await mkdir(dirname(path), { recursive: true });
    made.add(dirname(path));
    if (file.size > 8 * megabyte) {
      await writeLarge(path, file);
      continue;
    }
    const content = Buffer.concat([...contentOf(file)]);
    await writeFile(path, content);
    if (!hashes) continue;
    const hashed = hashedName(file.path, content);
    names.set(file.path, hashed);
    await writeFile(join(folder, hashed), content);
  }
  return names;
}

/** Trees as `collectstatic` leaves them, with hashed copies and a manifest. */
const isCollected = (name: TreeName) => name === 'small' || name === 'few';
const manifestName = 'staticfiles.json';
const manifestOf = (paths: Readonly<Record<string, string>>) => JSON.stringify({ paths, version: '1.1', hash: '' });

async function readManifest(folder: string): Promise<Record<string, string>> {
  return (JSON.parse(await readFile(join(folder, manifestName), 'utf8')) as { paths: Record<string, string> }).paths;
}

/** Makes a tree and returns the number of its files. */
export async function makeTree(name: TreeName, folder: string): Promise<number> {
  const files = treeFiles(name);
  const names = await writeFiles(folder, files, isCollected(name));
  if (isCollected(name)) await writeFile(join(folder, manifestName), manifestOf(Object.fromEntries(names)));
  return files.length + names.size + (isCollected(name) ? 1 : 0);
}

/**
 * Changes one file in a hundred, or changes them back: in a collected tree its hashed copy gets another name, and the manifest says
 * so, as after a new `collectstatic`.
 */
export async function changeTree(name: TreeName, folder: string, changed: boolean): Promise<void> {
  const odd = treeFiles(name, changed).filter((_, at) => at % 100 === 50);
  if (!isCollected(name)) return void (await writeFiles(folder, odd, false));
  const paths = await readManifest(folder);
  for (const { path } of odd) await rm(join(folder, paths[path] ?? ''), { force: true });
  const names = await writeFiles(folder, odd, true);
  await writeFile(join(folder, manifestName), manifestOf({ ...paths, ...Object.fromEntries(names) }));
}

/** Gives every file of a tree this time of change, as a checkout does. */
export async function touchTree(name: TreeName, folder: string, time: Date): Promise<void> {
  const paths = treeFiles(name).map(({ path }) => path);
  if (isCollected(name)) paths.push(manifestName, ...Object.values(await readManifest(folder)));
  for (const path of paths) await utimes(join(folder, path), time, time);
}
