/** A package.json in a place where front-ends of Django projects are. Paths are relative to the working directory. */
export interface FrontEndPackage {
  /** '.' for the working directory itself. */
  readonly folder: string;
  readonly scripts: Readonly<Record<string, string>>;
  /** It is in a folder in which front-ends usually are. */
  readonly usual: boolean;
  /** Names of the files beside it. */
  readonly files: readonly string[];
  /** Those of task runners among them: a gulpfile, a Gruntfile. */
  readonly taskFiles: readonly { readonly name: string; readonly text: string }[];
  /** Configurations of bundlers beside it and in its folders. */
  readonly configs: readonly { readonly path: string; readonly text: string }[];
}

/** A Makefile where people look for one. */
export interface Makefile {
  /** Relative to the working directory. */
  readonly folder: string;
  readonly text: string;
}

/** What the project's own tree has of front-ends, before collectstatic copies any of it. */
export interface FrontEnds {
  readonly packages: readonly FrontEndPackage[];
  readonly makefiles: readonly Makefile[];
  /** Every file of the project but packages and git's own. */
  readonly files: ReadonlySet<string>;
  /** Texts of what looks like the project's settings. */
  readonly settings: string;
  /** The working directory relative to the checkout, '' or with a slash at its end. */
  readonly prefix: string;
}
