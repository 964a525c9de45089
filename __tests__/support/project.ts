import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from '@jest/globals';
import type { Command, Exec } from '../../src/core/ports.ts';
import { createRedactor } from '../../src/lib/secret.ts';
import type { ShellIO } from '../../src/project/checkout/shell.ts';
import type { StepFailure } from '../../src/project/django/outcome.ts';
import type { ProjectSettings } from '../../src/project/django/settings-shape.ts';
import { never } from './fakes.ts';
import { createSettings } from './settings.ts';

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder outside every repository, which goes away after the tests of the file. */
export function tempFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'build-test-')));
  made.push(folder);
  return folder;
}

/** Writes text files by their path below a folder. */
export async function writeFiles(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

/** The environment of git in tests: nobody's own configuration, one author. */
export const gitEnv: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? '',
  HOME: tmpdir(),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
};

/** Runs git and returns what it printed, without the last line break. */
export function git(root: string, ...args: string[]): string {
  const options = ['-c', 'protocol.file.allow=always', '-c', 'advice.detachedHead=false'];
  return execFileSync('git', [...options, ...args], { cwd: root, env: gitEnv, stdio: 'pipe' })
    .toString()
    .trimEnd();
}

/** Commits everything that is in the folder, at a time in seconds since the epoch. */
export function commit(root: string, time = 1_750_000_000): void {
  const date = `${time} +0000`;
  const env = { ...gitEnv, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  git(root, 'add', '--all');
  execFileSync('git', ['commit', '--quiet', '--message', 'A change'], { cwd: root, env });
}

/** A repository in a folder of its own, with these files in one commit. */
export async function repository(files: Readonly<Record<string, string>>, time?: number): Promise<string> {
  const root = tempFolder();
  git(root, 'init', '--quiet', '--initial-branch', 'main');
  await writeFiles(root, files);
  commit(root, time);
  return root;
}

export interface CommandResult {
  /** 0 where absent. */
  readonly exit?: number;
  readonly output?: string;
}

/** What a shell says of a program that is not there. */
export const missing: CommandResult = { exit: 127 };

/** Runs nothing: asks a function what each command does, and keeps the commands. Undefined is success in silence. */
export function fakeExec(
  reply: (command: Command) => CommandResult | undefined | Promise<CommandResult | undefined>,
): Exec & { commands: Command[] } {
  const commands: Command[] = [];
  const exec: Exec = async (command, onOutput, signal) => {
    signal.throwIfAborted();
    commands.push(command);
    const { exit = 0, output } = (await reply(command)) ?? {};
    if (output !== undefined) onOutput(Buffer.from(output), 'stdout');
    return exit;
  };
  return Object.assign(exec, { commands });
}

/** What the build's commands run with, and what they showed. */
export function shellIO(exec: Exec, signal: AbortSignal = never): ShellIO & { shown(): string } {
  const chunks: Uint8Array[] = [];
  return {
    exec,
    signal,
    redactor: createRedactor(),
    show: (chunk) => void chunks.push(chunk),
    shown: () => Buffer.concat(chunks).toString('utf8'),
  };
}

/** The error that a function throws or a promise rejects with. */
export async function failure<T extends Error = Error>(work: () => unknown): Promise<T> {
  try {
    await work();
  } catch (error) {
    return error as T;
  }
  throw new Error('Nothing was thrown.');
}

/** Settings of a project with hashed names and a folder of its own for them, below /work/repo. */
export const projectSettings = (overrides: Partial<ProjectSettings> = {}): ProjectSettings =>
  createSettings({
    settings_file: '/work/repo/config/settings.py',
    static_root: '/work/repo/staticfiles',
    static_storage: {
      backend: 'django.contrib.staticfiles.storage.ManifestStaticFilesStorage',
      local: true,
      hashed: true,
      strict: true,
    },
    ...overrides,
  });

/** A step of Django's that raised. */
export function stepFailure(overrides: Partial<StepFailure> = {}): StepFailure {
  return {
    step: 'start',
    type: 'ValueError',
    import_error: null,
    message: 'It broke',
    variables: [],
    database: false,
    frames: [],
    ...overrides,
  };
}
