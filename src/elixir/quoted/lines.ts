import { pairOf, type Quoted } from './term.ts';

/** Metadata by line, as the quoted expressions of one text share it. */
export class Lines {
  readonly #starts: number[] = [0];
  readonly #metas = new Map<number, readonly Quoted[]>();

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  /** `[line: 3]` for an offset on line 3. */
  meta(offset: number): readonly Quoted[] {
    const line = this.#line(offset);
    const known = this.#metas.get(line);
    if (known !== undefined) return known;
    const meta = [pairOf('line', line)];
    this.#metas.set(line, meta);
    return meta;
  }

  #line(offset: number): number {
    let [low, high] = [0, this.#starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }
}
