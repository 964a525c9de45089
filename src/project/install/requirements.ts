/** What a file of requirements holds beside the requirements. */
export interface RequirementsFile {
  /** Files that it takes in by `-r` and `-c`, as they are written. */
  readonly includes: readonly string[];
  /** Some requirement has a hash, so that pip wants one of all. */
  readonly hashes: boolean;
  /** Options that pip follows and uv passes over. */
  readonly onlyPip: readonly string[];
}

/** uv knows all other options of the format (https://pip.pypa.io/en/stable/reference/requirements-file-format/). */
const pipOptions =
  /(?:^|\s)(--(?:pre|prefer-binary|trusted-host|use-feature|global-option|config-settings?))(?=[\s=]|$)/g;

/** Reads a file of requirements: comments begin with `#` after white space, a line goes on after `\`. */
export function parseRequirements(text: string): RequirementsFile {
  const lines = text
    .replace(/\\\r?\n/g, ' ')
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim());
  const includes = lines.flatMap(
    (line) => /^(?:-[rc]\s*|--(?:requirement|constraint)[\s=]+)(\S.*)$/.exec(line)?.[1]?.trim() ?? [],
  );
  const onlyPip = lines.flatMap((line) => [...line.matchAll(pipOptions)].map((match) => match[1] ?? ''));
  return {
    includes: includes.filter((path) => !/^[a-z]+:\/\//i.test(path)),
    hashes: lines.some((line) => /\s--hash[=\s]|^--require-hashes$/.test(line)),
    onlyPip: [...new Set(onlyPip)],
  };
}
