/** What pip is told by its configuration files and variables, by the name of the option. */
export type PipConfig = ReadonlyMap<string, string>;

/** Values as Python prints them: `'https://…'`, with quotes and backslashes escaped. */
function unquote(text: string): string {
  const inner = /^(['"])(.*)\1$/.exec(text)?.[2];
  return inner?.replace(/\\(n|.)/g, (_, one: string) => (one === 'n' ? '\n' : one)) ?? text;
}

/**
 * pip's configuration: its files as `pip config list` prints them, of which the section of `pip install` goes before
 * the global one, and its variables, which go before both.
 */
export function readPipConfig(listed: string, env: Readonly<Record<string, string>>): PipConfig {
  const config = new Map<string, string>();
  for (const section of ['global', 'install']) {
    for (const line of listed.split(/\r?\n/)) {
      const at = line.indexOf('=');
      if (line.startsWith(`${section}.`) && at > 0)
        config.set(line.slice(section.length + 1, at), unquote(line.slice(at + 1)));
    }
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

/** The variable of uv's that says the same as an option of pip's. */
const variables: Readonly<Record<string, { name: string; value: (value: string) => string }>> = {
  'index-url': { name: 'UV_DEFAULT_INDEX', value: (value) => value.trim() },
  'extra-index-url': { name: 'UV_INDEX', value: (value) => words(value).join(' ') },
  'find-links': { name: 'UV_FIND_LINKS', value: (value) => words(value).join(',') },
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
  env: Readonly<Record<string, string>>,
): { env: Record<string, string>; unknown: string[] } {
  const told: Record<string, string> = {};
  const unknown: string[] = [];
  for (const [option, value] of config) {
    const variable = Object.hasOwn(variables, option) ? variables[option] : undefined;
    if (variable) {
      if (!env[variable.name]) told[variable.name] = variable.value(value);
    } else if (!harmless.has(option)) unknown.push(option);
  }
  return { env: told, unknown };
}
