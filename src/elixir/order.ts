/** Next to which sibling something belongs. */
export type Neighbour = { readonly after: string } | { readonly before: string };

/**
 * The sibling of `order` that stands nearest to the one at an index: the last before it that is present, else the
 * first behind it. Null where none is, or the index is -1.
 */
export function nearest<T>(
  order: readonly T[],
  at: number,
  isPresent: (sibling: T) => boolean,
): { readonly after: T } | { readonly before: T } | null {
  if (at === -1) return null;
  const after = order.slice(0, at).filter(isPresent);
  if (after.length > 0) return { after: after[after.length - 1] as T };
  const before = order.slice(at + 1).filter(isPresent);
  return before.length > 0 ? { before: before[0] as T } : null;
}

/**
 * Where a new element belongs among those present: right after the nearest preceding sibling of `order`, else
 * before the nearest following one. `barrier` is the sibling that nothing may follow unless `order` says so
 * (the endpoint, the router). Null when no sibling is present.
 */
export function neighbourOf(
  name: string,
  present: readonly string[],
  order: readonly string[],
  barrier?: string,
): Neighbour | null {
  const at = order.indexOf(name);
  const place = nearest(order, at, (one) => present.includes(one));
  if (barrier === undefined || !present.includes(barrier)) return place;
  // The target itself may put the element behind the barrier.
  if (order.slice(0, Math.max(at, 0)).includes(barrier)) return place;
  const beyond = place && 'after' in place && present.indexOf(place.after) > present.indexOf(barrier);
  return place === null || beyond ? { before: barrier } : place;
}

/**
 * The next single move that brings those present into the relative order of `order`; null when they are.
 * As few as possible are moved, and rather those that nothing of the user's stands behind: what the user put
 * behind an element needs it. The barrier stays where it is.
 */
export function nextMove(
  present: readonly string[],
  order: readonly string[],
  barrier?: string,
): { readonly name: string; readonly to: Neighbour } | null {
  const named = present.filter((name) => order.includes(name));
  const kept = heaviestAscending(named, order, (name) => weightOf(name, present, order, barrier));
  const name = order.find((one) => named.includes(one) && !kept.includes(one));
  if (name === undefined) return null;
  const to = neighbourOf(name, kept, order);
  return to && { name, to };
}

function weightOf(name: string, present: readonly string[], order: readonly string[], barrier?: string): number {
  if (name === barrier) return present.length ** 2;
  const next = present[present.indexOf(name) + 1];
  return next !== undefined && !order.includes(next) ? present.length : 1;
}

/** The subsequence of `named` that already stands in `order` and weighs most. */
function heaviestAscending(
  named: readonly string[],
  order: readonly string[],
  weight: (name: string) => number,
): string[] {
  let heaviest: { names: string[]; weight: number } = { names: [], weight: 0 };
  const ending: (typeof heaviest)[] = [];
  for (const name of named) {
    let best: typeof heaviest = { names: [], weight: 0 };
    for (const chain of ending) {
      const last = chain.names.at(-1) ?? '';
      if (order.indexOf(last) < order.indexOf(name) && chain.weight > best.weight) best = chain;
    }
    const chain = { names: [...best.names, name], weight: best.weight + weight(name) };
    ending.push(chain);
    if (chain.weight > heaviest.weight) heaviest = chain;
  }
  return heaviest.names;
}
