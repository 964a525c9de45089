import { readdir, readFile, writeFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { hosts } from '../src/hosts/index.ts';
import { table } from '../src/inputs/table.ts';
import { actionTypes } from './docs/action-types.ts';
import { exampleOf, proofOf } from './docs/host-proofs.ts';
import { hostsTable, optionsTable, proofsTable, waysTable } from './docs/hosts-table.ts';
import { inputsSection, inputsTable } from './docs/inputs-table.ts';
import { ownerOf, withOwner } from './docs/repository.ts';
import { replaceSection } from './docs/section.ts';

/**
 * Writes what the code knows into action.yml (inputs), README.md (inputs, outputs, hosts), the pages of hosts (options) and their list,
 * between markers, the types into action-types.yml, and the repository's owner wherever it is named (`--write`), or says which
 * file is out of step and fails.
 */
interface Action {
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function outputsTable({ outputs }: Action): string {
  const rows = Object.entries(outputs).map(([name, output]) => `| \`${name}\` | ${cell(output.description)} |`);
  return ['| Output | Meaning |', '| --- | --- |', ...rows].join('\n');
}

/** A file, and what it should be. */
export interface Page {
  readonly path: string;
  readonly current: string;
  readonly wanted: string;
}

/** Files that name this action or its repository: pages, examples, and what GitHub reads. */
async function namingFiles(): Promise<string[]> {
  const inside = async (folder: string, ending: RegExp) =>
    (await readdir(folder, { recursive: true })).filter((name) => ending.test(name)).map((name) => `${folder}/${name}`);
  const pages = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md', '.github/CODEOWNERS'];
  return [...pages, ...(await inside('docs', /\.md$/)), ...(await inside('examples', /\.yml$/))];
}

/** Every file with generated sections. */
export async function renderDocs(): Promise<Page[]> {
  const changes = new Map<string, (text: string) => string | Promise<string>>();
  const owner = ownerOf(await readFile('package.json', 'utf8'));
  const names = Object.keys(hosts);
  const action = async () => parse(await readFile('action.yml', 'utf8')) as Action;

  changes.set('action.yml', (text) => replaceSection(text, 'inputs', inputsSection(table, names), '#'));
  changes.set('action-types.yml', async () => actionTypes(table, Object.keys((await action()).outputs)));
  changes.set('README.md', async (text) => {
    const withInputs = replaceSection(text, 'inputs', inputsTable(table, names));
    const withOutputs = replaceSection(withInputs, 'outputs', outputsTable(await action()));
    return replaceSection(withOutputs, 'hosts', await hostsTable(hosts));
  });
  changes.set('docs/hosts/README.md', async (text) => {
    const withWays = replaceSection(text, 'ways', await waysTable(hosts));
    return replaceSection(withWays, 'proofs', proofsTable(hosts, proofOf, exampleOf));
  });
  for (const definition of Object.values(hosts))
    changes.set(`docs/${definition.page}`, (text) => replaceSection(text, 'options', optionsTable(definition)));

  const paths = new Set([...changes.keys(), ...(await namingFiles())]);
  return Promise.all(
    [...paths].map(async (path) => {
      const current = await readFile(path, 'utf8');
      return { path, current, wanted: withOwner((await changes.get(path)?.(current)) ?? current, owner) };
    }),
  );
}

if (import.meta.main) {
  for (const { path, current, wanted } of await renderDocs()) {
    if (current === wanted) continue;
    if (process.argv.includes('--write')) await writeFile(path, wanted);
    else {
      console.error(`${path} is out of step with the code. Run: npm run docs`);
      process.exitCode = 1;
    }
  }
}
