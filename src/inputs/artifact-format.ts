export const artifactFormats = ['tar.gz', 'zip'] as const;

export type ArtifactFormat = (typeof artifactFormats)[number];
