import type { Expr } from './ast.ts';
import { childrenOf } from './children.ts';

/**
 * How large a value may be with all its names followed, in nodes of the tree. Names that use each other twice double at
 * each line: what is larger than any configuration is left as the name that it has.
 */
const largest = 20_000;

/**
 * How many levels a value may have with all its names followed. A name that is bound anew from itself grows by one at each line, and
 * whatever walks a value calls itself for each level.
 */
const deepest = 250;

interface Extent {
  readonly size: number;
  readonly levels: number;
}

/** Of values that names are bound to, with the names in them followed. */
const extents = new WeakMap<Expr, Extent>();

/** Whether a value can be followed: its names stand for what `meaning` says. Remembers how large it is. */
export function isFollowable(value: Expr, meaning: (expr: Expr) => Expr | undefined): boolean {
  const extent = extentOf(value, meaning);
  extents.set(value, extent);
  return extent.size <= largest && extent.levels <= deepest;
}

function extentOf(expr: Expr, meaning: (expr: Expr) => Expr | undefined): Extent {
  const known = extents.get(expr);
  if (known !== undefined) return known;
  const value = meaning(expr);
  if (value !== undefined) return extents.get(value) ?? { size: 1, levels: 1 };
  let [size, below] = [1, 0];
  for (const child of childrenOf(expr)) {
    const extent = extentOf(child, meaning);
    size += extent.size;
    below = Math.max(below, extent.levels);
    if (size > largest) break;
  }
  return { size, levels: below + 1 };
}
