/** What a host's own build needs in the artifact, at its top, apart from the project itself. */
export interface BuildNeeds {
  /** Files that it installs packages from, each enough by itself. Where none of them is there, requirements.txt is added. */
  readonly packages: readonly string[];
  /** It refuses a source in which two of `packages` are. */
  readonly onePackageFile?: true;
  /** Files that it refuses beside another one, and the file that says the same instead. */
  readonly refuses?: readonly { readonly file: string; readonly beside: string; readonly instead: string }[];
  /** Files by which it is told the Python. Where none of them is there, `.python-version` is added. */
  readonly python?: readonly string[];
  /** How it is told what to run. */
  readonly start?: StartNeed;
}

/** A file or folder that says what a host runs. */
export interface StartNeed {
  /** Names of which one has to be there; the first is what the finding asks for. */
  readonly files: readonly string[];
  /** Half a sentence: "Heroku runs no web process without it". */
  readonly without: string;
  /** The line to write into it; `{server}` is the command that serves the project, `{port}` in it filled in by `port`. */
  readonly line: string;
  /** The port that the server has to listen on, as the command has it; absent where gunicorn finds it by itself. */
  readonly port?: string;
  /** The option of `host-options` with which the artifact is not built from. */
  readonly unless?: string;
}
