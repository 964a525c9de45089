import { posix } from 'node:path';
import type { Finding } from '../../report/finding.ts';

/** A file of the project's Python that looks for a list of files in STATIC_ROOT, such as a bundler's manifest. */
export interface StaticRootRead {
  /** Relative to the working directory. */
  readonly file: string;
  readonly line: number;
  /** Below STATIC_ROOT. */
  readonly name: string;
}

/** `STATIC_ROOT / "manifest.json"`, `join(settings.STATIC_ROOT, "vite", "manifest.json")`, `f"{STATIC_ROOT}/manifest.json"`. */
const reading =
  /STATIC_ROOT\b["'\]})\s]*(?:[/,+]\s*(?:f?["']\/?)?|\/)((?:[\w.-]+["']?\s*[/,]\s*["']?)*[\w.-]+\.json)["']/g;

/** Files whose reading is no page's: a command may well write what it names. */
const elsewhere = /(^|\/)(tests?|management|migrations)(\/|$)|(^|\/)(test_\w+|conftest)\.py$/;

/** Whether pages may be made by this file, for what it reads in STATIC_ROOT. */
export const mayReadStaticRoot = (path: string): boolean => path.endsWith('.py') && !elsewhere.test(path);

export function readsOfStaticRoot(file: string, text: string): StaticRootRead[] {
  return [...text.matchAll(reading)].map((match) => ({
    file,
    line: text.slice(0, match.index).split('\n').length,
    name: posix.join(...(match[1] ?? '').split(/["'\s,/]+/)),
  }));
}

interface Places {
  /** Files that git holds or a hook has written, relative to the working directory. */
  readonly paths: readonly string[];
  /** Whether the collected files have this name. */
  readonly isCollected: (name: string) => boolean;
  /** STATIC_ROOT relative to the working directory; undefined where it is outside. */
  readonly staticRoot: string | undefined;
  /** The working directory relative to the checkout, '' or with a slash at its end. */
  readonly prefix: string;
}

/** A list of files that pages look for in STATIC_ROOT, and that a bundler has written into a folder that no finder offers. */
export function fromStaticRootReads(
  reads: readonly StaticRootRead[],
  { paths, isCollected, staticRoot, prefix }: Places,
): Finding[] {
  return reads.flatMap(({ file, line, name }): Finding[] => {
    if (isCollected(name)) return [];
    const written = paths.find((path) => path === name || path.endsWith(`/${posix.basename(name)}`));
    if (written === undefined) return [];
    const bring =
      staticRoot === undefined
        ? ''
        : `, or bring it: post-build-command: mkdir -p ${posix.join(staticRoot, posix.dirname(name))} && cp -r ${posix.dirname(written)}/. ${posix.join(staticRoot, posix.dirname(name))}`;
    const message = `Pages look for ${name} in STATIC_ROOT, and it is not among the collected files: it is at ${prefix}${written}, in a folder that collectstatic does not take. Let the bundler write into one that it takes (STATICFILES_DIRS)${bring}`;
    return [{ level: 'warning', id: 'deploy.not-made', message, at: { file: prefix + file, line } }];
  });
}
