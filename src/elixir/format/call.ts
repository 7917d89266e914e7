import type { AccessExpr, CallExpr, DotExpr, Expr } from '../ast.ts';
import { callArguments } from './arguments.ts';
import { doBlock } from './clauses.ts';
import { type Document, unflat } from './document.ts';
import { unquotedName } from './literal.ts';
import { isPlaceholder, parenthesized } from './parentheses.ts';
import { type Place, type Printer, within } from './printer.ts';
import { bracketed } from './sequence.ts';
import { unwrapped } from './unwrapped.ts';

/** A call with all that belongs to it. */
export function call(printer: Printer, expr: CallExpr, place: Place): Document {
  const { target, block } = expr;
  const name = callTarget(printer, target);
  const extra = block ? ' do' : '';
  const args =
    expr.args.length === 0
      ? emptyArguments(printer, expr, extra)
      : callArguments(printer, expr, takesParens(printer, expr, place), extra);
  if (!block) return [name, args];
  const { bare } = printer.scope;
  const whole = unflat([name, args, within(printer, { bare: false }, () => doBlock(printer, block))]);
  return bare ? parenthesized(whole) : whole;
}

function emptyArguments(printer: Printer, { target, parens, block, argsRange }: CallExpr, extra: string): Document {
  if (block && target.kind !== 'call' && !(target.kind === 'dot' && target.right === null)) return extra;
  if (parens && argsRange)
    return [bracketed(printer, [], { open: '(', close: ')', range: argsRange, opening: 1 }), extra];
  return target.kind === 'dot' && isModule(unwrapped(target.left)) ? `()${extra}` : extra;
}

/** What a call without arguments has parentheses behind, lest it be taken for a field. */
function isModule(expr: Expr): boolean {
  if (expr.kind === 'identifier') return expr.name === '__MODULE__';
  return expr.kind === 'alias' || expr.kind === 'atom' || (expr.kind === 'dot' && isAliasPart(expr.right));
}

function isAliasPart(name: string | null): boolean {
  return name !== null && /^\p{Lu}/u.test(name);
}

/** The name of what is called, a module before it. */
function callTarget(printer: Printer, target: Expr): Document {
  if (target.kind === 'dot') return dot(printer, target);
  return target.kind === 'identifier' ? target.name : printer.expr(target, 'element');
}

/** `left.right`, `left.{A, B}` and the target of `fun.()`. */
export function dot(printer: Printer, expr: DotExpr): Document {
  const left = subject(printer, expr.left);
  if (expr.group) {
    const start = printer.text.indexOf('{', expr.left.range.end);
    const range = { start, end: expr.range.end };
    return [left, '.', bracketed(printer, expr.group, { open: '{', close: '}', range, opening: 1 })];
  }
  return [left, '.', expr.right === null ? '' : unquotedName(expr.right)];
}

/** What stands before a dot or `[`. */
function subject(printer: Printer, expr: Expr): Document {
  const inner = unwrapped(expr);
  const document = printer.expr(inner, 'element');
  const wraps =
    inner.kind === 'binary' ||
    inner.kind === 'fn' ||
    (inner.kind === 'unary' && inner.operator !== '@' && !isPlaceholder(inner)) ||
    (inner.kind === 'call' && inner.block !== null);
  return wraps ? parenthesized(document) : document;
}

/** `target[key]` */
export function accessed(printer: Printer, { target, key, range }: AccessExpr): Document {
  const start = printer.text.indexOf('[', target.range.end);
  const inside = { open: '[', close: ']', range: { start, end: range.end }, opening: 1 };
  return [subject(printer, target), bracketed(printer, [key], inside)];
}

/** Whether a call has parentheses around its arguments: where they were written, and where it needs them. */
function takesParens({ locals }: Printer, { target, args, parens, block }: CallExpr, place: Place): boolean {
  if (parens) return true;
  if (block) return false;
  return place === 'element' || target.kind !== 'identifier' || !locals.has(target.name, args.length);
}
