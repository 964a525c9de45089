import { shorten } from '../../lib/text.ts';
import { takePython } from '../install/python-version.ts';
import { adviseSystemPackage } from '../install/system-packages.ts';
import type { StepFailure } from './outcome.ts';
import { adviseMissing, adviseOwnModule } from './own-modules.ts';
import type { ProjectSettings } from './settings-shape.ts';
import { adviseSource, isSourceFault } from './source-faults.ts';
import { giveStorageVariables } from './variable-advice.ts';

interface Remedy {
  readonly when: (failure: StepFailure) => boolean;
  readonly hint: (failure: StepFailure, project?: ProjectSettings) => string;
}

/** Modules of Python's own that are gone, by the last version that has them. */
const goneAfter: Readonly<Record<string, string>> = {
  '3.11': 'asynchat asyncore distutils imp smtpd',
  '3.12':
    'aifc audioop cgi cgitb chunk crypt imghdr lib2to3 mailcap msilib nis nntplib ossaudiodev pipes sndhdr spwd sunau telnetlib uu xdrlib',
};

const topLevel = (module: string): string => module.split('.')[0] ?? module;

const lastPythonWith = (module: string): string | undefined =>
  Object.entries(goneAfter).find(([, modules]) => modules.split(' ').includes(topLevel(module)))?.[0];

/** The module of a package that is not there; one of the project's own, or a module that is there and lacks a name, or does not load, is none. */
export const missingModule = (failure: StepFailure | undefined): string | undefined =>
  failure?.import_error &&
  /^No module named /.test(failure.import_error.message) &&
  (!failure.own_module || failure.own_module.kind === 'top')
    ? failure.import_error.module
    : undefined;

/** A path of an installed package begins with its name; where this job has installed it is nothing that helps. */
const withoutFolders = (text: string): string => text.replace(/\S*[\\/]site-packages[\\/]/g, '');

/** What people write of a variable that may be set, where it is not said that it has to be. */
const askedVariable = /\b([A-Z][A-Z0-9]*_[A-Z0-9_]+) environment variable\b/;

const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0)) || path;

const drivers = /psycopg|mysqlclient|MySQLdb|oracledb|cx_Oracle/;

/** Everything that an exception says, with what it was raised from. */
const textOf = ({ message, cause, import_error: imported }: StepFailure): string =>
  [message, cause?.message, imported?.message].filter(Boolean).join('\n');

/** The path of a file or a folder that is not there. */
const missingPath = (failure: StepFailure): string | undefined =>
  /(?:No such file or directory|does not exist|is not a directory|unable to open database file)[^'"]*['"]([^'"]+)['"]/i.exec(
    textOf(failure),
  )?.[1];

/** A file or a folder that bundlers write. */
const builtPath = /(^|[\\/])(static|dist|build|assets|bundles?|node_modules)[\\/]|manifest|webpack-stats/;

/** Whether Django did not start for want of something that a front-end's tools write, such as a manifest. */
export const lacksBuiltFile = (failure: StepFailure): boolean =>
  failure.step === 'start' && builtPath.test(missingPath(failure) ?? '');

/** What cloud libraries raise where there are no keys (botocore, google-auth, azure-identity, minio). */
const withoutKeys =
  /NoCredentialsError|PartialCredentialsError|DefaultCredentialsError|ClientAuthenticationError|Unable to locate credentials|NoAuthHandlerFound/;

const noKeys = 'The build has no cloud keys on purpose, because the code that it runs must not meet them.';

/** What to type where a storage, or anything else of the build, asks a cloud. */
const cloudRemedies: readonly Remedy[] = [
  {
    when: ({ storage }) => Boolean(storage?.server),
    hint: ({ storage }) =>
      `The storage "${storage?.alias}" asks ${storage?.server} while it is made. ${noKeys} Ask the server when the storage is first used, and not in __init__.`,
  },
  {
    when: ({ type, message }) => withoutKeys.test(`${type} ${message}`),
    hint: () =>
      `${noKeys} Ask the cloud when a page needs it, and not while settings, models or URLs are imported; or give the build keys that can only read, by the input env.`,
  },
  {
    when: ({ storage }) => Boolean(storage),
    hint: ({ storage, message }, project) =>
      (project && storage && giveStorageVariables(project, storage.alias, message)) ??
      `Fix OPTIONS and class of STORAGES["${storage?.alias}"]; where a value comes from a variable of the host, give it by the input env.`,
  },
];

/** What to type when an exception of settings or start-up says this. */
const startRemedies: readonly Remedy[] = [
  {
    when: (failure) => adviseSystemPackage(textOf(failure)) !== undefined,
    hint: (failure) => adviseSystemPackage(textOf(failure)) ?? '',
  },
  {
    when: ({ type, cause }) => type === 'PackageNotFoundError' || cause?.type === 'PackageNotFoundError',
    hint: () =>
      'The settings ask for the version of a package that is not installed. If it is the project itself, install it, too: install: pip install . (with a lock file for example: uv sync --locked && uv pip install --no-deps .)',
  },
  {
    when: isSourceFault,
    hint: adviseSource,
  },
  {
    when: (failure) => /unable to open database file/.test(textOf(failure)),
    hint: () =>
      'SQLite cannot make its file, most likely because git does not have the folder. Make it first, for example build-command: mkdir -p data',
  },
  {
    when: (failure) => /[\\/][^\\/]+\.log$|[\\/]logs?[\\/]?$/.test(missingPath(failure) ?? ''),
    hint: (failure) =>
      `The folder of the log file ${missingPath(failure)} is not there. Make it first: build-command: mkdir -p ${folderOf(missingPath(failure) ?? '')}; or log to the console, as hosts expect it.`,
  },
  {
    when: (failure) => missingModule(failure) === 'django',
    hint: () =>
      'Django is not among the installed dependencies. Add it to requirements.txt (or pyproject.toml), or fix the input install.',
  },
  {
    when: ({ message, import_error: error }) =>
      drivers.test(message) && (!error || /^No module named /.test(error.message)),
    hint: () =>
      'The database driver is missing. Add it to the dependencies, for example psycopg[binary] or mysqlclient. Where a variable of the host names a database of another kind, give the build one of that kind by the input env, for example DATABASE_URL=postgres://localhost/build',
  },
  {
    when: ({ message }) => askedVariable.test(message),
    hint: ({ message }) => `Add a line to the input env, for example ${askedVariable.exec(message)?.[1]}=…`,
  },
  {
    when: (failure) => adviseOwnModule(failure) !== undefined,
    hint: (failure) => adviseOwnModule(failure) ?? '',
  },
  {
    when: (failure) => lastPythonWith(missingModule(failure) ?? '') !== undefined,
    hint: (failure) => {
      const module = missingModule(failure) ?? '';
      const version = lastPythonWith(module) ?? '';
      return `Python ${version} is the last that has the module "${topLevel(module)}". Take newer versions of the packages, which do without it. Until then: ${takePython(version)}`;
    },
  },
  {
    when: (failure) => topLevel(missingModule(failure) ?? '') === 'pkg_resources',
    hint: () => 'pkg_resources is a part of older setuptools. Add "setuptools<81" to the dependencies.',
  },
  {
    when: (failure) => missingModule(failure) !== undefined,
    hint: (failure) => adviseMissing(missingModule(failure) ?? '', failure.own_module),
  },
  {
    when: ({ import_error: error }) => /[\\/]site-packages[\\/].*\.(so|pyd|dylib)\b/.test(error?.message ?? ''),
    hint: ({ import_error: error }) =>
      `The package "${withoutFolders(error?.message ?? '').split(/[\\/]/)[0]}" is installed and does not load: it is too old for this Python, or a library of the system is missing. Take a newer version of it, or set an older python-version of actions/setup-python.`,
  },
  {
    when: ({ type, import_error: error }) => type === 'ImportError' || error !== null,
    hint: () =>
      'A package is there and does not have this name: it is too old or too new for this code. Pin the version that works.',
  },
  {
    when: ({ message }) => /DJANGO_SETTINGS_MODULE/.test(message),
    hint: () => 'Set the input settings-module, for example settings-module: mysite.settings.production',
  },
  {
    when: ({ type, message }) => type === 'NotImplementedError' && /absolute paths/.test(message),
    hint: () =>
      'A storage of the network has no path() on disk, and this code asks for one while it is imported. Open the file by storage.open(name), or read the folder from a setting.',
  },
  {
    when: ({ type, message }) => type === 'KeyError' && /^'[A-Z][A-Z0-9_]*'$/.test(message),
    hint: ({ message }) =>
      `If this is an environment variable, add a line to the input env, for example ${message.slice(1, -1)}=…`,
  },
  {
    when: ({ database }) => database,
    hint: () => `Django asks the database while it starts. ${giveDatabase}`,
  },
  {
    when: ({ type }) => type === 'SystemExit',
    hint: () => 'manage.py or the settings ended the process. What they printed stands in the log of the build.',
  },
  {
    when: ({ type }) => type === 'ImproperlyConfigured' || type === 'FileNotFoundError',
    hint: () =>
      'Where a file is missing that only the host has, make one in build-command, for example build-command: cp config.example.py config.py. Where a value is, give its variable by the input env.',
  },
];

/** A program that a compiler or a compressor of the project's runs, and the machine has not. */
const missingProgram = ({ message }: StepFailure): string | undefined =>
  /(?:env: |sh: (?:\d+: |line \d+: )?)[‘'"]?([\w./-]+)[’'"]?: (?:No such file|(?:command )?not found)/.exec(
    message,
  )?.[1];

/** What to do about a static file that is a link to nothing. */
export const adviseBrokenLink =
  'Add what the link leads to to git, or make it in build-command. If it lies in a submodule, set submodules: true of actions/checkout.';

const collectRemedies: readonly Remedy[] = [
  {
    when: (failure) => missingProgram(failure) !== undefined,
    hint: (failure) =>
      `There is no ${missingProgram(failure)} on this machine. Install it in build-command (npm ci, if package.json has it, and let the setting name node_modules/.bin/${missingProgram(failure)?.split('/').at(-1)}), or take the compressor or compiler out of the settings.`,
  },
  {
    when: ({ type }) => type === 'UnicodeDecodeError',
    hint: ({ static_file: file }) =>
      `Django reads style sheets and scripts as UTF-8. Save ${file ?? 'the file'} as UTF-8, for example: iconv -f UTF-16 -t UTF-8 old.css > new.css`,
  },
  {
    when: ({ message }) => /Max post-process passes exceeded/.test(message),
    hint: () =>
      'Style sheets or scripts name one another in a circle, so that no hash can be made of any. Take one @import or url() of the circle out.',
  },
  {
    when: ({ message }) => /Too many levels of symbolic links/.test(message),
    hint: () => 'A link among the static files leads back to a folder that it lies in. Remove the link.',
  },
  {
    when: ({ message }) => /could not be found with/.test(message),
    hint: () =>
      'A CSS or JavaScript file names a file that is not there. Fix the url() or the sourceMappingURL, or add the file.',
  },
  {
    when: ({ message }) => /\bnode_modules\b/.test(message),
    hint: () =>
      'What npm installs is not there. Set build-command: npm ci && npm run build, and add actions/setup-node as a step before this one.',
  },
];

/** How a build gets a database, where it cannot do without. */
export const giveDatabase =
  'Give it one by the input env, for example DATABASE_URL=sqlite://:memory:, or a service container of the job.';

/** Long messages hold lists and whole settings; the log has all of them. */
const longestMessage = 600;

/**
 * What to type to be rid of a failure that ended the build.
 * @param project Its settings, where they were read.
 */
export function remedyOf(failure: StepFailure, project?: ProjectSettings): string {
  const ofCollect = isOfStaticFiles(failure) ? collectRemedies : [];
  const remedies = [...cloudRemedies, ...ofCollect, ...startRemedies];
  const remedy = remedies.find(({ when }) => when(failure));
  return remedy?.hint(failure, project) ?? 'The traceback stands in the log of the build.';
}

/** Failures that leave nothing to deploy: Django did not start, or the static files could not be collected. */
export const isFatal = ({ step }: StepFailure): boolean =>
  ['start', 'probe', 'links', 'collect', 'storage'].includes(step);

/** Django itself started, and its finders, its storage or collectstatic did not come to their end. */
export const isOfStaticFiles = ({ step }: StepFailure): boolean =>
  step === 'links' || step === 'collect' || step === 'storage';

/** What could not be done, in a sentence. */
export function describeFailure(failure: StepFailure): string {
  const { type, message, import_error: imported, static_file: file } = failure;
  const cause = imported && !message.includes(imported.message) ? ` (${withoutFolders(imported.message)})` : '';
  // "Unable to configure handler 'file'" says nothing of the file that is not there.
  const began = failure.cause
    ? `, because of ${failure.cause.type}: ${shorten(failure.cause.message, longestMessage)}`
    : '';
  const at = file && file !== 'All' ? `${file}: ` : '';
  // sys.exit() and assert say nothing.
  const text = message === '' ? '' : `: ${shorten(message, longestMessage)}`;
  return `${whatFailed(failure)}: ${at}${type}${text}${cause || began}`;
}

function whatFailed({ step, storage }: StepFailure): string {
  if (storage && step !== 'start') return `The storage "${storage.alias}" (${storage.backend}) cannot be used`;
  if (step === 'links') return 'The static files could not be listed';
  if (step === 'collect' || step === 'storage') return 'collectstatic failed';
  const because = storage ? `, which use the storage "${storage.alias}" (${storage.backend})` : '';
  return `Django did not start with the project's settings${because}`;
}
