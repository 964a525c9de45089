import type { BuildStage } from '../../src/commands/stages/build-stage.ts';
import type { Destination } from '../../src/plan/destination.ts';

/** A build without files, as a release takes it. */
export const builtStage = {
  names: new Set(),
  bundled: new Set(),
  artifact: async () => ({ artifact: { path: '/w/artifact.tar.gz', sha256: '00', bytes: 1, files: 1 }, left: [] }),
} as unknown as BuildStage;

/** The destination of an app that serves its own files. */
export const appServes: Destination = {
  bucket: undefined,
  static: undefined,
  media: undefined,
  staticUrl: undefined,
  mediaUrl: undefined,
  origins: new Set(),
};
