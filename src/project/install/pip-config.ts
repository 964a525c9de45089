import { posix, win32 } from 'node:path';

/** What pip is told by its configuration files and variables, by the name of the option. */
export type PipConfig = ReadonlyMap<string, string>;

type Environment = Readonly<Record<string, string>>;

/**
 * Where pip looks for configuration, what counts least first: the machine's, the user's, the Python's, the one that a
 * variable names (https://pip.pypa.io/en/stable/topics/configuration/). They are read here and not asked of pip, which
 * takes longer to start than uv to install, and which many environments do not have.
 * @param prefix Folder of the Python.
 */
export function pipConfigFiles(env: Environment, prefix: string, platform: NodeJS.Platform): string[] {
  const named = env.PIP_CONFIG_FILE;
  if (named === '/dev/null' || named === 'nul') return [];
  const own = named ? [named] : [];
  if (platform === 'win32') {
    const { PROGRAMDATA = '', USERPROFILE = '', APPDATA = '' } = env;
    const paths = [win32.join(PROGRAMDATA, 'pip'), win32.join(USERPROFILE, 'pip'), win32.join(APPDATA, 'pip'), prefix];
    return [...paths.map((folder) => win32.join(folder, 'pip.ini')), ...own];
  }
  const { HOME = '', XDG_CONFIG_HOME = posix.join(HOME, '.config') } = env;
  const application = platform === 'darwin' ? [posix.join(HOME, 'Library/Application Support/pip')] : [];
  const folders = [
    '/etc/xdg/pip',
    '/etc',
    posix.join(HOME, '.pip'),
    posix.join(XDG_CONFIG_HOME, 'pip'),
    ...application,
    prefix,
  ];
  return [...folders.map((folder) => posix.join(folder, 'pip.conf')), ...own];
}

/** The sections of a configuration file: `name = value`, of which a value goes on in the lines that are indented. */
function parseIni(text: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let section = new Map<string, string>();
  let option: string | undefined;
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line.trim() === '' || /^\s*[#;]/.test(line)) continue;
    const title = /^\[(.+)\]/.exec(line)?.[1];
    const [, name, value] = /^([^\s=:][^=:]*?)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    if (title !== undefined) {
      section = sections.get(title) ?? new Map();
      sections.set(title, section);
      option = undefined;
    } else if (/^\s/.test(line) && option !== undefined) section.set(option, `${section.get(option)}\n${line.trim()}`);
    else if (name !== undefined) {
      option = name.toLowerCase().replaceAll('_', '-');
      section.set(option, (value ?? '').trim());
    }
  }
  return sections;
}

/**
 * pip's configuration: its files, of which the section of `pip install` goes before the global one, and its variables,
 * which go before both.
 */
export function readPipConfig(files: readonly string[], env: Environment): PipConfig {
  const config = new Map<string, string>();
  const parsed = files.map(parseIni);
  for (const section of ['global', 'install']) {
    for (const sections of parsed) for (const [option, value] of sections.get(section) ?? []) config.set(option, value);
  }
  for (const [name, value] of Object.entries(env)) {
    const option = /^PIP_(.+)$/.exec(name)?.[1]?.toLowerCase().replaceAll('_', '-');
    if (option && value !== '') config.set(option, value);
  }
  return config;
}

/** Options that change how pip speaks and waits, and not what it installs. */
const harmless = new Set([
  'break-system-packages',
  'cache-dir',
  'config-file',
  'default-timeout',
  'disable-pip-version-check',
  'exists-action',
  'log',
  'no-cache-dir',
  'no-color',
  'no-input',
  'no-python-version-warning',
  'no-warn-script-location',
  'progress-bar',
  'quiet',
  'require-virtualenv',
  'retries',
  'root-user-action',
  'timeout',
  'user',
  'verbose',
]);

const words = (value: string) => value.split(/\s+/).filter(Boolean);

/** pip passes over a folder that is not there, at which uv ends. */
const places = (value: string, exists: Exists) =>
  words(value).filter((place) => /^[a-z]+:\/\//i.test(place) || exists(place));

/** Whether a path is there. */
type Exists = (path: string) => boolean;

/** The variable of uv's that says the same as an option of pip's. */
const variables: Readonly<Record<string, { name: string; value: (value: string, exists: Exists) => string }>> = {
  'index-url': { name: 'UV_DEFAULT_INDEX', value: (value) => value.trim() },
  'extra-index-url': { name: 'UV_INDEX', value: (value) => words(value).join(' ') },
  'find-links': { name: 'UV_FIND_LINKS', value: (value, exists) => places(value, exists).join(',') },
  'no-index': { name: 'UV_NO_INDEX', value: (value) => value },
  constraint: { name: 'UV_CONSTRAINT', value: (value) => words(value).join(' ') },
  'trusted-host': { name: 'UV_INSECURE_HOST', value: (value) => words(value).join(' ') },
  cert: { name: 'SSL_CERT_FILE', value: (value) => value },
};

/**
 * uv reads nothing of pip's, so that an index which an earlier step gave to pip (a login to CodeArtifact writes pip.conf)
 * would be passed over, and a public package of the same name installed. These variables tell uv the same.
 * @returns The variables, and the options that uv has no word for.
 */
export function forUv(
  config: PipConfig,
  env: Environment,
  exists: Exists,
): { env: Record<string, string>; unknown: string[] } {
  const told: Record<string, string> = {};
  const unknown: string[] = [];
  for (const [option, value] of config) {
    const variable = Object.hasOwn(variables, option) ? variables[option] : undefined;
    if (variable) {
      const setting = variable.value(value, exists);
      if (!env[variable.name] && setting !== '') told[variable.name] = setting;
    } else if (!harmless.has(option)) unknown.push(option);
  }
  return { env: told, unknown };
}
