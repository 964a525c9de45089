import type { Redactor } from './secret.ts';

const longestLine = 300;
/** Of a line that has not ended yet, so much is kept. */
const longestOpen = 2_000;

/** The last lines of a stream of bytes, without secrets, each cut at 300 characters. */
export class Tail {
  readonly #most: number;
  readonly #decoder = new TextDecoder();
  readonly #lines: string[] = [];
  readonly #redactor: Redactor;
  #open = '';

  constructor(most: number, redactor: Redactor) {
    this.#most = most;
    this.#redactor = redactor;
  }

  push(chunk: Uint8Array): void {
    const parts = (this.#open + this.#decoder.decode(chunk, { stream: true })).split(/\r\n|\r|\n/);
    this.#open = (parts.pop() ?? '').slice(0, longestOpen);
    for (const part of parts) {
      if (part.trim() !== '') this.#lines.push(this.#cut(part));
    }
    this.#lines.splice(0, this.#lines.length - this.#most);
  }

  lines(): string[] {
    return [...this.#lines, ...(this.#open.trim() === '' ? [] : [this.#cut(this.#open)])].slice(-this.#most);
  }

  #cut(line: string): string {
    if (line.length <= longestLine) return this.#redactor.whole(line);
    return this.#redactor.start(line.slice(0, longestLine));
  }
}
