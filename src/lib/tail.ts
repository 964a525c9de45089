/** The last lines of a stream of bytes, each cut at 300 characters. */
export class Tail {
  readonly #most: number;
  readonly #decoder = new TextDecoder();
  readonly #lines: string[] = [];
  #open = '';

  constructor(most: number) {
    this.#most = most;
  }

  push(chunk: Uint8Array): void {
    const parts = (this.#open + this.#decoder.decode(chunk, { stream: true })).split(/\r\n|\r|\n/);
    this.#open = (parts.pop() ?? '').slice(0, 2000);
    for (const part of parts) {
      if (part.trim() !== '') this.#lines.push(part.slice(0, 300));
    }
    this.#lines.splice(0, this.#lines.length - this.#most);
  }

  lines(): string[] {
    return [...this.#lines, ...(this.#open.trim() === '' ? [] : [this.#open.slice(0, 300)])].slice(-this.#most);
  }
}
