import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { privilegedEvents } from '../../event/trust.ts';
import type { InstallerKind } from './choose-installer.ts';

/** GitHub's cache for packages, as far as this run may use it. It never fails: one that does not work is not there. */
export interface PackageCache {
  /** Folder that is kept between runs; undefined where this run has no cache. */
  readonly folder: string | undefined;
  /** Fills the folder from the entry of this key, else from the newest whose key begins with `prefix`; returns its key. */
  restore(key: string, prefix: string, signal: AbortSignal): Promise<string | undefined>;
  /** Has the folder saved under this key at the end of the job, so that no deploy waits for it. */
  saveAtEnd(key: string): void;
}

/** What a run may do with the cache. */
export type CacheAccess = 'none' | 'read' | 'write';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * GitHub keeps the cache of each branch and pull request apart: a pull request reads that of its base and writes its own.
 * Only runs in the name of the default branch that a stranger causes could leave something behind for all.
 */
export function cacheAccess(env: Environment): CacheAccess {
  const url = env.ACTIONS_RESULTS_URL || env.ACTIONS_CACHE_URL;
  if (!env.ACTIONS_RUNTIME_TOKEN || !url || !env.RUNNER_TEMP) return 'none';
  return privilegedEvents.has(env.GITHUB_EVENT_NAME ?? '') ? 'read' : 'write';
}

/** Folder that is kept between runs, the same on every machine of a kind; undefined where this run has no cache. */
export const cacheFolder = (env: Environment): string | undefined =>
  cacheAccess(env) === 'none' ? undefined : join(env.RUNNER_TEMP ?? '', 'deploy-django-packages');

const keyStart = 'deploy-django-';

/** Whether a key is one of this action's. */
export const isCacheKey = (key: string): boolean => key.startsWith(keyStart);

const variables = {
  uv: 'UV_CACHE_DIR',
  pip: 'PIP_CACHE_DIR',
  poetry: 'POETRY_CACHE_DIR',
  pdm: 'PDM_CACHE_DIR',
  pipenv: 'PIPENV_CACHE_DIR',
} as const;

/** The variables by which the tools keep their files in the folder. */
export const cacheVariables = (folder: string): Record<string, string> =>
  Object.fromEntries(Object.entries(variables).map(([tool, name]) => [name, join(folder, tool)]));

/**
 * Whether an earlier step keeps the packages of this installer by itself, as astral-sh/setup-uv does: what it set stays,
 * and nothing is kept twice.
 */
export function isKeptElsewhere(kind: InstallerKind, env: Environment): boolean {
  const tool = kind === 'requirements' || kind === 'project' || kind === 'pixi' ? 'uv' : kind;
  return Boolean(env[variables[tool]]);
}

export interface CacheContents {
  readonly kind: InstallerKind;
  /** `3.12` */
  readonly python: string;
  /** What tells machines apart on which a compiled package differs. */
  readonly machine: string;
  /** The lock file, or all files of requirements, and what else says what is kept. */
  readonly files: readonly Uint8Array[];
}

/** The name of the machine's image, where the runner says it, with its processor. */
export const machineOf = (env: Environment): string =>
  [env.ImageOS || process.platform, process.arch].join('-').replace(/[^\w.-]/g, '');

/** The key under which packages are kept, and the part that those of an older lock file share with it. */
export function cacheKey({ kind, python, machine, files }: CacheContents): { key: string; prefix: string } {
  const hash = createHash('sha256');
  for (const file of files) hash.update(createHash('sha256').update(file).digest());
  const prefix = `${keyStart}2-${machine}-py${python}-${kind}-`;
  return { key: prefix + hash.digest('hex'), prefix };
}
