/** The lines of a diff, read one after another. */
export class Lines {
  readonly #lines: readonly string[];
  #at = 0;

  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  get ended(): boolean {
    return this.#at >= this.#lines.length;
  }

  get line(): string {
    return this.#lines[this.#at] ?? '';
  }

  /** The rest of the line after a prefix, moving on; null when the line starts otherwise. */
  after(prefix: string): string | null {
    if (this.ended || !this.line.startsWith(prefix)) return null;
    const rest = this.line.slice(prefix.length);
    this.#at += 1;
    return rest;
  }

  take(): string {
    const { line } = this;
    this.#at += 1;
    return line;
  }

  fail(): never {
    throw new Error(`git wrote a diff line that is not known: ${JSON.stringify(this.line)} (line ${this.#at + 1})`);
  }
}
