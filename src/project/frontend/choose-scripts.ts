import { posix } from 'node:path';
import type { FrontEndPackage } from './front-ends.ts';
import { buildScripts, isBuilt, wholeScript } from './frontend.ts';

/** Other names of scripts that build, which alone say little. */
const otherScripts = [
  'prod',
  'dist',
  'compile',
  'assets',
  'build:css',
  'build-css',
  'css',
  'sass',
  'styles',
  'tailwind',
  'webpack',
  'gulp',
  'build:dev',
  'dev:build',
];

/** Parts of a name that say that a script makes files: `build:css:sass`, `scss-compile`, `webpack:prod`. */
const making = /^(build|prod|production|dist|compile|bundle|assets?|static|front-?end|webpack|vite|rollup|gulp|grunt)$/;
/** The same by what they make. */
const makingOf: Readonly<Record<string, RegExp>> = {
  '.css': /^(css|s[ac]ss|less|styl(us|es?)?|postcss|tailwind(css)?|theme)$/,
  '.js': /^(js|javascripts?|ts|typescript|scripts?|esbuild|webpack|vite|rollup|vue|react)$/,
};
/** What never ends, or makes nothing that pages load. */
const other =
  /^(watch|serve|server|start|dev|test|tests|lint|check|types?|storybook|docs?|email|emails|clean|format|docker|ssr|analy[sz]e|preview|deploy|release|publish)$/;

const partsOf = (name: string): string[] => name.toLowerCase().split(/[:._/-]+/);

const isAnyMaking = (part: string): boolean =>
  making.test(part) || Object.values(makingOf).some((one) => one.test(part));

function makes({ scripts }: FrontEndPackage, name: string): boolean {
  const parts = partsOf(name);
  return parts.some(isAnyMaking) && !parts.some((part) => other.test(part)) && !/--?watch\b/.test(scripts[name] ?? '');
}

/** Whether a script, or one that it calls, writes out the name of a file. */
const names = ({ scripts }: FrontEndPackage, script: string, file: string): boolean =>
  wholeScript(scripts, script).includes(posix.basename(file));

/** How well the name of a script says that it makes files of this ending: `build:css:sass` twice. */
const scoreFor = (script: string, ending: string): number =>
  partsOf(script).filter((part) => makingOf[ending]?.test(part)).length * 2 +
  partsOf(script).filter((part) => making.test(part)).length;

/** The script that makes most likely what is missing with one ending; undefined if no name of a script says so. */
function bestFor(one: FrontEndPackage, makers: readonly string[], ending: string): string | undefined {
  const fits = makers.filter((name) => makingOf[ending] === undefined || scoreFor(name, ending) > 0);
  return fits.toSorted((a, b) => scoreFor(b, ending) - scoreFor(a, ending) || order(one, a) - order(one, b))[0];
}

const order = ({ scripts }: FrontEndPackage, name: string): number => Object.keys(scripts).indexOf(name);

/**
 * Scripts of a package.json that make the missing files, as far as names and texts tell. Empty where there is none, or where
 * what it makes is there.
 * @param missing Names of static files that are not there; may be empty.
 */
export function chooseScripts(one: FrontEndPackage, missing: readonly string[], files: ReadonlySet<string>): string[] {
  const main = [...buildScripts, ...otherScripts].find((name) => one.scripts[name] !== undefined);
  const makers = Object.keys(one.scripts).filter((name) => makes(one, name));
  // A script that writes out the missing name makes it, whatever the main one does beside that.
  const naming = missing
    .filter((file) => main === undefined || !names(one, main, file))
    .flatMap((file) => makers.find((name) => name !== main && names(one, name, file)) ?? []);
  const isMade = (name: string) => isBuilt(one, name, files);
  if (naming.length > 0) {
    const all = main === undefined || isMade(main) || !buildScripts.includes(main) ? naming : [main, ...naming];
    return [...new Set(all)];
  }
  if (main !== undefined) return isMade(main) ? [] : [main];
  const endings = new Set(missing.map((file) => posix.extname(file)).filter((ending) => ending in makingOf));
  const best = [...(endings.size > 0 ? endings : [''])].flatMap((ending) => bestFor(one, makers, ending) ?? []);
  return [...new Set(best)].filter((name) => !isMade(name));
}
