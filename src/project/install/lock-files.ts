export interface LockFile {
  readonly name: string;
  /** What it is made from. */
  readonly project: string;
  /** What writes it anew, and leaves the versions that still fit. */
  readonly command: string;
}

/** Lock files that a project keeps, by the tool that installs from them. */
export const lockFiles = {
  uv: { name: 'uv.lock', project: 'pyproject.toml', command: 'uv lock' },
  poetry: { name: 'poetry.lock', project: 'pyproject.toml', command: 'poetry lock' },
  // Without the flag PDM takes the newest version of every package, which is another change than the one that was asked for.
  pdm: { name: 'pdm.lock', project: 'pyproject.toml', command: 'pdm lock --update-reuse' },
  pipenv: { name: 'Pipfile.lock', project: 'Pipfile', command: 'pipenv lock' },
} as const satisfies Readonly<Record<string, LockFile>>;
