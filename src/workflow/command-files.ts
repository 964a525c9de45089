import { randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Variables with the paths of the files in which the runner takes commands from a step. */
const variables = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STEP_SUMMARY'] as const;

export type CommandFile = (typeof variables)[number];

/**
 * What this step says in the runner's files of commands, and nothing else. The project's code does not get their names,
 * and it can find them all the same: they are in a folder of the same user.
 */
export interface CommandFiles {
  append(file: CommandFile, text: string): void;
  /** Undoes what others wrote, and returns the names of the files that they wrote to. */
  undoOthers(): readonly CommandFile[];
}

/** A value as the runner reads it from GITHUB_OUTPUT and GITHUB_STATE. Nobody can guess the line that ends it. */
export function namedValue(name: string, value: string): string {
  const end = `end-${randomUUID()}`;
  return `${name}<<${end}\n${value}\n${end}\n`;
}

/** What a warning says of the files that somebody else wrote to. */
export const undone = (files: readonly CommandFile[]): string =>
  `The project's code wrote to ${files.join(', ')}, where a step commands the runner. It was undone; write there in a step of your own.`;

function holds(path: string, content: Buffer): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return content.length === 0;
  return stat.isFile() && stat.size === content.length && readFileSync(path).equals(content);
}

function write(path: string, content: Buffer): void {
  // A link, a folder or a pipe may stand in its place.
  if (!lstatSync(path, { throwIfNoEntry: false })?.isFile()) rmSync(path, { recursive: true, force: true });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** Puts back what was in a file that a full disk takes no more of: half a value would be one that the runner refuses. */
function restore(path: string, content: Buffer): Buffer {
  try {
    write(path, content);
    return content;
  } catch {
    return lstatSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path) : Buffer.alloc(0);
  }
}

/** The files as they are now: what is in them counts as written by this step. */
export function openCommandFiles(environment: Readonly<Record<string, string | undefined>>): CommandFiles {
  const files = new Map<CommandFile, { readonly path: string; content: Buffer }>();
  for (const variable of variables) {
    const path = environment[variable];
    if (!path) continue;
    const known = lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
    files.set(variable, { path, content: known ? readFileSync(path) : Buffer.alloc(0) });
  }
  const touched = new Set<CommandFile>();
  const look = () => {
    for (const [name, { path, content }] of files) {
      if (holds(path, content)) continue;
      touched.add(name);
      write(path, content);
    }
  };
  return {
    append(name, text) {
      look();
      const file = files.get(name);
      if (!file) return;
      const content = Buffer.concat([file.content, Buffer.from(text)]);
      try {
        write(file.path, content);
        file.content = content;
      } catch (error) {
        file.content = restore(file.path, file.content);
        throw error;
      }
    },
    undoOthers() {
      look();
      const names = [...touched];
      touched.clear();
      return names;
    },
  };
}
