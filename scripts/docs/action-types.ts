import { stringify } from 'yaml';
import * as kinds from '../../src/inputs/kinds.ts';
import type { Row } from '../../src/inputs/table.ts';
import { statuses } from '../../src/report/report.ts';

interface Type {
  readonly type: 'string' | 'boolean' | 'integer' | 'enum' | 'list';
  readonly 'allowed-values'?: readonly string[];
  readonly separator?: string;
  readonly 'list-item'?: Type;
}

const ofLines: readonly kinds.Kind<unknown>[] = [
  kinds.lines,
  kinds.headerRules,
  kinds.cdnTargets,
  kinds.namedOptions,
  kinds.variables,
];
/** What is a number in every run. */
const integers = ['uploaded', 'unchanged', 'bytes-uploaded', 'deleted'];

function inputType({ kind }: Row): Type {
  if (kind.choices) return { type: 'enum', 'allowed-values': kind.choices };
  if (kind === kinds.boolean) return { type: 'boolean' };
  if (ofLines.includes(kind)) return { type: 'list', separator: '\n', 'list-item': { type: 'string' } };
  return { type: 'string' };
}

function outputType(name: string): Type {
  if (name === 'status') return { type: 'enum', 'allowed-values': statuses };
  return { type: integers.includes(name) ? 'integer' : 'string' };
}

/**
 * The types of inputs and outputs, for tools that check workflows or write them.
 * Format: action-types.yml of typesafegithub/github-actions-typing.
 */
export function actionTypes(table: Readonly<Record<string, Row>>, outputs: readonly string[]): string {
  const types = {
    inputs: Object.fromEntries(Object.entries(table).map(([name, row]) => [name, inputType(row)])),
    outputs: Object.fromEntries(outputs.map((name) => [name, outputType(name)])),
  };
  const head = '# Types of inputs and outputs, for tools that check or write workflows. Written by `npm run docs`.';
  return `${head}\n${stringify(types, { lineWidth: 0, version: '1.1', blockQuote: false })}`;
}
