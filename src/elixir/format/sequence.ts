import type { Expr, Range } from '../ast.ts';
import {
  appendToLastGroup,
  type Document,
  fillBreak,
  group,
  nest,
  nestWhenBroken,
  newLine,
  softBreak,
  spaceBreak,
  unflat,
} from './document.ts';
import { type Entry, withComments } from './entries.ts';
import { type Lines, linesOf, type Printer, within } from './printer.ts';

/** Elements with their separators, and whether each had to have a line of its own. */
export interface Elements {
  readonly document: Document;
  readonly forced: boolean;
}

/** How elements are joined. */
export interface Joining {
  /** Between two elements; comments make it a line. */
  readonly separator: Document;
  /** A comma behind the last element as well: others follow. */
  readonly comma?: boolean;
  /** Whether an element may fill its line up to the comma, which then stands beyond. */
  readonly loose?: boolean;
  readonly render: (item: Expr, last: boolean) => Document;
}

/** Items as elements: trailing keywords are one element for each pair. */
export function elementsOf(items: readonly Expr[]): Expr[] {
  return items.flatMap((item): readonly Expr[] => (item.kind === 'keywords' ? item.pairs : [item]));
}

/** Elements with commas between them, and the comments among them. */
export function joined(printer: Printer, items: readonly Expr[], lines: Lines, joining: Joining): Elements {
  const entries = withComments(printer, items, lines, joining.render);
  const commented = entries.some(({ kind }) => kind === 'comment');
  const separator = commented ? newLine : joining.separator;
  const lastItem = entries.findLastIndex(({ kind }) => kind === 'item');
  const documents = entries.flatMap((entry, index): Document[] => {
    const comma = entry.kind === 'item' && (index < lastItem || joining.comma);
    const withComma = () => (joining.loose ? [entry.document, ','] : appendToLastGroup(entry.document, ','));
    const document = comma ? withComma() : entry.document;
    const next = entries[index + 1];
    return next ? [document, separator, blankBetween(entry, next) ? newLine : ''] : [document];
  });
  const forced = separator === newLine;
  return { document: forced ? unflat(documents) : documents, forced };
}

function blankBetween(entry: Entry, next: Entry): boolean {
  if (entry.kind === 'comment') return entry.comment.after > 1;
  return next.kind === 'comment' && next.comment.before > 1;
}

/** The tokens around elements. */
export interface Brackets {
  readonly open: Document;
  readonly close: string;
  /** Of the whole in the text, with how many characters the opening token has there. */
  readonly range: Range;
  readonly opening: number;
  /** Whether lines are filled with elements, unless the text breaks behind the opening token. */
  readonly filled?: boolean;
  /** How an element is made, if not as any other. */
  readonly render?: (item: Expr) => Document;
}

/** Elements between brackets: on one line, or one a line; filled ones as many on a line as fit. */
export function bracketed(printer: Printer, items: readonly Expr[], brackets: Brackets): Document {
  const { open, close, range } = brackets;
  const lines = linesOf(printer, range);
  if (items.length === 0 && !printer.comments.anyBetween(lines.first, lines.last)) return [open, close];
  const startsLine = opensLine(printer, brackets);
  const separator = startsLine ? newLine : brackets.filled ? fillBreak : spaceBreak;
  const render = brackets.render ?? ((item: Expr) => printer.expr(item, 'element'));
  const elements = brackets.filled ? items : elementsOf(items);
  const { document, forced } = within(printer, { bare: false }, () =>
    joined(printer, elements, lines, { separator, render }),
  );
  if (brackets.filled && !forced && !startsLine) return [group([open, nest(close.length, document), close])];
  const wide = forced || startsLine ? unflat(document) : document;
  return group([nestWhenBroken(2, [open, softBreak, wide]), softBreak, close]);
}

/** Whether a text breaks its line right behind the opening token. */
export function opensLine(
  { positions, scope }: Printer,
  { range, opening }: Pick<Brackets, 'range' | 'opening'>,
): boolean {
  return !scope.interpolated && positions.endsLine(range.start + opening);
}

/** Whether there are several elements, each on a line of its own: so they stay. */
export function areApart({ positions }: Printer, elements: readonly Expr[]): boolean {
  const lines = new Set(elements.map((element) => positions.anchorLine(element)));
  return elements.length > 1 && lines.size === elements.length;
}
