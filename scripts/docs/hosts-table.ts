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

/** One row for each way to use a host; what it can do is what the host that its examples make can do. */
export async function hostsTable(hosts: Readonly<Record<string, HostDefinition>>): Promise<string> {
  const rows: string[] = [];
  for (const [name, definition] of Object.entries(hosts)) {
    for (const names of definition.ways) {
      const host = await definition.create(exampleInputs(definition, names));
      const marks = Object.keys(capabilities).map((method) => (host[method as keyof Host] ? 'yes' : ''));
      rows.push(
        `| [${code(name)}](docs/${definition.page}) | ${cell(needs(definition, names))} | ${marks.join(' | ')} |`,
      );
    }
  }
  const titles = ['`host`', 'with', ...Object.values(capabilities)];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows].join('\n');
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
