import { listSome } from '../../lib/text.ts';
import type { Finding } from '../../report/finding.ts';

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
 * The names of the step's `env:` (or of the job's) that the build does not get.
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

/** Says which variables of the step did not reach the build, and how they would. */
export function fromWithheld(names: readonly string[]): Finding[] {
  if (names.length === 0) return [];
  const verb = names.length === 1 ? 'is' : 'are';
  const lines = names.slice(0, 5).map((name) => `${name}=…`);
  const message = `${listSome(names, 8)} ${verb} set in env: of the workflow and not given to the build, which gets the input env alone. If the build needs ${names.length === 1 ? 'it' : 'them'}, add to the input env: ${lines.join(', ')}`;
  return [{ level: 'notice', id: 'deploy.withheld-variables', message }];
}
