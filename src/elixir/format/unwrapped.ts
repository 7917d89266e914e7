import type { Expr } from '../ast.ts';

/** The expression inside parentheses that hold just one: whether it needs them is decided anew. */
export function unwrapped(expr: Expr): Expr {
  const [only] = expr.kind === 'block' ? expr.body : [];
  if (!only || expr.kind !== 'block' || expr.body.length !== 1) return expr;
  return only.kind === 'clause' || isSplice(only) ? expr : unwrapped(only);
}

/** `(unquote_splicing(body))` is a block, whatever it is made of. */
function isSplice(expr: Expr): boolean {
  return expr.kind === 'call' && expr.target.kind === 'identifier' && expr.target.name === 'unquote_splicing';
}
