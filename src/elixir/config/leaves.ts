import type { CallExpr, Expr, KeywordsExpr, PairExpr, Range } from '../ast.ts';
import type { Bindings } from '../canonical.ts';
import { resolved } from './bindings.ts';

/** One leaf of a `config` call. */
export interface Leaf {
  readonly keyPath: readonly string[];
  readonly value: Expr;
  readonly pair: Range | null;
  readonly key: Range;
}

/** The application and the key that a call names; null where a variable names them and nobody says which. */
export interface CallTarget {
  /** `['shop']` or `['shop', 'ShopWeb.Endpoint']`. */
  readonly keyPath: readonly string[];
  /** The last argument: the value, or the keywords below the key path. */
  readonly value: Expr;
  /** The argument that gives the last key. */
  readonly key: Expr;
}

/** What a `config` call sets, or null where its application or key is computed. */
export function callTarget(call: CallExpr, bindings: Bindings): CallTarget | null {
  const [app, second, third] = call.args;
  if (!app || !second || call.args.length > 3) return null;
  const name = keyName(app, bindings);
  if (name === null) return null;
  if (!third) return { keyPath: [name], value: second, key: app };
  const key = keyName(second, bindings);
  return key === null ? null : { keyPath: [name, key], value: third, key: second };
}

function keyName(expr: Expr, bindings: Bindings): string | null {
  const inner = resolved(expr, bindings);
  return inner.kind === 'atom' || inner.kind === 'alias' ? inner.name : null;
}

/** The leaves of a `config` call; null where the call cannot be read. */
export function leaves(call: CallExpr, bindings: Bindings): readonly Leaf[] | null {
  const target = callTarget(call, bindings);
  if (!target) return null;
  const { keyPath, value, key } = target;
  const keywords = keywordsOf(value, bindings);
  // `config :shop, []` sets nothing; anything else after the application must be keywords.
  if (keyPath.length === 1 && !keywords) return isEmptyList(value) ? [] : null;
  if (!keywords || (keyPath.length > 1 && !descends(keywords))) return [{ keyPath, value, pair: null, key: key.range }];
  return keywords.pairs.flatMap((pair) => below(pair, keyPath, bindings));
}

function below(pair: PairExpr, parents: readonly string[], bindings: Bindings): readonly Leaf[] {
  const keyPath = [...parents, pair.name];
  const keywords = keywordsOf(pair.value, bindings);
  if (keywords && descends(keywords)) return keywords.pairs.flatMap((inner) => below(inner, keyPath, bindings));
  return [{ keyPath, value: pair.value, pair: pair.range, key: pair.keyRange }];
}

/** The keywords that an expression consists of: bare, or in a list with nothing else. */
export function keywordsOf(expr: Expr, bindings: Bindings): KeywordsExpr | null {
  const inner = resolved(expr, bindings);
  if (inner.kind === 'keywords') return inner;
  const [only] = inner.kind === 'list' && inner.items.length === 1 ? inner.items : [];
  return only?.kind === 'keywords' ? only : null;
}

/** Config merges keyword lists deeply, but a list with a repeated or computed key is one value. */
function descends(keywords: KeywordsExpr): boolean {
  const names = keywords.pairs.map((pair) => pair.name);
  return new Set(names).size === names.length && !names.includes('') && !names.some((name) => name.includes('#{'));
}

function isEmptyList(expr: Expr): boolean {
  return expr.kind === 'list' && expr.items.length === 0;
}
