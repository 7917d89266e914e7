import type { BlockExpr, Expr } from '../ast.ts';
import { assigned } from './assigned.ts';
import { accessed, call, dot } from './call.ts';
import { anonymousFunction, body, clauseAlone } from './clauses.ts';
import { bitstring, keywords, list, map, tuple } from './containers.ts';
import { type Document, group, nest, newLine, unflat } from './document.ts';
import { atom, key, numberText, quoted } from './literal.ts';
import { binary, unary } from './operation.ts';
import { parenthesized } from './parentheses.ts';
import { linesOf, type Place, type Printer, within } from './printer.ts';
import { unwrapped } from './unwrapped.ts';

/** A construct that the formatter does not know. */
export class UnknownConstruct extends Error {
  readonly expr: Expr;

  constructor(expr: Expr) {
    super(`unknown construct: ${expr.kind}`);
    this.expr = expr;
  }
}

/** The document of any expression. */
export function expression(printer: Printer, written: Expr, place: Place): Document {
  const expr = unwrapped(written);
  switch (expr.kind) {
    case 'atom':
      return atom(printer, expr);
    case 'alias':
      return expr.name;
    case 'identifier':
      // `..` would take what follows for its right side.
      return expr.name === '..' && printer.scope.bare ? '(..)' : expr.name;
    case 'number':
      return numberText(expr.written);
    case 'string':
    case 'charlist':
    case 'sigil':
      return quoted(printer, expr);
    case 'pair':
      return assigned(printer, key(printer, expr), expr.value);
    case 'list':
      return list(printer, expr);
    case 'tuple':
      return tuple(printer, expr);
    case 'bitstring':
      return bitstring(printer, expr);
    case 'map':
      return map(printer, expr);
    case 'keywords':
      return keywords(printer, expr.pairs);
    case 'call':
      return call(printer, expr, place);
    case 'dot':
      return dot(printer, expr);
    case 'access':
      return accessed(printer, expr);
    case 'unary':
      return unary(printer, expr, place);
    case 'binary':
      return binary(printer, expr, place);
    case 'fn':
      return within(printer, { bare: false }, () => anonymousFunction(printer, expr.clauses, expr.range));
    case 'clause':
      return clauseAlone(printer, expr);
    case 'block':
      return block(printer, expr);
    case 'other':
      throw new UnknownConstruct(expr);
    default:
      return expr satisfies never;
  }
}

/** Parentheses that hold clauses, several expressions or nothing. */
function block(printer: Printer, { body: exprs, range }: BlockExpr): Document {
  const [only] = exprs;
  if (only === undefined) return 'nil';
  return within(printer, { bare: false }, () => {
    if (exprs.length === 1 && only.kind === 'clause') return group(parenthesized(clauseAlone(printer, only)));
    if (exprs.length === 1) return parenthesized(printer.expr(only, 'operand'));
    return unflat(['(', nest(2, [newLine, body(printer, exprs, linesOf(printer, range))]), newLine, ')']);
  });
}
