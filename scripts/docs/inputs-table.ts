import { stringify } from 'yaml';
import { groups, type Row } from '../../src/inputs/table.ts';

type Table = Readonly<Record<string, Row>>;

const meaningOf = ({ meaning }: Row, hosts: readonly string[]): string =>
  typeof meaning === 'string' ? meaning : meaning(hosts);
const defaultOf = (row: Row): string | undefined => row.default || row.expression;
const cell = (text: string) => text.replaceAll('|', '\\|');

/** The rows of each group, in the order of the groups. */
function grouped(table: Table): [title: string, rows: [string, Row][]][] {
  return Object.entries(groups).map(([group, title]) => [
    title,
    Object.entries(table).filter(([, row]) => row.group === group),
  ]);
}

/** The inputs as action.yml has them, with a comment before each group. */
export function inputsSection(table: Table, hosts: readonly string[]): string {
  const sections = grouped(table).map(([title, rows]) => {
    const inputs = rows.map(([name, row]) => {
      const standard = defaultOf(row);
      return [name, { description: meaningOf(row, hosts), ...(standard ? { default: standard } : {}) }];
    });
    // Some readers of YAML take a bare `off` for false.
    const yaml = stringify(Object.fromEntries(inputs), { lineWidth: 0, version: '1.1' });
    return `  # ${title}\n${yaml.trimEnd().replaceAll(/^/gm, '  ')}`;
  });
  return sections.join('\n\n');
}

/** The inputs as README.md shows them, with a row before each group. */
export function inputsTable(table: Table, hosts: readonly string[]): string {
  const lines = grouped(table).flatMap(([title, rows]) => [
    `| **${title}** | | |`,
    ...rows.map(([name, row]) => {
      const standard = defaultOf(row);
      return `| \`${name}\` | ${standard ? `\`${standard}\`` : ''} | ${cell(meaningOf(row, hosts))} |`;
    }),
  ]);
  return ['| Input | Default | Meaning |', '| --- | --- | --- |', ...lines].join('\n');
}
