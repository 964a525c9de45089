import { posix } from 'node:path';
import { quote } from '../../lib/shell-word.ts';
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
  /\bSTATIC_ROOT\b["'\]})\s]*(?:[/,+]\s*(?:f?["']\/?)?|\/)((?:[\w.-]+["']?\s*[/,]\s*["']?)*[\w.-]+\.json)["']/g;

/** Comments and docstrings, which say much and read nothing; other strings come first, because a `#` may be in them. */
const remarks = /^[ \t]*[rRuU]?("""|''')[\s\S]*?\1|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*/gm;

/** What follows a path that is written: `open(path, "w")`, `path.open("wb")`, `path.write_text(…)`. */
const writing =
  /^[)\s]*(?:,\s*(?:[^\n)]*\bmode\s*=\s*)?["'][wax][bt+]*["']|\.(?:write_\w+|touch|unlink)\(|\.open\(\s*(?:mode\s*=\s*)?["'][wax])/;
/** What is before one, in its line: `shutil.copy(source, path)`. */
const copying = /\b(?:copy\w*|move)\([^\n]*,[^\n]*$/;

/** The text without what is only said; lines and places in them stay. */
const codeOf = (text: string): string =>
  text.replaceAll(remarks, (found) =>
    /^["']/.test(found) && !/^("""|''')/.test(found) ? found : found.replace(/./g, ' '),
  );

/** Files whose reading is no page's: a command may well write what it names. */
const elsewhere = /(^|\/)(tests?|management|migrations)(\/|$)|(^|\/)(test_\w+|conftest)\.py$/;

/** Whether pages may be made by this file, for what it reads in STATIC_ROOT. */
export const mayReadStaticRoot = (path: string): boolean => path.endsWith('.py') && !elsewhere.test(path);

export function readsOfStaticRoot(file: string, text: string): StaticRootRead[] {
  const code = codeOf(text);
  return [...code.matchAll(reading)].flatMap((match) => {
    const before = code.slice(0, match.index);
    if (copying.test(before) || writing.test(code.slice(match.index + match[0].length))) return [];
    return [{ file, line: before.split('\n').length, name: posix.join(...(match[1] ?? '').split(/["'\s,/]+/)) }];
  });
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

/** Whether one folder is, or is in, the other. */
const isIn = (folder: string, other: string): boolean =>
  other === '.' || posix.normalize(`${folder}/`).startsWith(posix.normalize(`${other}/`));

/** The command that brings a bundler's folder to where pages look; undefined where the folder holds more than what is built. */
function bringing(written: string, name: string, { paths, staticRoot }: Places): string | undefined {
  if (staticRoot === undefined) return undefined;
  const from = posix.dirname(written);
  const to = posix.join(staticRoot, posix.dirname(name));
  if (isIn(to, from) || paths.includes(posix.join(from, 'package.json'))) return undefined;
  return `mkdir -p ${quote(to)} && cp -r ${quote(`${from}/.`)} ${quote(to)}`;
}

/** A list of files that pages look for in STATIC_ROOT, and that a bundler has written into a folder that no finder offers. */
export function fromStaticRootReads(reads: readonly StaticRootRead[], places: Places): Finding[] {
  const { paths, isCollected, prefix } = places;
  return reads.flatMap(({ file, line, name }): Finding[] => {
    if (isCollected(name)) return [];
    const [written, ...others] = new Set(paths.filter((path) => `/${path}`.endsWith(`/${name}`)));
    if (written === undefined) return [];
    // Of several it is not known which one the bundler writes for these pages.
    const command = others.length === 0 ? bringing(written, name, places) : undefined;
    const bring = command === undefined ? '' : `, or bring it: post-build-command: ${command}`;
    const message = `Pages look for ${name} in STATIC_ROOT, and it is not among the collected files: it is at ${prefix}${written}, in a folder that collectstatic does not take. Let the bundler write into one that it takes (STATICFILES_DIRS)${bring}`;
    return [{ level: 'warning', id: 'deploy.not-made', message, at: { file: prefix + file, line } }];
  });
}
