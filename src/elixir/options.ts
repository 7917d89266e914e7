import type { Expr, KeywordsExpr, PairExpr, Range } from './ast.ts';
import { display } from './canonical.ts';
import { lineAt } from './position.ts';

/** One keyword option: nested keyword lists give longer paths, `['websocket', 'connect_info', 'session']`. */
export interface Option {
  readonly path: readonly string[];
  readonly value: Expr;
  /** The value as `display` writes it. */
  readonly display: string;
  /** Range of the pair, key and value. */
  readonly range: Range;
  readonly line: number;
}

/** The pairs of `a: 1`, `[a: 1]`; null for anything that is no keyword list. An empty list has none. */
export function keywordPairs(expr: Expr | undefined): readonly PairExpr[] | null {
  if (expr?.kind === 'keywords') return expr.pairs;
  if (expr?.kind !== 'list') return null;
  const [only] = expr.items;
  if (only === undefined) return [];
  return expr.items.length === 1 && only.kind === 'keywords' ? only.pairs : null;
}

/** The options that a keyword list states, leaves only, in order. */
export function optionsOf(text: string, expr: Expr | undefined): Option[] {
  return leaves(text, keywordPairs(expr) ?? [], []);
}

function leaves(text: string, pairs: KeywordsExpr['pairs'], parent: readonly string[]): Option[] {
  return pairs.flatMap((pair) => {
    const path = [...parent, pair.name];
    const inner = keywordPairs(pair.value);
    if (inner !== null && inner.length > 0) return leaves(text, inner, path);
    const { range, value } = pair;
    // Shown as a pair first: only the key tells that a value is a secret.
    const shown = display(pair);
    const afterKey = shown.slice(pair.name.length + (shown.startsWith('"') ? 4 : 2));
    return [{ path, value, display: afterKey, range, line: lineAt(text, range.start) }];
  });
}
