import type { Place } from '../../core/errors.ts';
import { below } from '../../lib/paths.ts';
import type { BucketAddress } from '../../store/addresses.ts';
import { placeIn } from '../checkout/place.ts';
import type { ProjectSettings } from '../django/settings-shape.ts';

/** What of the request decides whether something is a finding, and how bad it is. */
export interface PreflightOptions {
  /** Absolute, real path of the checkout, which places are relative to. */
  readonly workspace: string;
  /** Where static files go; undefined where the app serves them. */
  readonly bucket: BucketAddress | undefined;
  /** Key prefix of static files: '' or ends with a slash. */
  readonly staticPrefix: string | undefined;
  /** Where media goes; undefined where none is uploaded. */
  readonly media?: { readonly bucket: BucketAddress; readonly prefix: string } | undefined;
  /** It is known where everything goes: without that nothing can be said to be missing there. */
  readonly planned?: boolean;
  /** The live address, where it is known before the release. */
  readonly url: string | undefined;
  /** It is a preview, whose address is another one for each pull request. */
  readonly preview?: boolean;
  /** A host is asked to build and run this commit, or will be, where the run only looks. */
  readonly releases?: boolean;
  /** What that host does with static files; absent for one of which nothing is known, such as a hook. */
  readonly host?: HostStatics | undefined;
  /** Names of the variables that `host-env` sets. */
  readonly hostEnv?: readonly string[];
}

/** A host as the static files of an app see it. */
export interface HostStatics {
  readonly title: string;
  /** It runs the artifact, in which the collected files are; else it builds the app itself. */
  readonly takesArtifact: boolean;
  /** How it serves them itself, as half a sentence. */
  readonly servesStatic?: string | undefined;
  /** Its build runs collectstatic unasked. */
  readonly collectsStatic: boolean;
}

/** A place as a part of a finding; nothing where the file is not in the checkout. */
export const place = (options: PreflightOptions, file: string | null | undefined, line?: number | null) =>
  placeIn(options.workspace, file, line);

/** Where a setting is assigned; the settings module where no file of the project does. */
export function placeOf(options: PreflightOptions, settings: ProjectSettings, name: string): { readonly at?: Place } {
  const assigned = settings.assigned[name];
  return assigned ? place(options, assigned.file, assigned.line) : place(options, settings.settings_file);
}

/** A file as people know it: relative to the checkout where it is in it. */
export const pathOf = (options: PreflightOptions, file: string): string => below(options.workspace, file) ?? file;
