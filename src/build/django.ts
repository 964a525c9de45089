import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeployError, type Place } from '../errors.ts';
import { below } from '../lib/paths.ts';
import type { Python } from './install/python.ts';
import { type Outcome, readOutcome, type StepFailure } from './outcome.ts';
import type { ShellIO } from './shell.ts';

export interface DjangoRequest {
  /** Absolute paths. */
  readonly managePy: string;
  readonly projectRoot: string;
  readonly workspace: string;
  /** Folder for the request, the outcome and, where STATIC_ROOT is missing, the static files. */
  readonly scratch: string;
  readonly checks: boolean;
  readonly migrations: boolean;
}

/** How decouple, environ and environs say that a variable is not there. */
const missingVariable = /\b([A-Z][A-Z0-9_]{2,})"? (?:not found|environment variable|not set)/;

/** What to type when an exception of settings or start-up says this. */
const remedies: readonly {
  readonly when: (failure: StepFailure) => boolean;
  readonly hint: (failure: StepFailure) => string;
}[] = [
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
      `The settings need this environment variable. Add a line to the input env, for example ${message.slice(1, -1)}=…`,
  },
  {
    when: ({ message }) => missingVariable.test(message),
    hint: ({ message }) => {
      const name = missingVariable.exec(message)?.[1];
      return `The settings need this environment variable. Add a line to the input env, for example ${name}=…`;
    },
  },
  {
    when: ({ message }) => /psycopg|mysqlclient|MySQLdb|oracledb|cx_Oracle/.test(message),
    hint: () =>
      'The database driver is missing. Add it to the dependencies, for example psycopg[binary] or mysqlclient.',
  },
  {
    when: ({ type }) => type === 'SystemExit',
    hint: () => 'manage.py or the settings ended the process. What they printed stands above.',
  },
];

const collectRemedies: typeof remedies = [
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

function failureError(failure: StepFailure, request: DjangoRequest): DeployError {
  const collect = failure.step === 'collect';
  const last = failure.frames.at(-1);
  const path = last && below(request.workspace, last.file);
  const at: Place | undefined = path && last ? { file: path, line: last.line } : undefined;
  const remedy = [...(collect ? collectRemedies : []), ...remedies].find(({ when }) => when(failure));
  const what = collect ? 'collectstatic failed' : "Django did not start with the project's settings";
  const where = at ? ` (${at.file}, line ${at.line})` : '';
  return new DeployError(
    collect ? 'COLLECT_FAILED' : 'DJANGO_FAILED',
    `${what}: ${failure.type}: ${failure.message}${where}`,
    {
      hint: remedy?.hint(failure) ?? 'The traceback stands in the log of this group.',
      ...(at ? { at } : {}),
    },
  );
}

const isFatal = ({ step }: StepFailure): boolean => ['start', 'probe', 'links', 'collect'].includes(step);

/** The failure that leaves nothing to deploy: Django did not start, or the static files could not be collected. */
export function fatalFailure(outcome: Outcome, request: DjangoRequest): DeployError | undefined {
  const escaping = outcome.escaping ?? [];
  if (escaping.length > 0) {
    const links = escaping
      .slice(0, 5)
      .map(({ file, target }) => `  ${below(request.workspace, file) ?? file} → ${target}`);
    return new DeployError(
      'FILES_REFUSED',
      ['Static files are links that lead out of their folder:', ...links].join('\n'),
      {
        hint: 'collectstatic would copy what they point to into the public folder. Replace the links by files.',
      },
    );
  }
  const failure = outcome.failures.find(isFatal);
  return failure && failureError(failure, request);
}

/**
 * Starts Django once, as its manage.py starts it, for probe, checks, migrations and collectstatic.
 * @param steps Text of django_steps.py.
 * @throws DeployError DJANGO_FAILED where the process left no outcome.
 */
export async function runDjango(io: ShellIO, steps: string, python: Python, request: DjangoRequest): Promise<Outcome> {
  await mkdir(request.scratch, { recursive: true });
  const script = join(request.scratch, 'django_steps.py');
  const asked = join(request.scratch, 'request.json');
  const answered = join(request.scratch, 'outcome.json');
  await writeFile(script, steps);
  await writeFile(
    asked,
    JSON.stringify({
      manage_py: request.managePy,
      project_root: request.projectRoot,
      static_root: join(request.scratch, 'static'),
      outcome: answered,
      checks: request.checks,
      migrations: request.migrations,
    }),
  );
  const command = { program: python.program, args: [script, asked], cwd: request.projectRoot, env: python.env };
  const exit = await io.exec(command, io.show, io.signal);
  const outcome = readOutcome(await readFile(answered, 'utf8').catch(() => ''));
  // A fatal failure explains itself; everything else has to have come to its end.
  if (outcome && (outcome.finished || outcome.failures.some(isFatal))) return outcome;
  if (outcome?.project) {
    throw new DeployError(
      'DJANGO_FAILED',
      `Django ended with exit code ${exit} in the middle of its checks and collectstatic.`,
      {
        hint: exit === 137 ? 'The system ended it: it ran out of memory.' : 'What it printed stands above.',
      },
    );
  }
  throw new DeployError('DJANGO_FAILED', `manage.py ended with exit code ${exit} before Django ran a command.`, {
    hint: 'manage.py has to call execute_from_command_line(sys.argv). What it printed stands above.',
  });
}
