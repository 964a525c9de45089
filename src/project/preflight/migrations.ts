import { listSome } from '../../lib/text.ts';
import type { Finding } from '../../report/finding.ts';
import { giveDatabase, remedyOf } from '../django/django-failures.ts';
import type { ModelChanges, ModelDifference, StepFailure } from '../django/outcome.ts';
import { type PreflightOptions, place } from './finding-places.ts';

type Change = ModelChanges['changes'][number];

const describeDifference = ({ model, field, argument, before, after }: ModelDifference): string =>
  `${[model, field].filter(Boolean).join('.')}: ${argument} is ${before} in the migrations and ${after} in the models`;

/** What to do about changes that are none: no migration holds for each machine. */
const adviseMachine: Readonly<Record<'machine' | 'order', string>> = {
  machine:
    'It is another value on each machine, so that makemigrations never comes to an end. Pass a callable that returns it, and run makemigrations once.',
  order:
    'The values are the same in another order, as a set has another one in each process. Pass a callable, or sort them, and run makemigrations once.',
};

function describeChange({ app, own, operations, differences = [], sql = true }: Change): {
  text: string;
  stops: boolean;
} {
  const real = differences.filter(({ kind }) => kind === 'change');
  const [unreal] = differences.filter(({ kind }) => kind !== 'change');
  const details = differences.length > 0 ? ` (${listSome(differences.map(describeDifference), 3, '; ')})` : '';
  const what = `Models of "${app}" have changes that no migration holds: ${listSome(operations, 4)}${details}.`;
  if (!own)
    return {
      text: `${what} It is an installed package: often a DEFAULT_AUTO_FIELD that differs from the one it was made with.`,
      stops: false,
    };
  if (!sql && real.length === 0 && unreal && unreal.kind !== 'change')
    return { text: `${what} ${adviseMachine[unreal.kind]}`, stops: false };
  const run = `Run "python manage.py makemigrations ${app}" and commit the file`;
  if (!sql)
    return { text: `${what} They change no table, so that the release runs without them. ${run}.`, stops: false };
  return { text: `${what} ${run}, or set migrate to off.`, stops: true };
}

/** Models and migrations that do not belong together. */
export function fromMigrations(migrations: ModelChanges, options: PreflightOptions): Finding[] {
  const changes = migrations.changes.map((change): Finding => {
    const { text, stops } = describeChange(change);
    return {
      level: stops ? 'error' : 'warning',
      id: 'deploy.migrations',
      message: text,
      ...place(options, change.file),
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

/**
 * What to do about a look that raised. Pages need what Django's checks import, so that nobody is told to turn these off; the other
 * looks can do without.
 */
function adviseLook(failure: StepFailure, off: string): string {
  if (failure.database) return `It asks the database. ${giveDatabase} Or set ${off} to off.`;
  const remedy = failure.import_error || failure.source ? remedyOf(failure) : 'Fix it.';
  return failure.step === 'checks' ? remedy : `${remedy} Or set ${off} to off.`;
}

/** A look that raised: no finding of the project's state, but the state could not be looked at. */
export function fromFailedLook(failure: StepFailure, options: PreflightOptions): Finding[] {
  const { step } = failure;
  if (step !== 'checks' && step !== 'migrations' && step !== 'sources') return [];
  const { id, what, off } = looks[step];
  const last = failure.frames.at(-1);
  return [
    {
      level: step === 'sources' ? 'warning' : 'error',
      id: failure.database ? 'deploy.needs-database' : id,
      message: `${what} could not run: ${failure.type}: ${failure.message}. ${adviseLook(failure, off)}`,
      ...place(options, last?.file, last?.line),
    },
  ];
}
