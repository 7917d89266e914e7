import { parseAddress } from '../facts/address.ts';
import type { History } from '../facts/history.ts';
import type { Comparison } from './comparison.ts';
import { mergeWithNearest } from './verdict.ts';

/**
 * Joins the two halves of a key that the generator moved from build time to run time: where the project has its own
 * value at the old place and nothing at the new one, that value moves, merged with the target's where they go together.
 */
export function movedBetweenScopes(comparisons: readonly Comparison[], history: History): Comparison[] {
  const wanted = comparisons.filter((one) => one.outcome === 'pending' && one.yours === null && isRuntime(one.address));
  const moves = new Map<Comparison, Comparison>();
  for (const old of comparisons) {
    if (old.outcome !== 'manual' || !isBuildTime(old.address)) continue;
    const place = wanted.find((one) => keyOf(one.address) === keyOf(old.address) && covers(one.address, old.address));
    if (place && !moves.has(place)) moves.set(place, old);
  }
  const leaving = new Set(moves.values());
  return comparisons
    .filter((comparison) => !leaving.has(comparison))
    .map((comparison) => {
      const old = moves.get(comparison);
      return old ? moved(comparison, old, history) : comparison;
    });
}

function moved(place: Comparison, old: Comparison, history: History): Comparison {
  const own = old.yours?.value ?? '';
  const former = history.values(old.address).map(({ value }) => value);
  const merged = mergeWithNearest(former, own, place.target ?? own);
  return {
    ...place,
    base: old.base,
    yours: old.yours,
    result: merged ?? own,
    movedFrom: old.address,
    ...(merged === undefined ? { note: 'the key moves, your value stays' } : {}),
  };
}

function scopeOf(address: string): string {
  return parseAddress(address).path[0] ?? '';
}

function keyOf(address: string): string {
  return address.slice(`config/${scopeOf(address)}/`.length);
}

function isRuntime(address: string): boolean {
  return address.startsWith('config/runtime');
}

function isBuildTime(address: string): boolean {
  return address.startsWith('config/') && !isRuntime(address);
}

/** `runtime:dev` takes over what `dev` set; `runtime` what any environment did. */
function covers(runtime: string, build: string): boolean {
  const [, environment] = scopeOf(runtime).split(':');
  return environment === undefined || environment === scopeOf(build);
}
