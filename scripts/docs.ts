import { readFile, writeFile } from 'node:fs/promises';
import { parse } from 'yaml';

/**
 * Writes the tables of README.md from action.yml, between markers (`--write`), or says that they are out of step and fails.
 */
interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function inputsTable({ inputs }: Action): string {
  const rows = Object.entries(inputs).map(
    ([name, input]) => `| \`${name}\` | ${input.default ? `\`${input.default}\`` : ''} | ${cell(input.description)} |`,
  );
  return ['| Input | Default | Meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

function outputsTable({ outputs }: Action): string {
  const rows = Object.entries(outputs).map(([name, output]) => `| \`${name}\` | ${cell(output.description)} |`);
  return ['| Output | Meaning |', '| --- | --- |', ...rows].join('\n');
}

/** The text with what stands between the two markers of `name` replaced. */
export function replaceSection(text: string, name: string, content: string): string {
  const start = `<!-- ${name}:start -->`;
  const end = `<!-- ${name}:end -->`;
  const [before, rest] = text.split(start);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`README.md has no markers ${start} and ${end}.`);
  return `${before}${start}\n${content}\n${end}${after}`;
}

/** README.md as action.yml wants it. */
export async function renderReadme(): Promise<{ current: string; wanted: string }> {
  const action = parse(await readFile('action.yml', 'utf8')) as Action;
  const current = await readFile('README.md', 'utf8');
  const withInputs = replaceSection(current, 'inputs', inputsTable(action));
  return { current, wanted: replaceSection(withInputs, 'outputs', outputsTable(action)) };
}

if (import.meta.main) {
  const { current, wanted } = await renderReadme();
  if (process.argv.includes('--write')) await writeFile('README.md', wanted);
  else if (current !== wanted) {
    console.error('README.md is out of step with action.yml. Run: npm run docs');
    process.exitCode = 1;
  }
}
