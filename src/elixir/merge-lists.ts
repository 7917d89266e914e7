import { nearest } from './order.ts';

/** How elements of a list are told apart and brought together. */
export interface ListRules<T> {
  readonly same: (a: T, b: T) => boolean;
  /** Whether `b` is a later form of `a`: same key, same first word. */
  readonly akin: (a: T, b: T) => boolean;
  /** Three-way merge of one element that both sides changed; undefined is a conflict. */
  readonly merge: (base: T, yours: T, target: T) => T | undefined;
}

/**
 * Three-way merge of lists by element: yours, without what the target dropped, with what it brought, in the
 * target's order among its neighbours. Undefined when both sides changed one element in ways that do not go
 * together.
 */
export function mergeLists<T>(
  base: readonly T[],
  yours: readonly T[],
  target: readonly T[],
  rules: ListRules<T>,
): T[] | undefined {
  const has = (list: readonly T[], item: T) => list.some((other) => rules.same(other, item));
  const result = [...yours];
  const brought = target.filter((item) => !has(base, item));
  const settled: T[] = [];
  for (const dropped of base.filter((item) => !has(target, item))) {
    const successor = brought.find((item) => !settled.includes(item) && rules.akin(dropped, item));
    if (successor !== undefined) settled.push(successor);
    if (!succeed(result, dropped, successor, { base, rules })) return undefined;
  }
  for (const item of brought) {
    if (!settled.includes(item) && !has(result, item)) insertInOrder(result, item, target, rules.same);
  }
  return result;
}

/** Replaces `dropped` by its successor, or removes it. False when the user's own form of it cannot be merged. */
function succeed<T>(
  result: T[],
  dropped: T,
  successor: T | undefined,
  { base, rules }: { base: readonly T[]; rules: ListRules<T> },
): boolean {
  const at = result.findIndex((item) => rules.same(item, dropped));
  if (at !== -1) {
    if (successor === undefined || result.some((item) => rules.same(item, successor))) result.splice(at, 1);
    else result[at] = successor;
    return true;
  }
  const own = result.findIndex(
    (item) => rules.akin(dropped, item) && !base.some((other) => rules.same(other, item)) && item !== successor,
  );
  const mine = result[own];
  if (mine === undefined || successor === undefined) return true;
  if (rules.same(mine, successor)) return true;
  const merged = rules.merge(dropped, mine, successor);
  if (merged === undefined) return false;
  result[own] = merged;
  return true;
}

/** Inserts after the nearest preceding neighbour of `order` that is present, else before the nearest following. */
function insertInOrder<T>(list: T[], item: T, order: readonly T[], same: (a: T, b: T) => boolean): void {
  list.splice(indexInOrder(list, item, order, same), 0, item);
}

/** Index at which `insertInOrder` would insert. */
export function indexInOrder<T>(
  list: readonly T[],
  item: T,
  order: readonly T[],
  same: (a: T, b: T) => boolean,
): number {
  const at = order.findIndex((other) => same(other, item));
  const indexOf = (wanted: T) => list.findIndex((other) => same(other, wanted));
  const place = nearest(order, at, (sibling) => indexOf(sibling) !== -1);
  if (place === null) return list.length;
  return 'after' in place ? indexOf(place.after) + 1 : indexOf(place.before);
}
