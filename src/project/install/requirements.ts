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
/** A short option that its value follows without a space: pip takes it, uv ends with a syntax error. */
const gluedOption = /^-[rceif](?=[^\s=])/;

/** pip and uv read a path as a shell would. */
const unquoted = (path: string): string => /^(["'])(.*)\1$/.exec(path)?.[2] ?? path.replace(/\\(.)/g, '$1');

/** Reads a file of requirements: comments begin with `#` after white space, a line goes on after `\`. */
export function parseRequirements(text: string): RequirementsFile {
  const lines = text
    .replace(/\\\r?\n/g, ' ')
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim());
  const includes = lines.flatMap(
    (line) => /^(?:-[rc]\s*|--(?:requirement|constraint)[\s=]+)(\S.*)$/.exec(line)?.[1] ?? [],
  );
  const onlyPip = lines.flatMap((line) => {
    const [glued] = gluedOption.exec(line) ?? [];
    const options = [...line.matchAll(pipOptions)].map((match) => match[1] ?? '');
    return glued === undefined ? options : [`${glued} without a space after it`, ...options];
  });
  return {
    includes: includes.map(unquoted).filter((path) => !/^[a-z]+:\/\//i.test(path)),
    hashes: lines.some((line) => /\s--hash[=\s]|^--require-hashes$/.test(line)),
    onlyPip: [...new Set(onlyPip)],
  };
}
