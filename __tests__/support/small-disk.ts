import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A disk of its own; GitHub's machines give the right to mount one by sudo. */
export interface SmallDisk {
  readonly folder: string;
  /** Leaves no byte free. */
  fill(): Promise<void>;
  makeReadOnly(): Promise<void>;
  remove(): Promise<void>;
}

const asRoot = (program: string, ...args: string[]) =>
  process.getuid?.() === 0 ? run(program, args) : run('sudo', ['--non-interactive', program, ...args]);

/** @param size As mount takes it: `2m`. */
export async function smallDisk(size: string): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), 'deploy-django-disk-'));
  await asRoot('mount', '-t', 'tmpfs', '-o', `size=${size},mode=777`, 'tmpfs', folder);
  return {
    folder,
    async fill() {
      await writeFile(join(folder, 'filler'), Buffer.alloc(1 << 30)).catch(() => undefined);
    },
    makeReadOnly: async () => void (await asRoot('mount', '-o', 'remount,ro', folder)),
    async remove() {
      await asRoot('umount', folder);
      await rm(folder, { recursive: true });
    },
  };
}
