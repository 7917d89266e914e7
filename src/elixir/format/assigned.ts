import type { Expr } from '../ast.ts';
import { type Document, group, lastMayBreak, lastMayNotBreak, nestWhenBroken, spaceBreak } from './document.ts';
import { linesOf, type Printer } from './printer.ts';
import { opensLine } from './sequence.ts';
import { unwrapped } from './unwrapped.ts';

/** `key: value` and `key => value`: the value goes to the next line only if it cannot open here. */
export function assigned(printer: Printer, key: Document, value: Expr): Document {
  const right = printer.expr(value, 'element');
  const behind = (document: Document) => group(nestWhenBroken(2, [spaceBreak, document]));
  return mayOpen(printer, unwrapped(value))
    ? [key, lastMayNotBreak(behind(lastMayBreak(right)))]
    : [key, behind(group(right))];
}

/** Whether an expression may open at the end of a line that is too short for the whole of it. */
export function mayOpen(printer: Printer, expr: Expr): boolean {
  switch (expr.kind) {
    case 'list':
    case 'fn':
      return true;
    case 'map':
      return expr.items.length > 0 || expr.struct !== null;
    case 'string':
    case 'charlist':
      return expr.heredoc;
    case 'sigil':
      return expr.open.length === 3;
    case 'pair':
      return mayOpen(printer, unwrapped(expr.value));
    case 'tuple':
      return breaksInside(printer, expr, 1);
    case 'bitstring':
      return expr.items.length > 0 && breaksInside(printer, expr, 2);
    case 'dot':
      return expr.group !== null;
    default:
      return false;
  }
}

function breaksInside(printer: Printer, { range }: Expr, opening: number): boolean {
  const { first, last } = linesOf(printer, range);
  return opensLine(printer, { range, opening }) || printer.comments.anyBetween(first, last);
}
