import type { Expr, Range, Source } from '../ast.ts';
import { lineStart } from '../position.ts';

/** What stands between brackets (or behind a call's name), element by element. */
export interface Sequence {
  /** Items, trailing keywords as one pair each. */
  readonly elements: readonly Expr[];
  /** Just inside the brackets; from the first to the last argument for a call without parentheses. */
  readonly inner: Range;
  /** Whether brackets enclose it. */
  readonly closed: boolean;
}

/**
 * The elements of a list, tuple, bitstring or map, the arguments of a call, or bare keywords. Null for an
 * expression without elements of its own: `~w()`, a variable, a call without arguments and parentheses.
 */
export function sequenceOf(expr: Expr): Sequence | null {
  const known = sequences.get(expr);
  if (known !== undefined) return known;
  const found = takenApart(expr);
  sequences.set(expr, found);
  return found;
}

/** Each of the elements of a long list may ask for all of them. */
const sequences = new WeakMap<Expr, Sequence | null>();

function takenApart(expr: Expr): Sequence | null {
  const { start, end } = expr.range;
  switch (expr.kind) {
    case 'list':
    case 'tuple':
      return sequence(expr.items, { start: start + 1, end: end - 1 }, true);
    case 'bitstring':
      return sequence(expr.items, { start: start + 2, end: end - 2 }, true);
    case 'map':
      return sequence(expr.items, { start: (expr.struct?.range.end ?? start + 1) + 1, end: end - 1 }, true);
    case 'keywords':
      return sequence([expr], expr.range, false);
    case 'call': {
      if (expr.argsRange === null) return null;
      const { start: from, end: to } = expr.argsRange;
      return sequence(expr.args, expr.parens ? { start: from + 1, end: to - 1 } : expr.argsRange, expr.parens);
    }
    default:
      return null;
  }
}

function sequence(items: readonly Expr[], inner: Range, closed: boolean): Sequence {
  return {
    elements: items.flatMap((item): readonly Expr[] => (item.kind === 'keywords' ? item.pairs : [item])),
    inner,
    closed,
  };
}

/** An element with what belongs to it. All offsets index the source. */
export interface Extent {
  readonly range: Range;
  /** Offset behind the comma that follows; null without one. */
  readonly comma: number | null;
  /** Behind the element, its comma and a comment on the same line. */
  readonly end: number;
  /** Whether only white space stands before it on its line. */
  readonly beginsLine: boolean;
  /** Start of the line that it, or the block of comments directly above it, begins on. */
  readonly lead: number;
}

/** What belongs to the element at an index; null where there is none. */
export function elementExtent(source: Source, sequence: Sequence, index: number): Extent | null {
  const element = sequence.elements[index];
  if (element === undefined) return null;
  const { range } = element;
  const limit = sequence.elements[index + 1]?.range.start ?? limitOf(source, sequence);
  const comma = commaIn(source, range.end, limit);
  const behind = comma ?? range.end;
  const comment = commentOnLine(source, behind);
  const start = lineStart(source.text, range.start);
  const beginsLine = source.text.slice(start, range.start).trim() === '';
  return {
    range,
    comma,
    end: comment?.end ?? behind,
    beginsLine,
    lead: beginsLine ? leadOf(source, start) : range.start,
  };
}

/** A call without parentheses ends with its last argument: what follows is not its own. */
function limitOf(source: Source, sequence: Sequence): number {
  return sequence.closed ? sequence.inner.end : Math.min(sequence.inner.end, source.text.length);
}

function commaIn(source: Source, from: number, to: number): number | null {
  for (let at = from; at < to; at += 1) {
    const comment = source.comments.find(({ start, end }) => start <= at && at < end);
    if (comment) at = comment.end - 1;
    else if (source.text[at] === ',') return at + 1;
  }
  return null;
}

/** The comment on the line of `offset` with nothing but white space before it. */
export function commentOnLine(source: Source, offset: number): Range | undefined {
  const { text } = source;
  return source.comments.find(({ start }) => start >= offset && /^[ \t]*$/.test(text.slice(offset, start)));
}

/** The lines of comment directly above a line, without a blank line between. */
function leadOf(source: Source, line: number): number {
  const above = line === 0 ? 0 : lineStart(source.text, line - 1);
  const own = source.comments.some(
    ({ start }) => start >= above && start < line && source.text.slice(above, start).trim() === '',
  );
  return own ? leadOf(source, above) : line;
}
