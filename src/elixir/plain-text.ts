import type { Expr } from './ast.ts';

/** The text of a string without interpolation; null for any other expression. */
export function plainText(expr: Expr | undefined): string | null {
  if (expr?.kind !== 'string' || !expr.parts.every((part) => typeof part === 'string')) return null;
  return expr.parts.join('');
}
