import type { Expr } from './ast.ts';

/** The words of `["a", "b"]` or `~w(a b)`; null for any other expression. */
export function wordsOf(expr: Expr | undefined): readonly string[] | null {
  if (expr?.kind === 'sigil' && /^[wW]$/.test(expr.name)) {
    const texts = expr.parts.map((part) => (typeof part === 'string' ? part.split(/\s+/).filter(Boolean) : null));
    return texts.includes(null) ? null : texts.flatMap((one) => one ?? []);
  }
  if (expr?.kind !== 'list') return null;
  const words = expr.items.map((item) =>
    item.kind === 'string' && item.parts.length === 1 && typeof item.parts[0] === 'string' ? item.parts[0] : null,
  );
  return words.includes(null) ? null : words.flatMap((one) => one ?? []);
}
