import type { Range } from '../ast.ts';
import type { Positions } from './positions.ts';

/** A comment with its place among the lines. */
export interface Comment {
  readonly line: number;
  /** As it is written, with a space behind its `#`. */
  readonly text: string;
  /** Line breaks right before and behind it. */
  readonly before: number;
  readonly after: number;
}

/** Comments that are still to be written, in order: each expression takes what stands before it, each bracket what is inside. */
export class Comments {
  #waiting: Comment[];

  constructor(ranges: readonly Range[], positions: Positions) {
    this.#waiting = ranges.map((range) => commentAt(range, positions));
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** The comments on lines up to this one, taken out. */
  takeThrough(line: number): Comment[] {
    const count = this.#waiting.findIndex((comment) => comment.line > line);
    return this.#waiting.splice(0, count === -1 ? this.#waiting.length : count);
  }

  /** Comments taken earlier than they were wanted. */
  putBack(comments: readonly Comment[]): void {
    if (comments.length > 0) this.#waiting = [...comments, ...this.#waiting];
  }

  /** Whether one stands on a line between two, both left out. */
  anyBetween(first: number, last: number): boolean {
    return this.#waiting.some(({ line }) => line > first && line < last);
  }
}

function commentAt({ start, end }: Range, positions: Positions): Comment {
  return {
    line: positions.lineOf(start),
    text: spaced(positions.text.slice(start, end)),
    before: positions.breaksBefore(start),
    after: positions.breaksAfter(end),
  };
}

/** A space behind the `#`; `#!` and a row of `#` stay. */
function spaced(text: string): string {
  return text.replace(/^(#+)(?=[^# !])/, '$1 ');
}
