import type { BinaryExpr, Expr, ListExpr, MapExpr } from '../ast.ts';
import { type Document, group, nest, nestWhenBroken, newLine, softBreak, spaceBreak, unflat } from './document.ts';
import { parenthesized } from './parentheses.ts';
import { linesOf, type Printer } from './printer.ts';
import { areApart, bracketed, elementsOf, joined, opensLine } from './sequence.ts';
import { unwrapped } from './unwrapped.ts';

export function list(printer: Printer, { items, range }: ListExpr): Document {
  return bracketed(printer, items, { open: '[', close: ']', range, opening: 1 });
}

export function tuple(printer: Printer, { items, range }: ListExpr): Document {
  // Keywords share a line here even if each stands on its own in the text.
  const render = (item: Expr) =>
    item.kind === 'keywords' ? keywordGroup(printer, item.pairs, spaceBreak) : printer.expr(item, 'element');
  return bracketed(printer, items, { open: '{', close: '}', range, opening: 1, filled: true, render });
}

/** Keywords without brackets, as an operand: `when a: term`. */
export function keywords(printer: Printer, pairs: readonly Expr[]): Document {
  return keywordGroup(printer, pairs, areApart(printer, pairs) ? newLine : spaceBreak);
}

function keywordGroup(printer: Printer, pairs: readonly Expr[], separator: Document): Document {
  const render = (item: Expr) => printer.expr(item, 'element');
  return group(joined(printer, pairs, { first: 0, last: 0 }, { separator, render }).document);
}

/** `<<segment, segment::size>>` */
export function bitstring(printer: Printer, { items, range }: ListExpr): Document {
  const render = (item: Expr) => {
    const wraps = (item === items[0] && isAtEdge(item, 'left')) || (item === items.at(-1) && isAtEdge(item, 'right'));
    return segment(printer, unwrapped(item), wraps);
  };
  return bracketed(printer, items, { open: '<<', close: '>>', range, opening: 2, filled: true, render });
}

/** Whether an expression begins or ends in a bitstring, whose brackets would run into those outside. */
function isAtEdge(written: Expr, side: 'left' | 'right'): boolean {
  const expr = unwrapped(written);
  return expr.kind === 'binary' ? isAtEdge(expr[side], side) : expr.kind === 'bitstring';
}

/** A segment's type has no spaces around its operators. */
function segment(printer: Printer, expr: Expr, wraps: boolean): Document {
  const wrapped = (document: Document) => (wraps ? parenthesized(document) : document);
  if (expr.kind !== 'binary' || (expr.operator !== '::' && expr.operator !== '<-')) {
    return wrapped(printer.expr(expr, 'element'));
  }
  if (expr.operator === '<-') {
    return wrapped([
      segment(printer, unwrapped(expr.left), false),
      ' <-',
      group(nestWhenBroken(2, [spaceBreak, printer.expr(expr.right, 'element')])),
    ]);
  }
  const type = unwrapped(expr.right);
  const start = wrapped(printer.expr(expr.left, 'element'));
  const compound = type.kind === 'binary' && (type.operator === '-' || type.operator === '*');
  return [start, '::', compound ? segmentType(printer, type) : operandOf(printer, type, true)];
}

const typeNames = new Set(
  'integer float binary bytes bitstring bits utf8 utf16 utf32 signed unsigned little big native _'.split(' '),
);

/** A part of a type; a name that is no type's is a call. */
function segmentType(printer: Printer, expr: Expr): Document {
  if (expr.kind === 'identifier') return typeNames.has(expr.name) ? expr.name : `${expr.name}()`;
  if (expr.kind !== 'binary') return operandOf(printer, expr, true);
  const { operator, left } = expr;
  if (operator !== '-' && operator !== '*') return operandOf(printer, expr);
  const right = unwrapped(expr.right);
  const end = right.kind === 'binary' ? operandOf(printer, right) : segmentType(printer, right);
  return [segmentType(printer, unwrapped(left)), operator, end];
}

/** An operand, in parentheses if it is an operation itself. */
function operandOf(printer: Printer, written: Expr, typed = false): Document {
  const expr = unwrapped(written);
  const document = printer.expr(expr, 'element');
  const signed = expr.kind === 'unary' && (expr.operator === '-' || expr.operator === '+');
  return expr.kind === 'binary' || (signed && typed) ? parenthesized(document) : document;
}

/** `%{…}`, `%Name{…}`, `%{map | …}` */
export function map(printer: Printer, expr: MapExpr): Document {
  const { struct, items, range } = expr;
  const open = ['%', struct ? printer.expr(struct, 'element') : '', '{'];
  const opening = printer.text.indexOf('{', struct ? struct.range.end : range.start) + 1 - range.start;
  const [first] = items;
  if (first?.kind === 'binary' && first.operator === '|') {
    return mapUpdate(printer, first, items.slice(1), { open, range, opening });
  }
  return bracketed(printer, items, { open, close: '}', range, opening });
}

interface Opening {
  readonly open: Document;
  readonly range: Expr['range'];
  readonly opening: number;
}

/** What is updated stands before a `|` that begins a line, with the new values aligned behind it. */
function mapUpdate(printer: Printer, { left, right }: BinaryExpr, rest: readonly Expr[], at: Opening): Document {
  const lines = linesOf(printer, at.range);
  const updated = operandOf(printer, left);
  const render = (item: Expr) => printer.expr(item, 'element');
  const values = joined(printer, elementsOf([right, ...rest]), lines, { separator: spaceBreak, render });
  const inside = [group(updated), spaceBreak, nest(2, ['| ', values.document])];
  const forced = opensLine(printer, at) || values.forced;
  return group([nestWhenBroken(2, [at.open, softBreak, forced ? unflat(inside) : inside]), softBreak, '}']);
}
