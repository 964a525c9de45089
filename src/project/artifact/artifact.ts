/** One file of the artifact: where it goes, and where its bytes come from. */
export interface ArtifactEntry {
  /** Path in the artifact, with forward slashes. */
  readonly path: string;
  readonly executable: boolean;
  readonly from: { readonly file: string } | { readonly bytes: Uint8Array };
}

export interface Artifact {
  readonly path: string;
  /** Hex. */
  readonly sha256: string;
  readonly bytes: number;
  readonly files: number;
}

/** Where there is no commit to take a time from: the first day that a zip file knows. */
export const fallbackTime = 315_532_800;

/** What tools leave behind: databases with their journals, keys, generated secrets, byte code, logs. */
export function isLeftover(path: string): boolean {
  const name = path.split('/').at(-1) ?? '';
  return /\.(sqlite3?|db)(-journal|-wal|-shm)?$|\.(pyc|pyo|pem|key|log|tmp)$|^(id_[a-z0-9]+|secret_key.*)$/i.test(name);
}

/**
 * Whether a file that appeared during a build hook is meant to go along. `.vite/manifest.json` is in the one dot folder
 * that Django needs at run time.
 */
export function isMadeOnPurpose(path: string): boolean {
  return !isLeftover(path) && !path.split('/').some((part) => part.startsWith('.') && part !== '.vite');
}
