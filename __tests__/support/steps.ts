import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Steps } from '../../src/project/django/django.ts';

/** Folder of the Python files that run inside Django. */
export const stepsFolder = join(import.meta.dirname, '..', '..', 'src', 'project', 'python');

/** The Python files as they stand in the sources, without a bundle. */
export const readSteps = (): Steps =>
  Object.fromEntries(
    readdirSync(stepsFolder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.py'))
      .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(stepsFolder, path), 'utf8')]),
  );
