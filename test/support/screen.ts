/**
 * What is seen on a terminal after everything was written to it: enough of ECMA-48 and xterm for a full-screen
 * program. Sequences it does not know are an error, so that nothing is overlooked.
 */
export class Screen {
  columns: number;
  rows: number;
  alternate = false;
  cursor = true;
  #normal: string[] = [];
  #cells: string[][];
  #row = 0;
  #column = 0;

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
    this.#cells = this.#blank();
  }

  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    const old = this.#cells;
    this.#cells = this.#blank().map((row, y) => row.map((cell, x) => old[y]?.[x] ?? cell));
  }

  /** The visible rows, without blanks at their ends. */
  get lines(): readonly string[] {
    return this.#cells.map((row) => row.join('').trimEnd());
  }

  get text(): string {
    return this.lines.join('\n');
  }

  /** What was written outside of the alternate screen. */
  get normal(): string {
    return this.#normal.join('');
  }

  write(text: string): void {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are what a terminal reads
    const parts = text.match(/\x1b\[[?>]?[\d;]*[A-Za-z]|\x1b[^[]|[\x00-\x1f]|[^\x00-\x1f]+/g) ?? [];
    for (const part of parts) {
      if (part.startsWith('\x1b')) this.#control(part);
      else if (!this.alternate) this.#normal.push(part);
      else this.#print(part);
    }
  }

  #control(sequence: string): void {
    const code = sequence.at(-1) ?? '';
    const body = sequence.slice(2, -1);
    if (code === 'm') return;
    if (code === 'H') {
      const [row = '1', column = '1'] = body.split(';');
      this.#row = Number(row || 1) - 1;
      this.#column = Number(column || 1) - 1;
    } else if (code === 'K' && body === '2') this.#cells[this.#row] = Array(this.columns).fill(' ');
    else if (code === 'J' && body === '2') this.#cells = this.#blank();
    else if (body.startsWith('?') && (code === 'h' || code === 'l')) this.#mode(body.slice(1), code === 'h');
    else throw new Error(`unknown control sequence ${JSON.stringify(sequence)}`);
  }

  #mode(mode: string, on: boolean): void {
    if (mode === '1049') {
      this.alternate = on;
      this.#cells = this.#blank();
    } else if (mode === '25') this.cursor = on;
    else if (mode !== '7' && mode !== '2026') throw new Error(`unknown mode ${mode}`);
  }

  #print(text: string): void {
    for (const character of text) {
      if (/\p{Mark}/u.test(character)) continue;
      if (character < ' ') throw new Error(`control character ${JSON.stringify(character)} on the screen`);
      const row = this.#cells[this.#row];
      if (!row) throw new Error(`row ${this.#row} is below the screen`);
      if (this.#column >= this.columns) throw new Error(`a row is longer than the screen: ${row.join('')}${text}`);
      row[this.#column] = character;
      this.#column += 1;
    }
  }

  #blank(): string[][] {
    return Array.from({ length: this.rows }, () => Array(this.columns).fill(' '));
  }
}
