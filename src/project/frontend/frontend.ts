import { posix } from 'node:path';
import { listSome } from '../../lib/text.ts';
import type { Finding } from '../../report/finding.ts';
import { adviseFrontEnd } from './build-advice.ts';
import type { FrontEndPackage, FrontEnds } from './front-ends.ts';

/** Scripts that build for production, the likeliest first. */
export const buildScripts = ['build', 'build:prod', 'build:production', 'production'];

/** Programs that write what browsers load, and the folder that they write to unless told otherwise. */
const builders: Readonly<Record<string, string | undefined>> = {
  vite: 'dist',
  webpack: 'dist',
  rspack: 'dist',
  rsbuild: 'dist',
  parcel: 'dist',
  'vue-cli-service': 'dist',
  'react-scripts': 'build',
  craco: 'build',
  esbuild: undefined,
  rollup: undefined,
  tailwindcss: undefined,
  '@tailwindcss/cli': undefined,
  postcss: undefined,
  sass: undefined,
};

const wordsOf = (script: string) => script.split(/[\s;&|()"']+/).filter((word) => word !== '');

/** The program that a word of a script names: `./node_modules/.bin/vite`, `tailwindcss@3`. */
const programOf = (word: string) => word.replace(/^.*\/\.bin\//, '').replace(/(.)@[\w.^~-]+$/, '$1');

/** A script with those that it calls, by their names or by `build:*`. */
export function wholeScript(scripts: FrontEndPackage['scripts'], name: string): string {
  const done = new Set([name]);
  for (const one of done) {
    for (const word of wordsOf(scripts[one] ?? '')) {
      const isCalled = (other: string) =>
        other === word || (word.endsWith('*') && other.startsWith(word.replace(/\*+$/, '')));
      for (const other of Object.keys(scripts).filter(isCalled)) done.add(other);
    }
  }
  return [...done].map((one) => scripts[one]).join(' && ');
}

const outputOption =
  /(?:--(?:out-?dir|out-?file|output(?:-path)?|dist-dir|dest|dir|file)|\s-[od])(?:=|\s+)["']?([^\s"'&|;]+)/gi;
/** `outDir: '…'` and its like, `output: { path: path.resolve(__dirname, '…') }`. */
const outputSetting =
  /(?:\b(?:outDir|outdir|outfile|outputDir)\s*:|\boutput\s*:\s*\{[^}]*?\b(?:path|dir|file)\s*:)\s*(?:[\w.]+\(\s*)?(?:(?:__dirname|import\.meta\.dirname|process\.cwd\(\))\s*,\s*)?((?:["'`][^"'`$]*["'`]\s*,?\s*)*)/g;
const rootSetting = /\broot\s*:\s*(?:[\w.]+\(\s*)?(?:__dirname\s*,\s*)?["'`]([^"'`$]+)["'`]/;

/** The strings of `'a', 'b'` as one path. */
const joined = (strings: string) =>
  posix.join(...[...strings.matchAll(/["'`]([^"'`]*)["'`]/g)].map(([, text]) => text ?? ''));

/** What one command of `sass` writes: `in.scss:out.css`, or `in.scss out.css`. */
function sassOutputs(command: string): string[] {
  const words = wordsOf(command).map(programOf);
  if (!words.includes('sass')) return [];
  return words.flatMap((word) => /(?:^|:)([^:]+\.css)$/.exec(word)?.[1] ?? []);
}

/** Where a script writes to, as far as script and configurations plainly say; undefined where they do not. */
function outputsOf(
  { folder, configs }: FrontEndPackage,
  script: string,
  programs: readonly string[],
): string[] | undefined {
  const inside = (base: string, path: string) => posix.join(base, path).replace(/\/$/, '');
  const words = wordsOf(script);
  const options = [...script.matchAll(outputOption)].map(([, path = '']) => path);
  const styles = script.split(/[;&|]+/).flatMap(sassOutputs);
  const named = [...options, ...styles].map((path) => inside(folder, path));
  if (named.length > 0) return named;
  const settings = configs.flatMap(({ path, text }) => {
    const bases = [folder, posix.dirname(path), inside(folder, rootSetting.exec(text)?.[1] ?? '.')];
    const found = [...text.matchAll(outputSetting)].map(([, strings = '']) =>
      strings === '' ? [] : bases.map((base) => inside(base, joined(strings))),
    );
    // What Vite calls output is Rollup's, and says nothing of the folder.
    const mention = /^vite/.test(posix.basename(path)) ? /\boutDir\b/ : /\bout(put|Dir|dir|file|putDir)\b/;
    return found.length === 0 && mention.test(text) ? [[]] : found;
  });
  // One that is computed, or a configuration somewhere else, can lead anywhere.
  const elsewhere = words.some((word, at) => /^(--config|-c)(=|$)/.test(word) && !isRead(configs, word, words[at + 1]));
  if (elsewhere || settings.some((paths) => paths.length === 0)) return undefined;
  if (settings.length > 0) return settings.flat();
  const usual = programs.map((program) => builders[program]).filter((path) => path !== undefined);
  return usual.length > 0 ? usual.map((path) => inside(folder, path)) : undefined;
}

/** Whether the configuration that an option of a script names is one of those that were read. */
function isRead(configs: FrontEndPackage['configs'], option: string, next: string | undefined): boolean {
  const path = option.includes('=') ? option.slice(option.indexOf('=') + 1) : next;
  // `rollup -c` is the one beside package.json.
  if (path === undefined || path.startsWith('-')) return true;
  return configs.some((config) => config.path.endsWith(posix.normalize(path)));
}

/**
 * Whether Django is to collect what a front-end writes: into a folder `static`, or one that the settings mention. Others
 * are sites of their own, which somebody else deploys.
 */
function isCollected(outputs: readonly string[], settings: string): boolean {
  const mentioned = new Set(settings.split(/["'/]/));
  return outputs.some((path) => path.split('/').some((part) => part === 'static' || mentioned.has(part)));
}

/** Every folder that holds a file; `.gitkeep` alone keeps an empty one. */
function foldersOf(files: ReadonlySet<string>): Set<string> {
  const folders = new Set<string>();
  for (const file of files) {
    if (posix.basename(file).startsWith('.')) continue;
    for (let at = file.indexOf('/'); at >= 0; at = file.indexOf('/', at + 1)) folders.add(file.slice(0, at));
  }
  return folders;
}

/** Where a script of a package writes to; undefined where that cannot be read off, or it runs no bundler. */
function outputsOfScript(one: FrontEndPackage, name: string): string[] | undefined {
  const script = wholeScript(one.scripts, name);
  const programs = wordsOf(script)
    .map(programOf)
    .filter((word) => Object.hasOwn(builders, word));
  return programs.length > 0 ? outputsOf(one, script, programs) : undefined;
}

/** Whether what a script writes is there already. */
export function isBuilt(one: FrontEndPackage, script: string, files: ReadonlySet<string>): boolean {
  const folders = foldersOf(files);
  return outputsOfScript(one, script)?.some((path) => folders.has(path) || files.has(path)) ?? false;
}

/**
 * The manifest that Vite writes for a server, and nobody has: by it pages find their files, wherever they are. Undefined where
 * the settings say nothing of Vite, because then the front-end is a site of its own.
 */
function missingManifest(
  { configs }: FrontEndPackage,
  files: ReadonlySet<string>,
  settings: string,
): string | undefined {
  if (!/vite/i.test(settings)) return undefined;
  const named = configs
    .filter(({ path }) => /^vite/.test(posix.basename(path)))
    .flatMap(({ text }) => /\bmanifest\s*:\s*(true|["'`]([^"'`$]+)["'`])/.exec(text) ?? []);
  const [setting, , name = 'manifest.json'] = named;
  const base = posix.basename(name);
  return setting === undefined || [...files].some((file) => posix.basename(file) === base) ? undefined : name;
}

/**
 * Front-ends that were to be built and are not there: a package.json whose build script runs a bundler, and nothing where
 * it writes to. Silent wherever that is not plain to see: a script that only checks, a folder that nobody can read off.
 */
export function forgottenFrontEnds({ packages, files, settings, prefix }: FrontEnds): Finding[] {
  const folders = foldersOf(files);
  return packages.flatMap((one): Finding[] => {
    if (!one.usual) return [];
    const name = buildScripts.find((script) => one.scripts[script] !== undefined);
    if (name === undefined) return [];
    const outputs = outputsOfScript(one, name);
    // What lies outside the working directory was not looked at.
    const isInside = outputs?.every((path) => !path.startsWith('..') && !posix.isAbsolute(path)) ?? false;
    const isThere = outputs?.some((path) => folders.has(path) || files.has(path)) ?? false;
    if (outputs && isInside && !isThere && isCollected(outputs, settings)) return [notRun(one, name, outputs, prefix)];
    const manifest = missingManifest(one, files, settings);
    return manifest ? [notRun(one, name, [manifest], prefix)] : [];
  });
}

function notRun(one: FrontEndPackage, script: string, outputs: readonly string[], prefix: string): Finding {
  const { command, setup } = adviseFrontEnd(one, [script]);
  const missing = listSome([...new Set(outputs)], 2);
  const message = `The script "${script}" is there, and nothing has run it: there is no ${missing}. Write build-command: ${command}, and ${setup} as a step before this one.`;
  return {
    level: 'warning',
    id: 'deploy.front-end',
    message,
    at: { file: prefix + posix.join(one.folder, 'package.json') },
  };
}
