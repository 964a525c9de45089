import { quoteAlways } from '../../lib/shell-word.ts';

/** Lines that set variables to exactly these values when a shell reads them. */
export const assignments = (values: Readonly<Record<string, string>>, prefix = ''): string =>
  Object.entries(values)
    .map(([name, value]) => `${prefix}${name}=${quoteAlways(value)}\n`)
    .join('');

/** `NAME="value"` lines as both a shell and systemd's EnvironmentFile read them. */
export const environmentFile = (variables: Readonly<Record<string, string>>): string =>
  Object.entries(variables)
    .map(([name, value]) => `${name}="${value.replace(/["\\`$]/g, '\\$&')}"\n`)
    .join('');

/** The places of a command line, and the shell variable that each one becomes. */
const places: Readonly<Record<string, string>> = {
  sha: 'DEPLOY_SHA',
  release: 'DEPLOY_RELEASE',
  branch: 'DEPLOY_BRANCH',
  environment: 'DEPLOY_ENVIRONMENT',
  pr: 'DEPLOY_PR',
  port: 'DEPLOY_PORT',
  repository: 'DEPLOY_REPOSITORY',
  'run-url': 'DEPLOY_RUN_URL',
  'artifact-path': 'DEPLOY_ARTIFACT',
  'artifact-sha256': 'DEPLOY_ARTIFACT_SHA256',
};

/** A variable of the shell's own (`${name}`) is not a place. */
const token = /\\[\s\S]|'|"|\$\{[^}]*\}|\{([a-z][a-z0-9-]*)\}/g;

/**
 * A command line whose places are references to variables, quoted for where they stand. The shell never reads a value as a
 * part of the command line, so that no name of a branch can be a command. Unknown places stay, and are returned.
 */
export function withReferences(line: string): { readonly line: string; readonly unknown: readonly string[] } {
  const unknown: string[] = [];
  let quoted = '';
  const filled = line.replace(token, (found: string, place: string | undefined) => {
    const isBackslash = found.startsWith('\\');
    // Between single quotes a backslash is a character like any other, and the one after it can end the quotes.
    if (isBackslash && quoted === "'") {
      if (found[1] === "'") quoted = '';
      return found;
    }
    if (found === "'" || found === '"') {
      if (quoted === '') quoted = found;
      else if (quoted === found) quoted = '';
      return found;
    }
    if (place === undefined) return found;
    const variable = places[place];
    if (variable === undefined) {
      unknown.push(place);
      return found;
    }
    if (quoted === '"') return `\${${variable}}`;
    return quoted === "'" ? `'"\${${variable}}"'` : `"\${${variable}}"`;
  });
  return { line: filled, unknown };
}
