import { delimiter, join } from 'node:path';

/**
 * Variables that the project's code may see. Everything else stays away from it: inputs, tokens of GitHub, cloud
 * credentials, the runner's command files. An action's process holds more of them than a `run:` step
 * (ACTIONS_RUNTIME_TOKEN writes caches), so nothing is inherited by default.
 */
const allowed = new Set([
  'PATH',
  'PATHEXT',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'TERM',
  'LANG',
  'LANGUAGE',
  'TZ',
  'TMPDIR',
  'TMP',
  'TEMP',
  'SYSTEMROOT',
  'SYSTEMDRIVE',
  'WINDIR',
  'COMSPEC',
  'APPDATA',
  'LOCALAPPDATA',
  'PROGRAMDATA',
  'PROGRAMFILES',
  'PROGRAMFILES(X86)',
  'USERPROFILE',
  'NUMBER_OF_PROCESSORS',
  'CI',
  'GITHUB_ACTIONS',
  // By it the runner finds and ends, with the job, what the build left running.
  'RUNNER_TRACKING_ID',
  'DJANGO_SETTINGS_MODULE',
  'DJANGO_CONFIGURATION',
  'PYTHONPATH',
  'PYTHONLOCATION',
  'PKG_CONFIG_PATH',
  'LD_LIBRARY_PATH',
  'DYLD_LIBRARY_PATH',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'ALL_PROXY',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
  'GIT_SSL_CAINFO',
  'GIT_SSH',
  'GIT_SSH_COMMAND',
  'SSH_AUTH_SOCK',
  'NETRC',
  'NODE_EXTRA_CA_CERTS',
  'NODE_OPTIONS',
  'NODE_ENV',
  'BABEL_ENV',
  'BROWSERSLIST',
  'BROWSERSLIST_ENV',
  // The token of a private npm registry, by the name that actions/setup-node gives it.
  'NODE_AUTH_TOKEN',
  'CC',
  'CXX',
  'CFLAGS',
  'CPPFLAGS',
  'LDFLAGS',
]);

/** Whole families: package managers and interpreters keep their own settings, private indexes among them, in these. */
const allowedPrefixes = [
  'LC_',
  'PIP_',
  'UV_',
  'POETRY_',
  'PDM_',
  'PIPENV_',
  // Git's configuration by variables: how a job lets git dependencies in, by `insteadOf` or a header.
  'GIT_CONFIG_',
  'PYENV_',
  'PIXI_',
  'NPM_CONFIG_',
  'PNPM_',
  'YARN_',
  'COREPACK_',
  'BUN_',
  // Constants that bundlers write into what every visitor loads, so that there is no secret in them.
  'VITE_',
  'REACT_APP_',
  'VUE_APP_',
  'NEXT_PUBLIC_',
  'NUXT_PUBLIC_',
  'EXPO_PUBLIC_',
  'PUBLIC_',
  'GATSBY_',
  'STORYBOOK_',
  'PYTHON_ROOT_DIR',
  'PYTHON2_ROOT_DIR',
  'PYTHON3_ROOT_DIR',
];

/** Of those families, what only publishing needs. */
const denied = /^(UV_PUBLISH_|PDM_PUBLISH_|POETRY_PYPI_TOKEN_)/;

function isAllowed(name: string): boolean {
  const upper = name.toUpperCase();
  return !denied.test(upper) && (allowed.has(upper) || allowedPrefixes.some((prefix) => upper.startsWith(prefix)));
}

/** The part of the runner's environment that the project's code gets, and on top of it the variables of the input `env`. */
export function buildEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && isAllowed(name)) kept[name] = value;
  }
  return {
    ...kept,
    // Checks and collectstatic must leave no trace in the tree, and their lines must come as they are printed.
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUNBUFFERED: '1',
    PYTHONUTF8: '1',
    // Sets of strings have another order in every process unless this says otherwise, and build commands write files.
    PYTHONHASHSEED: '0',
    ...own,
  };
}

/** Variables that say that this is a CI job, in any CI, and what GitHub's runner tells of the job: no host has them. */
const marksOfRunner = [
  /^(CI|CONTINUOUS_INTEGRATION|TRAVIS|CIRCLECI|GITLAB_CI|APPVEYOR|BUILDKITE|DRONE|JENKINS_URL|TEAMCITY_VERSION|TF_BUILD|SEMAPHORE)$/,
  /^GITHUB_(ACTIONS|ACTION(_PATH|_REF|_REPOSITORY)?|ACTOR(_ID)?|BASE_REF|ENV|EVENT_NAME|EVENT_PATH|HEAD_REF|JOB|OUTPUT|PATH|REF|REF_NAME|REF_TYPE|REPOSITORY(_ID|_OWNER|_OWNER_ID)?|RUN_(ATTEMPT|ID|NUMBER)|SHA|STEP_SUMMARY|TRIGGERING_ACTOR|WORKFLOW(_REF|_SHA)?|WORKSPACE)$/,
  /^RUNNER_(ARCH|DEBUG|ENVIRONMENT|NAME|OS|TEMP|TOOL_CACHE|WORKSPACE)$/,
];

/**
 * Whether settings ask for a variable to tell a runner from the host ("if CI: collect these folders"). An app's own GITHUB_TOKEN
 * or GITHUB_APP_ID is no such thing.
 */
export const isMarkOfRunner = (name: string): boolean => marksOfRunner.some((one) => one.test(name.toUpperCase()));

/**
 * The environment in which the project's settings are read: what is collected, checked and migrated has to be what the host
 * will ask for, so that nothing says that this is a runner.
 * @param given Names that the input `env` or the host gives; they count, whatever they say.
 */
export function hostLike(
  environment: Readonly<Record<string, string>>,
  given: readonly string[],
): Record<string, string> {
  const kept = Object.entries(environment).filter(([name]) => !isMarkOfRunner(name) || given.includes(name));
  return Object.fromEntries(kept);
}

/** The environment with folders at the start of Python's path. */
export function withPythonPath(
  environment: Readonly<Record<string, string>>,
  folders: readonly string[],
): Record<string, string> {
  if (folders.length === 0) return { ...environment };
  return { ...environment, PYTHONPATH: [...folders, environment.PYTHONPATH].filter(Boolean).join(delimiter) };
}

/** Folder of a virtual environment's programs. */
export const scripts = (venv: string): string => join(venv, process.platform === 'win32' ? 'Scripts' : 'bin');

/** The environment as `activate` makes it: the virtual environment's programs come first. */
export function activate(environment: Readonly<Record<string, string>>, venv: string): Record<string, string> {
  const { PYTHONHOME: _, ...rest } = environment;
  const name = Object.keys(rest).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...rest, VIRTUAL_ENV: venv, [name]: [scripts(venv), rest[name]].filter(Boolean).join(delimiter) };
}
