import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { addTracked, atStaticRoot } from '../../../../src/project/artifact/static-place.ts';
import { tempFolder, writeFiles } from '../../../support/project.ts';

async function place() {
  const workspace = tempFolder();
  const collected = tempFolder();
  await writeFiles(workspace, { 'staticfiles/stale.css': 'old', 'staticfiles/own.css': 'own' });
  await writeFiles(collected, { 'app.css': 'app' });
  return { workspace, staticRoot: join(workspace, 'staticfiles'), collected };
}

describe('the hook behind collectstatic', () => {
  test('finds the collected files at STATIC_ROOT and writes beside them, and afterwards all is as it was', async () => {
    const given = await place();
    await atStaticRoot(given, async () => {
      expect(readdirSync(given.staticRoot)).toEqual(['app.css']);
      await writeFiles(given.staticRoot, { 'CACHE/manifest.json': '{}' });
    });
    expect(readdirSync(given.collected).sort()).toEqual(['CACHE', 'app.css']);
    expect(readdirSync(given.staticRoot).sort()).toEqual(['own.css', 'stale.css']);
    expect(readdirSync(given.workspace)).toEqual(['staticfiles']);
  });

  test('leaves no STATIC_ROOT where there was none, also where it fails', async () => {
    const given = await place();
    await rm(given.staticRoot, { recursive: true });
    await expect(atStaticRoot(given, () => Promise.reject(new Error('compress')))).rejects.toThrow('compress');
    expect(existsSync(given.staticRoot)).toBe(false);
  });

  test('changes nothing outside of the checkout', async () => {
    const given = await place();
    const staticRoot = join(tempFolder(), 'www');
    await atStaticRoot({ ...given, staticRoot }, async () => expect(existsSync(staticRoot)).toBe(false));
  });

  test('may put a folder of its own at STATIC_ROOT, and nothing is lost', async () => {
    const given = await place();
    await atStaticRoot(given, async () => {
      await rm(given.staticRoot);
      await writeFiles(given.staticRoot, { 'new.css': 'new' });
    });
    expect(lstatSync(given.staticRoot).isDirectory()).toBe(true);
    const [kept] = readdirSync(given.workspace).filter((name) => name.includes('.kept-'));
    expect(readdirSync(join(given.workspace, kept ?? ''))).toContain('stale.css');
  });
});

test('files of STATIC_ROOT that git holds are collected, too; those left over are not, and no collected file is replaced', async () => {
  const given = await place();
  await writeFiles(given.staticRoot, { 'app.css': 'not this' });
  await addTracked(given.workspace, given, ['staticfiles/own.css', 'staticfiles/app.css', 'manage.py']);
  expect(readdirSync(given.collected).sort()).toEqual(['app.css', 'own.css']);
  expect(readFileSync(join(given.collected, 'app.css'), 'utf8')).toBe('app');
});
