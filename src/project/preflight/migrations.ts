import { listSome } from '../../lib/text.ts';
import type { Finding } from '../../report/finding.ts';
import { giveDatabase } from '../django/django-failures.ts';
import type { ModelChanges, StepFailure } from '../django/outcome.ts';
import { type PreflightOptions, place } from './finding-places.ts';

/** Models and migrations that do not belong together. */
export function fromMigrations(migrations: ModelChanges, options: PreflightOptions): Finding[] {
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

const looks = {
  checks: { id: 'deploy.checks', what: 'check --deploy', off: 'checks' },
  migrations: { id: 'deploy.migrations', what: 'makemigrations --check', off: 'migrate' },
  sources: { id: 'deploy.sources', what: 'The look at static files and templates', off: 'checks' },
} as const;

/** A look that raised: no finding of the project's state, but the state could not be looked at. */
export function fromFailedLook(failure: StepFailure, options: PreflightOptions): Finding[] {
  const { step } = failure;
  if (step !== 'checks' && step !== 'migrations' && step !== 'sources') return [];
  const { id, what, off } = looks[step];
  const advice = failure.database
    ? `It asks the database. ${giveDatabase} Or set ${off} to off.`
    : `Fix it, or set ${off} to off.`;
  const last = failure.frames.at(-1);
  return [
    {
      level: step === 'sources' ? 'warning' : 'error',
      id: failure.database ? 'deploy.needs-database' : id,
      message: `${what} could not run: ${failure.type}: ${failure.message}. ${advice}`,
      ...place(options, last?.file, last?.line),
    },
  ];
}
