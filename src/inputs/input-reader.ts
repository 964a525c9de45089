import type { Mistake } from '../core/mistake.ts';
import { type InputName, type Row, table, type Values } from './table.ts';

/** How the inputs are read: by name, '' where not given. Region falls back to AWS's own variables. */
export interface InputSource {
  input(name: string): string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Reads the inputs row by row, and keeps every mistake that it finds. */
export class Reader {
  readonly mistakes: Mistake[] = [];
  readonly #source: InputSource;

  constructor(source: InputSource) {
    this.#source = source;
  }

  add(input: InputName, message: string): void {
    this.mistakes.push({ input, message });
  }

  /** Whether the workflow says something else than the default; the runner fills the default in by itself. */
  isGiven(name: InputName): boolean {
    const row: Row = table[name];
    const text = this.#text(name);
    return text !== '' && text !== row.default;
  }

  /** All inputs, each parsed by its kind, with its default where it is empty. */
  values(): Values {
    const found = Object.entries(table).map(([name, row]) => [camelCase(name), this.#value(name as InputName, row)]);
    return Object.fromEntries(found) as Values;
  }

  #text(name: string): string {
    return this.#source.input(name).trim();
  }

  #value(name: InputName, row: Row): unknown {
    const text = this.#text(name) || row.default;
    if (text === undefined) return undefined;
    const value = row.kind(text, (message) => this.add(name, message));
    return value === undefined && row.default !== undefined ? row.kind(row.default, () => undefined) : value;
  }
}

const camelCase = (name: string): string => name.replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());
