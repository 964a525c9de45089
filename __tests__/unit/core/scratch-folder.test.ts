import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { makeScratch, removeScratch } from '../../../src/core/scratch-folder.ts';
import { tempFolder } from '../../support/project.ts';

test('the folder of a run is made below the folder of the job, and taken away whole', async () => {
  const env = { RUNNER_TEMP: tempFolder() };
  const scratch = await makeScratch(env);
  expect(dirname(scratch)).toBe(env.RUNNER_TEMP);
  expect(basename(scratch)).toMatch(/^deploy-django-/);
  mkdirSync(join(scratch, 'a/b'), { recursive: true });
  await removeScratch(scratch, env);
  expect(existsSync(scratch)).toBe(false);
  await removeScratch(scratch, env);
});

// The path comes back from the runner through a file that the project's code can find.
test.each([
  ['another folder of the job', (temp: string) => join(temp, 'checkout')],
  ['a folder elsewhere with such a name', () => join(tempFolder(), 'deploy-django-x')],
  ['a folder behind the one of a run', (temp: string) => join(temp, 'deploy-django-x/../checkout')],
  ['a folder inside the one of a run', (temp: string) => join(temp, 'deploy-django-x/inside')],
  ['the folder of the job', (temp: string) => temp],
])('%s is not taken away', async (_, pathIn) => {
  const env = { RUNNER_TEMP: tempFolder() };
  const path = pathIn(env.RUNNER_TEMP);
  mkdirSync(path, { recursive: true });
  await removeScratch(path, env);
  expect(existsSync(path)).toBe(true);
});

test('a link or a file with such a name is left, with what it leads to', async () => {
  const env = { RUNNER_TEMP: tempFolder() };
  const target = tempFolder();
  const [link, file] = [join(env.RUNNER_TEMP, 'deploy-django-link'), join(env.RUNNER_TEMP, 'deploy-django-file')];
  symlinkSync(target, link);
  writeFileSync(file, '');
  for (const path of [link, file]) await removeScratch(path, env);
  expect([target, link, file].every((path) => existsSync(path))).toBe(true);
});
