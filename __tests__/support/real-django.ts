import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureVenv, systemPython, type Venv } from '../../demo/parts/python.ts';
import type { DeployError } from '../../src/core/errors.ts';
import { buildEnvironment } from '../../src/project/checkout/build-environment.ts';
import { runDjango } from '../../src/project/django/django.ts';
import { fatalFailure } from '../../src/project/django/fatal-failure.ts';
import type { Outcome } from '../../src/project/django/outcome.ts';
import type { PreflightOptions } from '../../src/project/preflight/finding-places.ts';
import { preflight } from '../../src/project/preflight/preflight.ts';
import type { Finding } from '../../src/report/finding.ts';
import { runnerExec } from '../../src/runner/runner-exec.ts';
import { shellIO, tempFolder, writeFiles } from './project.ts';
import { readSteps } from './steps.ts';

const run = promisify(execFile);

/** The oldest Django that is looked after, the long-term one, and the newest, each with the Pythons that it takes. */
const versions = [
  { django: 'Django~=4.2.0', python: [3, 8], before: [3, 13] },
  { django: 'Django~=5.2.0', python: [3, 10], before: [3, 15] },
  { django: 'Django>=6.0', python: [3, 12], before: [3, 15] },
] as const;

export interface RealDjango {
  /** A requirement. */
  readonly django: string;
  readonly interpreter: string;
}

/** Every interpreter of the machine: that of the PATH first, then those which pyenv keeps. */
async function interpreters(): Promise<{ program: string; version: readonly [number, number] }[]> {
  const kept = join(homedir(), '.pyenv', 'versions');
  const names = existsSync(kept) ? readdirSync(kept).filter((name) => /^3\.\d+\./.test(name)) : [];
  const own = names.map((name) => join(kept, name, 'bin', 'python'));
  const found = [await systemPython(), ...own.filter((path) => existsSync(path))].map(async (program) => {
    const { stdout } = await run(program, ['-c', 'import sys; print(*sys.version_info[:2])']);
    const [major = 0, minor = 0] = stdout.split(' ').map(Number);
    return { program, version: [major, minor] as const };
  });
  return Promise.all(found);
}

/** The versions of Django that the machine's interpreters take; one Python alone takes at least one of them. */
export async function realDjangos(): Promise<RealDjango[]> {
  const all = await interpreters();
  return versions.flatMap(({ django, python, before }) => {
    const fits = all.find(
      ({ version: [major, minor] }) => major === 3 && minor >= python[1] && minor < before[1] && python[0] === 3,
    );
    return fits ? [{ django, interpreter: fits.program }] : [];
  });
}

/** The one of them that most projects have: where a test is about a library, one version is enough. */
export async function usualDjango(): Promise<RealDjango> {
  const all = await realDjangos();
  const usual = all.find(({ django }) => django.includes('5.2')) ?? all[0];
  if (!usual)
    throw new Error('No Python of this machine takes a Django that is looked after. Install Python 3.10 or newer.');
  return usual;
}

/** What the build learns of a project. */
export interface Look {
  readonly outcome: Outcome;
  readonly findings: Finding[];
  readonly fatal: DeployError | undefined;
  /** What the project printed. */
  readonly log: string;
  readonly env: Readonly<Record<string, string>>;
  find(id: string): Finding | undefined;
}

export interface LookRequest {
  readonly env?: Readonly<Record<string, string>>;
  readonly options?: Partial<PreflightOptions>;
  /** Relative to the project. */
  readonly managePy?: string;
  /** What git holds, relative to the project. */
  readonly tracked?: readonly string[];
}

/** Runs the steps inside of a project's own Django, without install and bundle, and the preflight on what they found. */
export async function look(
  venv: Venv,
  root: string,
  { env, options, managePy, tracked }: LookRequest = {},
): Promise<Look> {
  const io = shellIO(runnerExec);
  const python = {
    program: venv.python,
    env: buildEnvironment({ ...process.env, CI: 'true', GITHUB_ACTIONS: 'true' }, { ...env }),
  };
  const request = {
    managePy: join(root, managePy ?? 'manage.py'),
    projectRoot: root,
    workspace: root,
    scratch: tempFolder(),
    checks: true,
    migrations: true,
    tracked: tracked ?? [],
    given: Object.keys(env ?? {}),
  };
  const ran = await runDjango(io, readSteps(), python, request);
  const { outcome } = ran;
  const findings = preflight(outcome, {
    workspace: root,
    bucket: undefined,
    staticPrefix: undefined,
    url: undefined,
    ...options,
  });
  return {
    outcome,
    findings,
    fatal: fatalFailure(outcome, root),
    log: io.shown(),
    env: ran.python.env,
    find: (id) => findings.find((one) => one.id === id),
  };
}

/** What a team adds to `startproject` before its first deploy; tests append to it what is peculiar about theirs. */
const settings = `
import os
DEBUG = False
ALLOWED_HOSTS = ["shop.example"]
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
INSTALLED_APPS += ["pages"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
if "MAILERS" in globals():
    MAILERS["default"]["BACKEND"] = "django.core.mail.backends.smtp.EmailBackend"
`;

/** `django-admin startproject site1` with one app, and files of one's own over it. */
export async function generate(
  venv: Venv,
  peculiar = '',
  files: Readonly<Record<string, string>> = {},
  folder = '.',
): Promise<string> {
  const root = join(tempFolder(), folder);
  await writeFiles(root, { 'pages/__init__.py': '', 'pages/static/pages/home.css': 'p { color: #123 }\n' });
  await run(venv.program('django-admin'), ['startproject', 'site1', root]);
  const { stdout } = await run(venv.python, ['-c', 'print(open("site1/settings.py").read())'], { cwd: root });
  await writeFiles(root, { 'site1/settings.py': `${stdout.trimEnd()}\n${settings}${peculiar}`, ...files });
  return root;
}

/** Packages whose storages projects name. */
export const storagePackages = [
  'django-storages[s3,google]==1.14.6',
  'whitenoise==6.9.0',
  'django-compressor==4.5.1',
  'collectfasta',
];

export const venvOf = ({ django, interpreter }: RealDjango, packages: readonly string[] = []): Promise<Venv> =>
  ensureVenv([django, ...packages], interpreter);
