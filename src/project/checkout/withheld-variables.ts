import { listSome } from '../../lib/text.ts';
import type { Finding } from '../../report/finding.ts';
import type { Git } from './git.ts';

/** What the runner, its images and shells set in every job. */
const ofMachine = [
  /^(GITHUB|RUNNER|ACTIONS|INPUT|STATE|JAVA_HOME|GOROOT|ANDROID|SYSTEMD|XDG|PIPX|SWIFT|DOTNET|NVM|HOMEBREW|POWERSHELL|CHROME|EDGE|GECKO|SELENIUM|AGENT|STATS|GHCUP|BOOTSTRAP_HASKELL|MEMORY_PRESSURE|npm|GIT|JEST|KUBERNETES|DEBUGINFOD|SSH|DBUS|SUDO|LS)(_|$|[A-Z]*WEBDRIVER)/,
  /^(_|PWD|OLDPWD|SHLVL|HOSTNAME|MAIL|EDITOR|VISUAL|PAGER|LESS|LESSOPEN|LESSCLOSE|COLORTERM|NO_COLOR|FORCE_COLOR|IMAGEOS|IMAGEVERSION|ACCEPT_EULA|CONDA|DEBIAN_FRONTEND|ENABLE_RUNNER_TRACING|INVOCATION_ID|JOURNAL_STREAM|LEIN_HOME|LEIN_JAR|PSMODULEPATH|SGX_AESM_ADDR|USE_BAZEL_FALLBACK_VERSION|VCPKG_INSTALLATION_ROOT|AZURE_EXTENSION_DIR|AZURE_CONFIG_DIR|ANT_HOME|GRADLE_HOME|M2|MAVEN_HOME|PERL5LIB|NODE|INIT_CWD|WINDOWID|DISPLAY|COLUMNS|LINES|PS1|GPG_TTY|MANPATH|INFOPATH|RBENV_ROOT|GOPATH|CARGO_HOME|RUSTUP_HOME|GEM_HOME|WSLENV|OS|PROCESSOR_\w+|COMPUTERNAME|USERDOMAIN\w*|LOGONSERVER|PUBLIC|DRIVERDATA|CLICOLOR\w*)$/,
];

/** Where programs find certificates. */
const ofCertificates = /(_CA_|_CERTS?_|_CERTS?$|SSL_CERT|_SSL_|SSL_ROOTS)/;

/** Credentials that this action itself takes from the step, and no build of the project's. */
const ofAction = /^(AWS|GH|ARM|AZURE|GOOGLE|CLOUDSDK|DIGITALOCEAN|CLOUDFLARE)_/;

/**
 * The names of the job's variables that the build does not get, without those that every runner is known to set.
 * @param environment The runner's.
 * @param build What the build has of it.
 */
export function withheldVariables(
  environment: Readonly<Record<string, string | undefined>>,
  build: Readonly<Record<string, string>>,
): string[] {
  const isOf = (name: string) =>
    ofAction.test(name) || ofCertificates.test(name) || ofMachine.some((one) => one.test(name.toUpperCase()));
  return Object.keys(environment)
    .filter((name) => environment[name] !== undefined && !(name in build) && !isOf(name) && /^[A-Z]\w*$/.test(name))
    .sort();
}

/** How a program reads a variable by its name: in Python, in JavaScript, in a shell. */
const readings = (name: string): string[] => [`"${name}"`, `'${name}'`, `env.${name}`, `$${name}`, `\${${name}}`];

/**
 * Those of the names that some file of the project reads. A machine sets variables of its own, and nobody can tell them from
 * those of the workflow; what the project never reads, it does not miss.
 */
export async function readByProject(names: readonly string[], git: Pick<Git, 'textsIn'>): Promise<string[]> {
  const found = await git.textsIn(names.flatMap(readings));
  return names.filter((name) => readings(name).some((reading) => found.has(reading)));
}

/** Says which variables of the job did not reach the build, and how they would. */
export function fromWithheld(names: readonly string[]): Finding[] {
  if (names.length === 0) return [];
  const verb = names.length === 1 ? 'is' : 'are';
  const lines = names.slice(0, 5).map((name) => `${name}=…`);
  const message = `${listSome(names, 8)} ${verb} set in this job and read by the project, and the build does not get ${names.length === 1 ? 'it' : 'them'}: it gets the input env alone. If the build needs ${names.length === 1 ? 'it' : 'them'}, add to the input env: ${lines.join(', ')}`;
  return [{ level: 'notice', id: 'deploy.withheld-variables', message }];
}
