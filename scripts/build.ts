import { readFile, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

/**
 * Bundles the action into dist/index.cjs, one file that the runner starts as it is, and writes the licences of what is in it
 * beside it. Not minified, so that a reader can compare it with the sources; the same sources give the same bytes.
 */
const result = await build({
  entryPoints: ['src/index.ts'],
  outfile: 'dist/index.cjs',
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  charset: 'utf8',
  loader: { '.py': 'text' },
  // @actions/http-client asks for another undici; one copy is enough, and it is the one that is pinned here.
  alias: { undici: 'undici' },
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});

const names = new Set<string>();
for (const path of Object.keys(result.metafile.inputs)) {
  const found = [...path.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)\//g)].at(-1)?.[1];
  if (found) names.add(`${path.slice(0, path.lastIndexOf(`node_modules/${found}/`))}node_modules/${found}`);
}

async function licenceOf(folder: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8')) as Record<
    string,
    string
  >;
  for (const file of ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE', 'license', 'LICENSE-MIT', 'LICENSE.mit']) {
    const text = await readFile(`${folder}/${file}`, 'utf8').catch(() => undefined);
    if (text) return `${name}@${version} (${license})\n\n${text.trim()}\n`;
  }
  return `${name}@${version} (${license})\n`;
}

const licences = await Promise.all([...names].sort().map(licenceOf));
await writeFile('dist/licenses.txt', licences.join(`\n${'-'.repeat(80)}\n\n`));
