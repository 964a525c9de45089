import { readFile, writeFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { hosts } from '../src/hosts/index.ts';
import { table } from '../src/inputs/table.ts';
import { exampleOf, proofOf } from './docs/host-proofs.ts';
import { hostsTable, optionsTable, proofsTable, waysTable } from './docs/hosts-table.ts';
import { inputsSection, inputsTable } from './docs/inputs-table.ts';
import { replaceSection } from './docs/section.ts';

/**
 * Writes what the code knows into action.yml (inputs), README.md (inputs, outputs, hosts) the pages of hosts (options) and their list,
 * between markers (`--write`), or says which file is out of step and fails.
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

async function render(path: string, change: (text: string) => string | Promise<string>): Promise<Page> {
  const current = await readFile(path, 'utf8');
  return { path, current, wanted: await change(current) };
}

/** Every file with generated sections. */
export function renderDocs(): Promise<Page[]> {
  const pages = Object.values(hosts).map((definition) =>
    render(`docs/${definition.page}`, (text) => replaceSection(text, 'options', optionsTable(definition))),
  );
  const names = Object.keys(hosts);
  return Promise.all([
    render('action.yml', (text) => replaceSection(text, 'inputs', inputsSection(table, names), '#')),
    render('README.md', async (text) => {
      const action = parse(await readFile('action.yml', 'utf8')) as Action;
      const withInputs = replaceSection(text, 'inputs', inputsTable(table, names));
      const withOutputs = replaceSection(withInputs, 'outputs', outputsTable(action));
      return replaceSection(withOutputs, 'hosts', await hostsTable(hosts));
    }),
    render('docs/hosts/README.md', async (text) => {
      const withWays = replaceSection(text, 'ways', await waysTable(hosts));
      return replaceSection(withWays, 'proofs', proofsTable(hosts, proofOf, exampleOf));
    }),
    ...pages,
  ]);
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
