import { commitInImage } from '../contract/image.ts';
import type { Machine, MachineConfig } from './fly-api.ts';

/** Keys of a machine's metadata by which its release is known. */
const keys = {
  release: 'deploy_django_release',
  since: 'deploy_django_since',
  previewOf: 'deploy_django_preview_of',
} as const;

/** What a deploy puts on each machine of an app. */
export interface FlyRelease {
  readonly id: string;
  readonly image: string;
  /** Milliseconds since the epoch; a machine with a later one belongs to a newer deploy. */
  readonly since: number;
}

export const commitOf = ({ config }: Machine): string | undefined => commitInImage(config?.image);

/** The release of ours that a machine runs. flyctl keeps the metadata when it changes the image, so the image counts too. */
export function releaseOf({ config }: Pick<Machine, 'config'>): FlyRelease | undefined {
  const { metadata, image } = config ?? {};
  const id = metadata?.[keys.release];
  if (!id || !image) return undefined;
  return { id, image, since: Number(metadata[keys.since] ?? 0) };
}

/** The number of flyctl's release that a machine runs. */
export const flyctlVersion = ({ config }: Machine): number =>
  Number(config?.metadata?.fly_release_version ?? Number.NaN);

export const isPreviewOf = (app: string, { config }: Machine): boolean => config?.metadata?.[keys.previewOf] === app;

/** A machine's configuration with another release; all that the action does not know stays. */
export function withRelease(config: MachineConfig, release: FlyRelease, previewOf?: string): MachineConfig {
  const metadata = {
    ...config.metadata,
    [keys.release]: release.id,
    [keys.since]: String(release.since),
    ...(previewOf === undefined ? {} : { [keys.previewOf]: previewOf }),
  };
  return { ...config, image: release.image, metadata };
}

/** A configuration for a machine of another app: a volume belongs to one machine. */
export function forPreview({ mounts: _mounts, standbys: _standbys, ...config }: MachineConfig): MachineConfig {
  return config;
}
