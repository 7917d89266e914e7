import type { Expr } from '../ast.ts';
import { childrenOf } from '../children.ts';
import { lineIndex, lineStarts } from '../position.ts';

const comment = /[ \t;]*#.*/y;

/** Lines of a text's offsets, and what white space lies between two of them. */
export class Positions {
  readonly text: string;
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.text = text;
    this.#starts = lineStarts(text);
  }

  /** Counted from 1. */
  lineOf(offset: number): number {
    return lineIndex(this.#starts, offset) + 1;
  }

  /** Whether a line ends between two offsets. */
  breaksBetween(start: number, end: number): boolean {
    const at = this.text.indexOf('\n', start);
    return at !== -1 && at < end;
  }

  /** Whether only white space and a comment stand behind an offset on its line. */
  endsLine(offset: number): boolean {
    for (let at = offset; at < this.text.length; at++) {
      const character = this.text[at];
      if (character === '\n' || character === '#') return true;
      if (character !== ' ' && character !== '\t' && character !== '\r') return false;
    }
    return false;
  }

  /** Line breaks behind an offset, before anything else but spaces and `;`. */
  breaksAfter(offset: number): number {
    let breaks = 0;
    for (let at = offset; at < this.text.length; at++) {
      const character = this.text[at];
      if (character === '\n') breaks += 1;
      else if (character !== ' ' && character !== '\t' && character !== '\r' && character !== ';') break;
    }
    return breaks;
  }

  /** Whether a blank line follows an expression that ends here, and the comment on its line. */
  hasBlankAfter(offset: number): boolean {
    comment.lastIndex = offset;
    const [skipped = ''] = comment.exec(this.text) ?? [];
    return this.breaksAfter(offset + skipped.length) > 1;
  }

  /** Line breaks right before an offset, white space aside. */
  breaksBefore(offset: number): number {
    let breaks = 0;
    for (let at = offset - 1; at >= 0; at--) {
      const character = this.text[at];
      if (character === '\n') breaks += 1;
      else if (character !== ' ' && character !== '\t' && character !== '\r') return breaks;
    }
    return breaks + 1;
  }

  /** The line that an expression is said to be on: that of its operator, of a remote function's name, else its first. */
  anchorLine(expr: Expr): number {
    if (expr.kind === 'binary') return this.lineOf(this.operatorStart(expr));
    if (expr.kind === 'call' && expr.target.kind === 'dot') return this.lineOf(expr.target.range.end);
    return this.lineOf(expr.range.start);
  }

  /** Offset of an operator between its operands. */
  operatorStart({ operator, left, right }: Extract<Expr, { kind: 'binary' }>): number {
    const between = this.text.slice(left.range.end, right.range.start);
    const bare = between.includes('#') ? between.replace(/#.*/g, (comment) => ' '.repeat(comment.length)) : between;
    return left.range.end + Math.max(bare.indexOf(operator.split(' ')[0] ?? operator), 0);
  }

  /** The last line on which a part of an expression begins: a comment up to there belongs before the expression. */
  lastPartLine(expr: Expr): number {
    let line = this.anchorLine(expr);
    if (!this.breaksBetween(expr.range.start, expr.range.end)) return line;
    for (const child of childrenOf(expr)) line = Math.max(line, this.lastPartLine(child));
    if (expr.kind === 'pair') line = Math.max(line, this.lineOf(expr.keyRange.start));
    if (expr.kind === 'call' && expr.block) {
      line = Math.max(line, this.lineOf(expr.block.range.start));
      for (const section of expr.block.sections) line = Math.max(line, this.lineOf(section.range.start));
    }
    return line;
  }
}
