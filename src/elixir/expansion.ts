import type { Expr } from './ast.ts';
import { childrenOf } from './children.ts';

/**
 * How large a value may be with all its names followed, in nodes of the tree. Names that use each other twice double at
 * each line: what is larger than any configuration is left as the name that it has.
 */
const largest = 20_000;

/** Sizes of values that names are bound to, with the names in them followed. */
const sizes = new WeakMap<Expr, number>();

/** Whether a value can be followed: its names stand for what `meaning` says. Remembers how large it is. */
export function isFollowable(value: Expr, meaning: (expr: Expr) => Expr | undefined): boolean {
  const size = sizeOf(value, meaning);
  sizes.set(value, size);
  return size <= largest;
}

function sizeOf(expr: Expr, meaning: (expr: Expr) => Expr | undefined): number {
  const known = sizes.get(expr);
  if (known !== undefined) return known;
  const value = meaning(expr);
  if (value !== undefined) return sizes.get(value) ?? 1;
  let size = 1;
  for (const child of childrenOf(expr)) {
    size += sizeOf(child, meaning);
    if (size > largest) break;
  }
  return size;
}
