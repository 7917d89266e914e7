import type { BinaryExpr, Expr, UnaryExpr } from '../ast.ts';
import { argumentList } from './arguments.ts';
import { assigned, mayOpen } from './assigned.ts';
import {
  type Document,
  group,
  lastMayBreak,
  lastMayNotBreak,
  nest,
  nestWhenBroken,
  newLine,
  spaceBreak,
  unflat,
  ungrouped,
} from './document.ts';
import {
  captureNeedsParens,
  joinsLines,
  leading,
  needsParens,
  opening,
  pipes,
  tightOperators,
  unbreakable,
} from './operators.ts';
import { isPlaceholder, parenthesized } from './parentheses.ts';
import { type Place, type Printer, within } from './printer.ts';
import { unwrapped } from './unwrapped.ts';

/** `left operator right`. */
export function binary(printer: Printer, expr: BinaryExpr, place: Place): Document {
  return operation(printer, expr, place, printer.scope.continuation);
}

/** `continuation` is how far the right side is indented; an operand of another operation is indented as anywhere. */
function operation(printer: Printer, expr: BinaryExpr, place: Place, continuation: 2 | 4): Document {
  const negated = negatedMembership(expr);
  if (negated !== null) return printer.expr(negated, place);
  const { operator, right } = expr;
  if (operator === '=>') return assigned(printer, [group(operand(printer, expr, 'left', place)), ' =>'], right);
  if (tightOperators.has(operator) || unbreakable.has(operator)) {
    const sign = tightOperators.has(operator) ? operator : ` ${operator} `;
    return [group(operand(printer, expr, 'left', place)), sign, group(operand(printer, expr, 'right', place))];
  }
  if (pipes.has(operator)) return group(piped(printer, expr, place));
  if (leading.has(operator)) return group(led(printer, expr, place));
  return trailing(printer, expr, place, continuation);
}

/** `not a in b` is `a not in b`, `!a in b` is `!(a in b)`. Null for any other operation. */
function negatedMembership(expr: BinaryExpr): Expr | null {
  const { operator, left } = expr;
  if (operator !== 'in' || left.kind !== 'unary') return null;
  if (left.operator === 'not') return { ...expr, operator: 'not in', left: left.operand };
  return left.operator === '!' ? { ...left, operand: { ...expr, left: left.operand } } : null;
}

type Side = 'left' | 'right';

/** An operand, in parentheses where they are needed. */
function operand(printer: Printer, { operator, left, right }: BinaryExpr, side: Side, place: Place): Document {
  const expr = unwrapped(side === 'left' ? left : right);
  const where = side === 'left' ? 'element' : inside(place);
  if (expr.kind === 'binary') {
    const inner = operation(printer, expr, where, 2);
    return needsParens(expr.operator, operator, side) ? parenthesized(inner) : inner;
  }
  const document = printer.expr(expr, where);
  if (expr.kind !== 'unary' || isPlaceholder(expr)) return document;
  const wraps =
    (expr.operator === '&' && captureNeedsParens(operator, side)) ||
    // Without parentheses, the whole would be negated.
    (operator === 'in' && side === 'left' && (expr.operator === 'not' || expr.operator === '!'));
  return wraps ? parenthesized(document) : document;
}

/** A call at the end of an operation may do without parentheses if the operation itself might. */
function inside(place: Place): Place {
  return place === 'statement' || place === 'operand' ? 'operand' : 'element';
}

/** Whether the text has a line break at an operator. */
function breaksAt({ positions, scope }: Printer, { operator, left, right }: BinaryExpr): boolean {
  return !scope.interpolated && !joinsLines.has(operator) && positions.breaksBetween(left.range.end, right.range.start);
}

/** The operator ends its line; the right side is indented below, but for that of the same operator. */
function trailing(printer: Printer, expr: BinaryExpr, place: Place, indent: number): Document {
  const { operator } = expr;
  const right = unwrapped(expr.right);
  const start = group(operand(printer, expr, 'left', place));
  const continues = right.kind === 'binary' && right.operator === operator && !needsParens(operator, operator, 'right');
  const end = continues ? trailing(printer, right, inside(place), 0) : operand(printer, expr, 'right', place);
  const breaks = breaksAt(printer, expr);
  const sure = (document: Document) => (breaks ? unflat(document) : document);
  const below = (document: Document) => group(nestWhenBroken(indent, sure([spaceBreak, document])));
  const opens = opening.has(operator) && !breaks && mayOpen(printer, right);
  return [
    start,
    ` ${operator}`,
    opens ? lastMayNotBreak(below(lastMayBreak(end))) : below(continues ? end : group(end)),
  ];
}

/** `|` and `when`: the operators begin the lines, one below the other. `indent` is that of all but the first operand. */
function led(printer: Printer, expr: BinaryExpr, place: Place, indent = 0): Document {
  const right = unwrapped(expr.right);
  const start = group(operand(printer, expr, 'left', place));
  return withOperator(printer, expr, { start: nest(indent, start), outermost: indent === 0 }, () =>
    right.kind === 'binary' && right.operator === expr.operator
      ? led(printer, right, inside(place), expr.operator.length + 1)
      : nest(expr.operator.length + 1, group(operand(printer, expr, 'right', place))),
  );
}

/** Pipes: one below the other. */
function piped(printer: Printer, expr: BinaryExpr, place: Place, outermost = true): Document {
  const left = unwrapped(expr.left);
  const continues = left.kind === 'binary' && pipes.has(left.operator);
  const start = continues ? piped(printer, left, 'element', false) : operand(printer, expr, 'left', place);
  return withOperator(printer, expr, { start, outermost }, () => operand(printer, expr, 'right', place));
}

/** What stands before an operator, and whether that is the one whose line break in the text breaks all. */
interface Before {
  readonly start: Document;
  readonly outermost: boolean;
}

/** An operator that may begin a line, with the comments above it, and behind what follows it. */
function withOperator(printer: Printer, expr: BinaryExpr, { start, outermost }: Before, end: () => Document): Document {
  const { comments, positions } = printer;
  const operator = `${expr.operator} `;
  if (!breaksAt(printer, expr)) return [start, spaceBreak, operator, end()];
  const outside = comments.takeThrough(positions.lastPartLine(expr.left));
  const above = comments.takeThrough(positions.lineOf(positions.operatorStart(expr)) - 1);
  const document = end();
  above.push(...comments.takeThrough(positions.lastPartLine(expr.right)));
  comments.putBack(outside);
  const parted = (above[0]?.before ?? 0) > 1 ? newLine : '';
  const lines = above.map(({ text, after }): Document => [text, newLine, after > 1 ? newLine : '']);
  const whole = [start, spaceBreak, parted, lines, operator, document];
  return outermost || above.length > 0 ? unflat(whole) : whole;
}

/** An operator and its operand. */
export function unary(printer: Printer, { operator, operand }: UnaryExpr, place: Place): Document {
  const inner = unwrapped(operand);
  if (operator === 'not' && inner.kind === 'binary' && inner.operator === 'in') {
    return printer.expr({ ...inner, operator: 'not in' }, place);
  }
  if (operator === '&') return captured(printer, inner, place);
  if (operator === '@') return attribute(printer, inner, place);
  const document = printer.expr(inner, inside(place));
  const repeats = inner.kind === 'unary' && inner.operator === operator && operator !== '-' && operator !== '+';
  const signed = inner.kind === 'unary' && inner.operator !== '@' && !isPlaceholder(inner);
  const wraps = inner.kind === 'binary' || (signed && !repeats);
  return [operator === 'not' ? 'not ' : operator, wraps ? parenthesized(document) : document];
}

/** `@name value`: one value has no parentheses, and keeps its brackets. */
function attribute(printer: Printer, inner: Expr, place: Place): Document {
  const [value] = place !== 'element' && inner.kind === 'call' && inner.block === null ? inner.args : [];
  if (value && inner.kind === 'call' && inner.target.kind === 'identifier' && inner.args.length === 1) {
    if (value.kind === 'keywords') {
      const list = { args: inner.args, range: value.range, written: false, parens: false, extra: '' };
      return ['@', inner.target.name, argumentList(printer, list)];
    }
    const document = within(printer, { bare: true }, () => printer.expr(value, 'only'));
    const opens = mayOpen(printer, unwrapped(value));
    const behind = group([' ', nestWhenBroken('cursor', opens ? lastMayBreak(document) : ungrouped(document))]);
    return ['@', inner.target.name, opens ? lastMayNotBreak(behind) : behind];
  }
  const document = printer.expr(inner, 'element');
  return ['@', inner.kind === 'binary' ? parenthesized(document) : document];
}

/** `&1`, `&name/1`, `&Module.name/1`, `& &1.name`, `&(&1 + 1)`. */
function captured(printer: Printer, inner: Expr, place: Place): Document {
  if (inner.kind === 'number') return ['&', inner.written];
  if (inner.kind === 'binary' && inner.operator === '/' && inner.right.kind === 'number') {
    const left = unwrapped(inner.left);
    const name = left.kind === 'call' && left.args.length === 0 && left.target.kind === 'dot' ? left.target : left;
    if (name.kind === 'dot' || name.kind === 'identifier') {
      const spaced = name.kind === 'identifier' && name.name.startsWith('&');
      return [spaced ? '& ' : '&', nest(1, printer.expr(name, 'operand')), '/', printer.expr(inner.right, 'operand')];
    }
  }
  const document = printer.expr(inner, inside(place));
  const signed = inner.kind === 'unary' && !isPlaceholder(inner) && inner.operator !== '@';
  if (inner.kind === 'binary' || signed) return ['&', parenthesized(document)];
  return [beginsWithPlaceholder(inner) ? '& ' : '&', document];
}

function beginsWithPlaceholder(expr: Expr): boolean {
  switch (expr.kind) {
    case 'unary':
      return isPlaceholder(expr);
    case 'call':
    case 'access':
      return beginsWithPlaceholder(expr.target);
    case 'dot':
      return beginsWithPlaceholder(expr.left);
    default:
      return false;
  }
}
