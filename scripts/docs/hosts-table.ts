import type { Host, HostDefinition, HostWay } from '../../src/hosts/contract/host.ts';
import type { HostOption } from '../../src/hosts/contract/host-option.ts';
import { needsOf } from '../../src/hosts/contract/needs.ts';
import { commonOptions } from '../../src/hosts/contract/options.ts';
import { exampleInputs } from '../../src/hosts/contract/ways.ts';

const code = (text: string) => `\`${text}\``;
const cell = (text: string) => text.replaceAll('|', '\\|');

/** What of a host the table shows, by the method that it needs. */
const capabilities = {
  check: 'checks first',
  status: 'follows the deploy',
  logs: 'log',
  cancel: 'cancels',
  url: 'tells the URL',
  preview: 'previews',
  rollback: 'rollback',
} as const satisfies Partial<Record<keyof Host, string>>;

/** What the names of a way mean at this host, options without a word. */
function needs(definition: HostDefinition, names: HostWay): string {
  const known = new Map(needsOf(definition).map(([name, { meaning }]) => [name as string, meaning]));
  return names.map((name) => code(name) + (known.has(name) ? ` (${known.get(name)})` : '')).join(', ');
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const table = (titles: readonly string[], rows: readonly string[]) =>
  [row(titles), row(titles.map(() => '---')), ...rows].join('\n');

type Hosts = Readonly<Record<string, HostDefinition>>;
const mark = (has: boolean) => (has ? 'yes' : '');
const variables = 'sets variables';

/** What a way to use a host can do: what the host that its examples make can do. */
async function capabilitiesOf(definition: HostDefinition, way: HostWay): Promise<boolean[]> {
  const host = await definition.create(exampleInputs(definition, way));
  return Object.keys(capabilities).map((method) => host[method as keyof Host] !== undefined);
}

/** One row for each host, for README.md: what it can do in one way or another. */
export async function hostsTable(hosts: Hosts): Promise<string> {
  const rows = Object.entries(hosts).map(async ([name, definition]) => {
    const ways = await Promise.all(definition.ways.map((way) => capabilitiesOf(definition, way)));
    const any = Object.keys(capabilities).map((_, at) => mark(ways.some((way) => way[at])));
    return row([`[${code(name)}](docs/${definition.page})`, ...any, mark(definition.setsVariables === true)]);
  });
  return table(['`host`', ...Object.values(capabilities), variables], await Promise.all(rows));
}

/** One row for each way to use a host, for docs/hosts/README.md. */
export async function waysTable(hosts: Hosts): Promise<string> {
  const rows = Object.entries(hosts).flatMap(([name, definition]) =>
    definition.ways.map(async (way) => {
      const marks = (await capabilitiesOf(definition, way)).map(mark);
      const page = definition.page.replace(/^hosts\//, '');
      return row([`[${code(name)}](${page})`, cell(needs(definition, way)), ...marks]);
    }),
  );
  return table(['`host`', 'with', ...Object.values(capabilities)], await Promise.all(rows));
}

/** How each host was proven, and a workflow to copy. */
export function proofsTable(
  hosts: Hosts,
  proofOf: (name: string) => string,
  exampleOf: (name: string) => string,
): string {
  const rows = Object.entries(hosts).map(([name, { page }]) =>
    row([`[${code(name)}](${page.replace(/^hosts\//, '')})`, cell(proofOf(name)), exampleOf(name)]),
  );
  return table(['`host`', 'how it was proven', 'workflow'], rows);
}

function optionRow({ name, example, meaning, required, secret, repeatable }: HostOption): string {
  const notes = [required && 'required', secret && 'masked', repeatable && 'on any number of lines'].filter(Boolean);
  const note = notes.length > 0 ? ` (${notes.join(', ')})` : '';
  return `| ${cell(code(`${name}: ${example}`))} | ${cell(meaning)}${note} |`;
}

/** The options of a host, its own first, with links as its page has to write them. */
export function optionsTable({ options, page }: Pick<HostDefinition, 'options' | 'page'>): string {
  const up = '../'.repeat(page.split('/').length - 1);
  const own = new Set(options.map(({ name }) => name));
  const common = commonOptions.filter(({ name }) => !own.has(name));
  return ['| `host-options` | meaning |', '| --- | --- |', ...[...options, ...common].map(optionRow)]
    .join('\n')
    .replace(/\]\((?=[\w-]+\.md)/g, `](${up}`);
}
