import type { AssetLink } from './asset-link.ts';

/** A file of the page that does not load, in one sentence with what to do. */
export interface AssetProblem {
  readonly url: string;
  readonly message: string;
  /**
   * `file`: the release has this very file; `place`: it lies where the release's files do, or where they would by Django's own
   * default; `no`: it is somebody else's.
   */
  readonly own: 'file' | 'place' | 'no';
}

export interface AssetReport {
  /** Files that were asked for, of as many that were found. */
  readonly checked: number;
  readonly found: number;
  /** Files of other origins: not ours to prove, and not asked. */
  readonly foreign: number;
  readonly problems: readonly AssetProblem[];
  /** What works and could be better, and what does not matter to the page. */
  readonly remarks: readonly AssetProblem[];
  /** What was not looked at, as sentences. */
  readonly unseen: readonly string[];
  /** Addresses that loaded. */
  readonly fine: ReadonlySet<string>;
  /** Encodings in which the app itself sends files of the release; none where it was not asked for any. */
  readonly encodings?: readonly string[];
}

/** What of the files before the release decides about those after it. */
export type FilesBefore = Pick<AssetReport, 'problems' | 'fine'>;

/** Addresses that did not load before the release. */
export const brokenBefore = (before: FilesBefore | undefined): ReadonlySet<string> =>
  new Set(before?.problems.map(({ url }) => url));

/**
 * The problems that are the release's: its own files, and what loaded before it. What was broken before, and what is not of
 * the release, such as media, is worth a warning.
 */
export function split(
  problems: readonly AssetProblem[],
  before: FilesBefore | undefined,
): { failing: AssetProblem[]; passing: AssetProblem[] } {
  const broken = brokenBefore(before);
  const fails = ({ url, own }: AssetProblem) =>
    own === 'file' || (own === 'place' && !broken.has(url)) || (before?.fine.has(url) ?? false);
  return { failing: problems.filter(fails), passing: problems.filter((problem) => !fails(problem)) };
}

/** What a script says whose import leads nowhere. */
export const missing = (name: string) =>
  `imports "${name}", which no import map of the page names, so browsers do not run it. Add it to the import map, or import a path that begins with ./ or /.`;

export const insecure =
  'is http on an https page, so browsers block it. Let STATIC_URL and MEDIA_URL begin with https://.';

export const forbidden = (directive: string, { url, use }: AssetLink) =>
  `is forbidden by the page's Content-Security-Policy: "${directive}". Allow ${new URL(url).origin} there, so that browsers load the ${use}.`;
