import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { bucketSettings, type Project, startProject } from './django-project.ts';

/** Where the malicious code runs, in the order of a build. */
export const places = ['setup', 'build-command', 'manage', 'settings', 'post-build-command'] as const;
/** Those of them that leave a process behind; what pip starts has no hold of our pipes. */
const lingering = places.slice(1);

/** What the malicious code found in one place. */
export interface Loot {
  readonly environment: Readonly<Record<string, string>>;
  /** Environments of other processes with the word in them. */
  readonly others: readonly { readonly path: string; readonly text: string }[];
  /** The runner's files of commands that it wrote to. */
  readonly files: readonly string[];
  /** Whether the word is in the action's memory; null where it did not look or was not let. */
  readonly inMemory: boolean | null;
}

/** A Django project whose every piece of code that a build runs is malicious, and which builds all the same. */
export interface MaliciousProject extends Project {
  /** Every secret that the project's code must never see has to hold this word. */
  readonly secretWord: string;
  /** Every value that the build is given, and that nobody else may be shown, has to hold this word. */
  readonly privateWord: string;
  /** The inputs that run the rest of the code: `build-command`, `post-build-command`. */
  readonly inputs: Readonly<Record<string, string>>;
  loot(): Promise<Readonly<Record<string, Loot>>>;
  /** Forgets what was found, so that what runs after it shows. */
  forget(): Promise<void>;
  /** Whether a program that the code put in front of git was run. */
  ranFakeGit(): boolean;
  /** Waits until what the code left running has lost its pipes. */
  silenced(): Promise<void>;
}

const mischief = join(import.meta.dirname, '..', 'fixtures', 'malicious', 'mischief.py');

async function arm(folder: string, target: object): Promise<void> {
  await mkdir(folder, { recursive: true });
  await copyFile(mischief, join(folder, 'mischief.py'));
  await writeFile(join(folder, 'target.json'), JSON.stringify(target));
}

/** @param staticUrl Address of the static files in the test's bucket. */
export async function startMalicious(staticUrl: string): Promise<MaliciousProject> {
  const project = await startProject();
  const loot = await mkdtemp(join(tmpdir(), 'deploy-django-loot-'));
  const word = randomBytes(8).toString('hex');
  const [secretWord, privateWord] = [`canary-${word}`, `private-${word}`];
  const hex = (text: string) => Buffer.from(text).toString('hex');
  const target = { loot, secretWord: hex(secretWord), urlSecret: hex(`${privateWord}-url`) };
  await arm(project.folder, target);
  await arm(join(project.folder, 'evil'), target);
  const atHome = 'import os, sys\nsys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))\nimport mischief\n';
  await project.write(
    'evil/setup.py',
    `${atHome}mischief.run("setup", late=False)\nfrom setuptools import setup\nsetup(name="evil", version="1", py_modules=[])\n`,
  );
  await project.append('requirements.txt', './evil\n');
  const managePy = await readFile(join(project.folder, 'manage.py'), 'utf8');
  await project.write('manage.py', `import mischief\nmischief.run("manage")\n${managePy}`);
  await project.append('site1/settings.py', `${bucketSettings(staticUrl)}import mischief\nmischief.run("settings")\n`);
  return {
    ...project,
    secretWord,
    privateWord,
    inputs: {
      'build-command': 'python mischief.py build-command --long',
      'post-build-command': 'python mischief.py post-build-command --memory',
    },
    async loot() {
      const found: Record<string, Loot> = {};
      for (const name of await readdir(loot)) {
        if (!name.endsWith('.json')) continue;
        found[name.slice(0, -'.json'.length)] = JSON.parse(await readFile(join(loot, name), 'utf8')) as Loot;
      }
      return found;
    },
    async forget() {
      for (const name of await readdir(loot)) await rm(join(loot, name));
    },
    ranFakeGit: () => existsSync(join(loot, 'git')),
    async silenced() {
      for (const place of lingering) while (!existsSync(join(loot, `${place}.late`))) await delay(50);
    },
    async remove() {
      await project.remove();
      await rm(loot, { recursive: true, force: true });
    },
  };
}
