/** Next to which sibling something belongs. */
export type Neighbour = { readonly after: string } | { readonly before: string };

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
  const preceding = order.slice(0, Math.max(at, 0)).filter((one) => present.includes(one));
  const following = order.slice(at + 1).filter((one) => present.includes(one));
  const [after, before] = [preceding.at(-1), following[0]];
  const guarded = barrier !== undefined && present.includes(barrier) && !preceding.includes(barrier);
  if (after !== undefined) {
    const beyond = guarded && present.indexOf(after) > present.indexOf(barrier);
    return beyond ? { before: barrier } : { after };
  }
  if (at !== -1 && before !== undefined) return { before };
  return guarded ? { before: barrier } : null;
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
