export const artifactFormats = ['tar.gz', 'zip'] as const;

/** The format of an artifact, by its name. */
export const formatOf = (path: string): ArtifactFormat => (path.endsWith('.zip') ? 'zip' : 'tar.gz');

export type ArtifactFormat = (typeof artifactFormats)[number];
