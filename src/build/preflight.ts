import type { Place } from '../errors.ts';
import { below } from '../lib/paths.ts';
import { listSome, plural } from '../lib/text.ts';
import type { CheckMessage, ModelChanges, Outcome, ProjectSettings, StepFailure } from './outcome.ts';

/** One thing that the preflight found. */
export interface Finding {
  readonly level: 'error' | 'warning';
  /** Django's id (`security.W018`), or ours (`deploy.migrations`). */
  readonly id: string;
  readonly message: string;
  readonly at?: Place;
}

/** What of the request decides how bad a finding is. */
export interface PreflightOptions {
  /** Absolute, real path of the checkout, which places are relative to. */
  readonly workspace: string;
  /** Static files go to a bucket, not out through the app. */
  readonly toBucket: boolean;
}

function place(options: PreflightOptions, file: string | null | undefined, line?: number | null): { at?: Place } {
  if (!file) return {};
  const path = below(options.workspace, file);
  return path === undefined ? {} : { at: { file: path, ...(line ? { line } : {}) } };
}

function fromCheck(
  message: CheckMessage,
  settings: ProjectSettings | undefined,
  options: PreflightOptions,
): Finding | undefined {
  if (message.level < 30) return undefined;
  const object = message.object ? `${message.object}: ` : '';
  const hint = message.hint ? ` ${message.hint}` : '';
  // Security checks are about settings and name no file, so the settings module is where they are mended.
  const file = message.file ?? (message.id?.startsWith('security.') ? settings?.settings_file : null);
  return {
    level: message.level >= 40 ? 'error' : 'warning',
    id: message.id ?? 'check',
    message: `${object}${message.text}${hint}`,
    ...place(options, file, message.line),
  };
}

function fromMigrations(migrations: ModelChanges, options: PreflightOptions): Finding[] {
  const changes = migrations.changes.map(({ app, own, file, operations }): Finding => {
    const what = `Models of "${app}" have changes that no migration holds: ${listSome(operations, 4)}.`;
    const todo = own
      ? `Run "python manage.py makemigrations ${app}" and commit the file, or set migrate to off.`
      : 'It is an installed package: often a DEFAULT_AUTO_FIELD that differs from the one it was made with.';
    // Nobody can add a migration to a package that they only install, so that does not stop a deploy.
    return {
      level: own ? 'error' : 'warning',
      id: 'deploy.migrations',
      message: `${what} ${todo}`,
      ...place(options, file),
    };
  });
  const conflicts = Object.entries(migrations.conflicts).map(([app, names]): Finding => {
    const message = `Migrations of "${app}" have more than one end: ${names.join(', ')}. Run "python manage.py makemigrations --merge".`;
    return { level: 'error', id: 'deploy.migration-conflict', message };
  });
  return [...changes, ...conflicts];
}

function fromSettings(settings: ProjectSettings, options: PreflightOptions): Finding[] {
  const found: Finding[] = [];
  const at = place(options, settings.settings_file);
  const storage = settings.static_storage;
  if (settings.dead_staticfiles_storage) {
    const message = `Django ${settings.django} ignores STATICFILES_STORAGE without a word, so names get no hashes. Write STORAGES["staticfiles"] = {"BACKEND": "…"} instead.`;
    found.push({ level: 'error', id: 'deploy.staticfiles-storage', message, ...at });
  }
  if (!settings.static_root && storage?.local) {
    const advice = 'Set it, for example STATIC_ROOT = BASE_DIR / "staticfiles".';
    if (storage.hashed || !options.toBucket) {
      const why = storage.hashed
        ? 'the app reads its manifest of hashed names there'
        : 'the app has to serve the files from there';
      found.push({
        level: 'error',
        id: 'deploy.static-root',
        message: `STATIC_ROOT is not set, and ${why}. ${advice}`,
        ...at,
      });
    } else {
      const message = `STATIC_ROOT is not set, so the files were collected to a temporary folder. ${advice}`;
      found.push({ level: 'warning', id: 'deploy.static-root', message, ...at });
    }
  }
  if (options.toBucket && storage && !storage.hashed) {
    const message = `${storage.backend} puts no hashes into names, so browsers ask again for every file and no page proves which release it is. Use a manifest storage.`;
    found.push({ level: 'warning', id: 'deploy.no-hashes', message, ...at });
  }
  return found;
}

const needsDatabase = (failure: StepFailure): boolean =>
  /OperationalError|ProgrammingError|InterfaceError/.test(failure.type) ||
  /no such table|could not connect/i.test(failure.message);

/** A step that raised: no finding of the project's state, but the state could not be looked at. */
function fromFailure(failure: StepFailure, options: PreflightOptions): Finding {
  const step = failure.step === 'checks' ? 'check --deploy' : 'makemigrations --check';
  const off = failure.step === 'checks' ? 'checks' : 'migrate';
  const advice = needsDatabase(failure)
    ? `It asks the database. Give it one by the input env, for example DATABASE_URL=sqlite://:memory:, or set ${off} to off.`
    : `Mend it, or set ${off} to off.`;
  const last = failure.frames.at(-1);
  return {
    level: 'error',
    id: `deploy.${failure.step}`,
    message: `${step} could not run: ${failure.type}: ${failure.message}. ${advice}`,
    ...place(options, last?.file, last?.line),
  };
}

const severity = (finding: Finding): number => (finding.level === 'error' ? 0 : 1);

/** Everything that the preflight found, the worst first, and the same for the same project on every run. */
export function preflight(outcome: Outcome, options: PreflightOptions): Finding[] {
  const failed = outcome.failures.filter(({ step }) => step === 'checks' || step === 'migrations');
  const found = [
    ...failed.map((failure) => fromFailure(failure, options)),
    ...(outcome.project ? fromSettings(outcome.project, options) : []),
    ...(outcome.migrations ? fromMigrations(outcome.migrations, options) : []),
    ...(outcome.checks ?? []).flatMap((message) => fromCheck(message, outcome.project, options) ?? []),
  ];
  return found.sort(
    (a, b) => severity(a) - severity(b) || a.id.localeCompare(b.id) || a.message.localeCompare(b.message),
  );
}

/** The findings that stop the deploy at this lowest level. */
export function stopping(findings: readonly Finding[], lowest: 'error' | 'warning' | 'off'): Finding[] {
  if (lowest === 'off') return [];
  return findings.filter(({ level }) => level === 'error' || lowest === 'warning');
}

/** One line that says how many of each level there are. */
export function countFindings(findings: readonly Finding[]): string {
  const errors = findings.filter(({ level }) => level === 'error').length;
  return `${plural(errors, 'error')}, ${plural(findings.length - errors, 'warning')}`;
}
