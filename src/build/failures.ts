import type { StepFailure } from './outcome.ts';

interface Remedy {
  readonly when: (failure: StepFailure) => boolean;
  readonly hint: (failure: StepFailure) => string;
}

/** What to type when an exception of settings or start-up says this. */
const startRemedies: readonly Remedy[] = [
  {
    when: ({ module }) => module === 'django',
    hint: () =>
      'Django is not among the installed dependencies. Add it to requirements.txt (or pyproject.toml), or mend the input install.',
  },
  {
    when: ({ type, module }) => type === 'ModuleNotFoundError' && module !== null,
    hint: ({ module }) =>
      `The module "${module}" is missing. Add its package to the dependencies, or name other settings by settings-module.`,
  },
  {
    when: ({ type }) => type === 'ImportError',
    hint: () =>
      'A package is there and does not have this name: it is too old or too new for this code. Pin the version that works.',
  },
  {
    when: ({ message }) => /DJANGO_SETTINGS_MODULE/.test(message),
    hint: () => 'Set the input settings-module, for example settings-module: mysite.settings.production',
  },
  {
    when: ({ type, message }) => type === 'KeyError' && /^'[A-Z][A-Z0-9_]*'$/.test(message),
    hint: ({ message }) =>
      `If this is an environment variable, add a line to the input env, for example ${message.slice(1, -1)}=…`,
  },
  {
    when: ({ message }) => /psycopg|mysqlclient|MySQLdb|oracledb|cx_Oracle/.test(message),
    hint: () =>
      'The database driver is missing. Add it to the dependencies, for example psycopg[binary] or mysqlclient.',
  },
  {
    when: ({ database }) => database,
    hint: () => `Django asks the database while it starts. ${giveDatabase}`,
  },
  {
    when: ({ type }) => type === 'SystemExit',
    hint: () => 'manage.py or the settings ended the process. What they printed stands in the log of the build.',
  },
];

const collectRemedies: readonly Remedy[] = [
  {
    when: ({ message }) => /could not be found with/.test(message),
    hint: () =>
      'A CSS or JavaScript file names a file that is not there. Mend the url() or the sourceMappingURL, or add the file.',
  },
  {
    when: ({ message }) => /Unknown command: 'collectstatic'/.test(message),
    hint: () => 'Add "django.contrib.staticfiles" to INSTALLED_APPS.',
  },
];

/** How a build gets a database, where it cannot do without. */
export const giveDatabase =
  'Give it one by the input env, for example DATABASE_URL=sqlite://:memory:, or a service container of the job.';

/** What to type to be rid of a failure that ended the build. */
export function remedyOf(failure: StepFailure): string {
  const remedies = isOfStaticFiles(failure) ? [...collectRemedies, ...startRemedies] : startRemedies;
  const remedy = remedies.find(({ when }) => when(failure));
  return remedy?.hint(failure) ?? 'The traceback stands in the log of the build.';
}

/** Failures that leave nothing to deploy: Django did not start, or the static files could not be collected. */
export const isFatal = ({ step }: StepFailure): boolean => ['start', 'probe', 'links', 'collect'].includes(step);

/** Django itself started, and its finders or collectstatic did not come to their end. */
export const isOfStaticFiles = ({ step }: StepFailure): boolean => step === 'links' || step === 'collect';

/** What could not be done, in a sentence. */
export function describeFailure(failure: StepFailure): string {
  const what = {
    links: 'The static files could not be listed',
    collect: 'collectstatic failed',
    other: "Django did not start with the project's settings",
  };
  const { step, type, message } = failure;
  return `${what[step === 'links' || step === 'collect' ? step : 'other']}: ${type}: ${message}`;
}
