import { setImmediate } from 'node:timers/promises';
import type { CSSToken } from '@csstools/css-tokenizer';
import { type AssetLink, type AssetUse, absolute, unique } from './asset-link.ts';

/** More of a style sheet is not read, so that a hostile one does not hold the run up. */
const longestSheet = 2 * 1024 * 1024;
const mostTokens = 600_000;
const mostErrors = 10_000;
const mostLinks = 2_000;

export interface CssLinks {
  readonly links: readonly AssetLink[];
  /** The style sheet was longer than what is read. */
  readonly cut: boolean;
}

/** Rules whose addresses name something and load nothing. */
const namesOnly = /^(namespace|(-moz-)?document|charset)$/;

/** What the tokens of a style sheet mean, one after the other; nothing is nested, so that depth costs nothing. */
class SheetReader {
  readonly links: AssetLink[] = [];
  readonly #base: string;
  /** Braces that are open, and at which of them a @font-face began. */
  #depth = 0;
  #font: number | undefined;
  /** The @-rule whose prelude is being read. */
  #rule: string | undefined;
  /** Imports stand before all other rules; later ones are ignored by browsers. */
  #importsOver = false;
  /** Functions whose strings are addresses: url("…"), src("…") and image-set("…"), and how many of any kind are open. */
  readonly #functions: string[] = [];

  constructor(base: string) {
    this.#base = base;
  }

  #add(target: string, use: AssetUse): void {
    const url = absolute(target, this.#base);
    if (url) this.links.push({ url, use, cors: use === 'font', credentials: false, from: this.#base });
  }

  #address(target: string): void {
    if (this.#rule !== undefined && namesOnly.test(this.#rule)) return;
    if (this.#rule === 'import') {
      if (!this.#importsOver) this.#add(target, 'style');
      // What follows the address are conditions.
      this.#rule = 'imported';
    } else if (this.#rule !== 'imported') this.#add(target, this.#font === undefined ? 'image' : 'font');
  }

  #text(value: string): void {
    const inside = this.#functions.at(-1);
    if (inside !== undefined ? /^(url|src|(-webkit-)?image-set)$/.test(inside) : this.#rule === 'import')
      this.#address(value);
  }

  #open(): void {
    if (this.#rule === 'font-face') this.#font ??= this.#depth;
    if (this.#rule !== 'layer') this.#importsOver = true;
    this.#rule = undefined;
    this.#depth += 1;
  }

  #close(): void {
    this.#depth = Math.max(0, this.#depth - 1);
    if (this.#font === this.#depth) this.#font = undefined;
    this.#rule = undefined;
    this.#functions.length = 0;
  }

  read(token: CSSToken): void {
    const [type] = token;
    if (type === 'at-keyword-token') this.#rule = token[4].value.toLowerCase();
    else if (type === 'url-token') this.#address(token[4].value);
    else if (type === 'string-token') this.#text(token[4].value);
    else if (type === 'function-token') this.#functions.push(token[4].value.toLowerCase());
    else if (type === '(-token') this.#functions.push('');
    else if (type === ')-token') this.#functions.pop();
    else if (type === '{-token') this.#open();
    else if (type === '}-token') this.#close();
    else if (type === 'semicolon-token') this.#rule = undefined;
  }
}

/**
 * What a style sheet loads: `url(…)`, `@import "…"`, `image-set("…")`. Fonts are those in @font-face; a browser always asks
 * for them with CORS.
 */
export async function cssLinks(css: string, base: string): Promise<CssLinks> {
  const { tokenizer } = await import('@csstools/css-tokenizer');
  let errors = 0;
  const onParseError = () => void errors++;
  const tokens = tokenizer({ css: css.slice(0, longestSheet) }, { onParseError });
  const reader = new SheetReader(base);
  let count = 0;
  const goesOn = () => !tokens.endOfFile() && count < mostTokens && errors < mostErrors;
  while (goesOn() && reader.links.length < mostLinks) {
    reader.read(tokens.nextToken());
    count += 1;
    // Other things, a signal or a deadline, have their turn.
    if (count % 20_000 === 0) await setImmediate();
  }
  return { links: unique(reader.links), cut: css.length > longestSheet || !tokens.endOfFile() };
}
