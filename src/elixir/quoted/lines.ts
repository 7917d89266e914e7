import { lineIndex, lineStarts } from '../position.ts';
import { pairOf, type Quoted } from './term.ts';

/** Metadata by line, as the quoted expressions of one text share it. */
export class Lines {
  readonly #starts: readonly number[];
  readonly #metas = new Map<number, readonly Quoted[]>();

  constructor(text: string) {
    this.#starts = lineStarts(text);
  }

  /** `[line: 3]` for an offset on line 3. */
  meta(offset: number): readonly Quoted[] {
    const line = lineIndex(this.#starts, offset) + 1;
    const known = this.#metas.get(line);
    if (known !== undefined) return known;
    const meta = [pairOf('line', line)];
    this.#metas.set(line, meta);
    return meta;
  }
}
