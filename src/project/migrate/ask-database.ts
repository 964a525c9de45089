import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DeployError } from '../../core/errors.ts';
import type { Secret } from '../../lib/secret.ts';
import type { ShellIO } from '../checkout/shell.ts';
import type { Steps } from '../django/django.ts';
import type { Python } from '../install/python.ts';
import { type MigrationOutcome, readMigrationOutcome } from './migration-outcome.ts';

/** The project whose databases are migrated, as its build left it. */
export interface Migrated {
  /** The interpreter with the environment in which Django started. */
  readonly python: Python;
  /** Absolute paths. */
  readonly managePy: string;
  readonly projectRoot: string;
  /** Folder of the collected static files. */
  readonly staticRoot: string;
  /** Variables that have made-up values in its environment. */
  readonly madeUp: readonly string[];
}

export interface DatabaseRequest {
  readonly mode: 'look' | 'run';
  /** What the project's process gets as DATABASE_URL; undefined where its environment or its settings name the database. */
  readonly url: Secret | undefined;
  /** Who holds the lock, for those that wait for it. */
  readonly holder: string;
  /** Milliseconds to wait for another run. */
  readonly wait: number;
  /** Folder for the request and the outcome. */
  readonly scratch: string;
}

/** Bytes. The facts of 2,000 operations are some 3 MB. */
const largestOutcome = 64 * 1024 * 1024;

async function readAnswer(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (!found || found.size > largestOutcome) return '';
  return readFile(path, 'utf8').catch(() => '');
}

/**
 * Starts the project once to look at its databases, or to migrate them. The URL goes by the environment of that process, and
 * into no file.
 * @throws DeployError MIGRATION_FAILED where the process left no outcome.
 */
export async function askDatabase(
  io: ShellIO,
  steps: Steps,
  { python, managePy, projectRoot, staticRoot }: Migrated,
  { mode, url, holder, wait, scratch }: DatabaseRequest,
): Promise<MigrationOutcome> {
  await mkdir(scratch, { recursive: true });
  for (const [path, text] of Object.entries(steps)) {
    const file = join(scratch, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  const [asked, answered] = [join(scratch, 'request.json'), join(scratch, `${mode}.json`)];
  await writeFile(answered, '');
  const request = {
    mode,
    manage_py: managePy,
    project_root: projectRoot,
    static_root: staticRoot,
    outcome: answered,
    holder,
    lock_wait: wait / 1_000,
  };
  await writeFile(asked, JSON.stringify(request));
  const env = { PYTHONHASHSEED: '0', ...python.env, ...(url ? { DATABASE_URL: url.reveal() } : {}) };
  const args = [join(scratch, 'django_migrate.py'), asked];
  const exit = await io.exec({ program: python.program, args, cwd: projectRoot, env }, io.show, io.signal);
  const text = await readAnswer(answered);
  const { value, wrong } = readMigrationOutcome(text);
  if (value && (value.finished || value.failures.length > 0 || (value.databases ?? []).length > 0)) return value;
  const broken = wrong !== undefined && text !== '' ? ` Its outcome is invalid: ${wrong}.` : '';
  throw new DeployError(
    'MIGRATION_FAILED',
    `manage.py ended with exit code ${exit} before Django asked the database.${broken}`,
    {
      hint: exit === 137 ? 'The system ended it: it ran out of memory.' : 'What it printed stands above.',
    },
  );
}
