import type { Expr } from '../ast.ts';

/** `System.get_env` for `System.get_env("X")`, `config` for `config :a, b: 1`; null for other expressions. */
export function calledName(expr: Expr): string | null {
  if (expr.kind === 'identifier') return expr.name;
  const target = expr.kind === 'call' ? expr.target : expr;
  if (expr.kind === 'call' && target.kind === 'identifier') return target.name;
  if (target.kind !== 'dot' || target.right === null) return null;
  if (target.left.kind === 'alias') return `${target.left.name}.${target.right}`;
  return target.left.kind === 'atom' ? `:${target.left.name}.${target.right}` : null;
}

/** The expression inside parentheses that hold just one. */
export function unwrapped(expr: Expr): Expr {
  const [only] = expr.kind === 'block' && expr.body.length === 1 ? expr.body : [];
  return only ? unwrapped(only) : expr;
}
