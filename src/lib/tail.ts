import type { Redactor } from './secret.ts';

/** Of a line that has not ended yet, so much more than of others is kept. */
const longestRest = 2_000;

/** The last lines of a stream of bytes, without secrets, each cut where it is too long to read. */
export class Tail {
  readonly #most: number;
  readonly #longest: number;
  readonly #decoder = new TextDecoder();
  readonly #lines: string[] = [];
  readonly #redactor: Redactor;
  #open = '';

  constructor(most: number, redactor: Redactor, longest = 300) {
    this.#most = most;
    this.#longest = longest;
    this.#redactor = redactor;
  }

  push(chunk: Uint8Array): void {
    const parts = (this.#open + this.#decoder.decode(chunk, { stream: true })).split(/\r\n|\r|\n/);
    this.#open = (parts.pop() ?? '').slice(0, this.#longest + longestRest);
    for (const part of parts) {
      if (part.trim() !== '') this.#lines.push(this.#cut(part));
    }
    this.#lines.splice(0, this.#lines.length - this.#most);
  }

  lines(): string[] {
    return [...this.#lines, ...(this.#open.trim() === '' ? [] : [this.#cut(this.#open)])].slice(-this.#most);
  }

  #cut(line: string): string {
    if (line.length <= this.#longest) return this.#redactor.whole(line);
    return this.#redactor.start(line.slice(0, this.#longest));
  }
}
