export interface LockFile {
  readonly name: string;
  /** What it is made from. */
  readonly project: string;
  /** What writes it anew. */
  readonly command: string;
}

/** Lock files that a project keeps, by the tool that installs from them. */
export const lockFiles = {
  uv: { name: 'uv.lock', project: 'pyproject.toml', command: 'uv lock' },
  poetry: { name: 'poetry.lock', project: 'pyproject.toml', command: 'poetry lock' },
  pdm: { name: 'pdm.lock', project: 'pyproject.toml', command: 'pdm lock' },
  pipenv: { name: 'Pipfile.lock', project: 'Pipfile', command: 'pipenv lock' },
} as const satisfies Readonly<Record<string, LockFile>>;
