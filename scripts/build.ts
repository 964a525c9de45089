import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { type BuildOptions, build, type Plugin } from 'esbuild';

/**
 * Bundles the action into dist/: index.cjs, which the runner starts, run.cjs with all that a run needs, and one file for each large
 * package that only some runs need, so that the step starts in a moment, and the end of a job even sooner. Not minified, so that a reader can compare it with the sources; the same
 * sources give the same bytes.
 */
const lazyPackages = [
  '@actions/cache',
  '@actions/github',
  '@aws-sdk/client-s3',
  '@csstools/css-tokenizer',
  'es-module-lexer/js',
  'htmlparser2',
  'mime-types',
  'srcset',
  'tar-stream',
  'undici',
  'yauzl',
  'yazl',
];

/** Packages of which a smaller entry than their own is bundled. */
const entries: Readonly<Record<string, string>> = { undici: './scripts/bundled-undici.cjs' };

const fileOf = (name: string) => `${name.replace('@', '').replaceAll('/', '-')}.cjs`;

/** Packages whose unused parts do nothing when they are loaded, though they do not say so: @actions/core's OIDC client. */
const withoutSideEffects = /^@actions\//;

const plugin: Plugin = {
  name: 'lazy-packages',
  setup({ onResolve, resolve, initialOptions }) {
    const entry = Object.values(initialOptions.entryPoints as Record<string, string>)[0];
    onResolve({ filter: /^[^./]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (pluginData === 'resolving') return undefined;
      if (lazyPackages.includes(path) && path !== entry && kind !== 'entry-point')
        return { path: `./${fileOf(path)}`, external: true };
      if (!withoutSideEffects.test(path)) return undefined;
      const found = await resolve(path, { kind, importer, resolveDir, pluginData: 'resolving' });
      return { ...found, sideEffects: false };
    });
    onResolve({ filter: /^\.\/run\.ts$/ }, () => ({ path: './run.cjs', external: true }));
    // Their own files too: one that is resolved both here and by esbuild itself comes out as whichever is first.
    onResolve({ filter: /^\./ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (pluginData === 'resolving' || !/[\\/]node_modules[\\/]@actions[\\/]/.test(importer)) return undefined;
      const found = await resolve(path, { kind, importer, resolveDir, pluginData: 'resolving' });
      return { ...found, sideEffects: false };
    });
  },
};

/** The packages that ask where they are, which a bundle can tell. */
const asking = { define: { 'import.meta.url': 'bundleUrl' }, inject: ['scripts/bundle-url.ts'] } satisfies BuildOptions;
const askingPackages = ['@actions/cache'];

const shared = {
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  // As require(): import() of CommonJS reads a file once more for the names that it exports.
  supported: { 'dynamic-import': false },
  charset: 'utf8',
  loader: { '.py': 'text' },
  // What reader-threads.ts asks to find its thread: a bundle is CommonJS.
  define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  plugins: [plugin],
} satisfies BuildOptions;

for (const file of await readdir('dist').catch(() => [])) await rm(`dist/${file}`);
const bundles = [
  { entryPoints: { index: 'src/index.ts' } },
  { entryPoints: { run: 'src/run.ts' } },
  { entryPoints: { 'reading-thread': 'src/runner/reading-thread.ts' } },
  ...lazyPackages.map((name) => ({
    entryPoints: { [fileOf(name).replace(/\.cjs$/, '')]: entries[name] ?? name },
    ...(askingPackages.includes(name) ? asking : {}),
  })),
];
const folders = new Set<string>();
for (const bundle of bundles) {
  const { metafile } = await build({ ...shared, ...bundle });
  for (const path of Object.keys(metafile.inputs)) {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
    if (folder) folders.add(folder);
  }
}

async function licenceOf(folder: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8')) as Record<
    string,
    string
  >;
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? `\n\n${(await readFile(`${folder}/${file}`, 'utf8')).trim()}` : '';
  return `${name}@${version} (${license})${text}\n`;
}

const licences = await Promise.all([...folders].sort().map(licenceOf));
await writeFile('dist/licenses.txt', licences.join(`\n${'-'.repeat(80)}\n\n`));
