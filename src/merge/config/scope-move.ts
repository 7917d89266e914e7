import type { Address } from '../../facts/address.ts';
import type { History } from '../../facts/history.ts';
import type { Comparison, FactMap } from '../comparison.ts';
import type { RulingContext } from '../pass.ts';
import { mergeWithNearest } from '../verdict.ts';

/**
 * Joins the two halves of a key that the generator moved from build time to run time: where the project has its own
 * value at the old place and nothing at the new one, that value moves, merged with the target's where they go together.
 */
export function movedBetweenScopes(
  comparisons: readonly Comparison[],
  { history, yours }: Pick<RulingContext, 'history' | 'yours'>,
): Comparison[] {
  const wanted = comparisons.filter((one) => one.outcome === 'pending' && one.yours === null && isRuntime(one.address));
  const moves = new Map<Comparison, Comparison>();
  for (const old of comparisons) {
    if (old.outcome !== 'manual' || !isBuildTime(old.address)) continue;
    if (comparisons.some((one) => isOverriding(one, old)) || isGivenAround(old.address, yours)) continue;
    const place = wanted.find((one) => one.address.hasKeyOf(old.address) && covers(one.address, old.address));
    if (place && !moves.has(place)) moves.set(place, old);
  }
  const leaving = new Set(moves.values());
  return comparisons
    .filter((comparison) => !leaving.has(comparison))
    .map((comparison) => {
      const old = moves.get(comparison);
      if (old) return moved(comparison, old, history);
      // What run time overrides calls for nothing, whatever the generator makes of it.
      if (isDead(comparison, comparisons, yours)) return { ...comparison, outcome: 'yours' };
      return wanted.includes(comparison) &&
        comparisons.some((one) => isTakenOut(one, comparison)) &&
        !comparisons.some((one) => isMovedAlready(one, comparison))
        ? { ...comparison, outcome: 'declined' }
        : comparison;
    });
}

/** Whether the key was the generator's at build time, and the project has it no more: it is not wanted elsewhere. */
function isTakenOut(old: Comparison, place: Comparison): boolean {
  const { address, yours, base, target } = old;
  if (yours !== null || base === null || target !== null || !isBuildTime(address)) return false;
  return address.hasKeyOf(place.address) && covers(place.address, address);
}

/** Whether the project reads the key at run time already, in another scope, which the generator leaves. */
function isMovedAlready({ address, yours }: Comparison, place: Comparison): boolean {
  return yours !== null && isRuntime(address) && address.hasKeyOf(place.address);
}

/** Whether the project itself sets the key at run time for the same environment: what stands at build time is dead. */
function isOverriding({ address, yours }: Comparison, old: Comparison): boolean {
  return yours !== null && isRuntime(address) && address.hasKeyOf(old.address) && covers(address, old.address);
}

function isDead(one: Comparison, all: readonly Comparison[], yours: FactMap): boolean {
  if (one.outcome !== 'manual' || !isBuildTime(one.address)) return false;
  return all.some((other) => isOverriding(other, one)) || isGivenAround(one.address, yours);
}

/** Whether the project gives a value around the key at run time, `url: url()`, which has the last word on it. */
function isGivenAround(address: Address, yours: FactMap): boolean {
  return ['runtime', `runtime:${address.scope === 'all' ? 'prod' : address.scope}`].some((scope) =>
    address.inScope(scope).ancestors.some((above) => yours.has(above)),
  );
}

function moved(place: Comparison, old: Comparison, history: History): Comparison {
  const own = old.yours?.value ?? '';
  const former = history.values(old.address).map(({ value }) => value);
  const target = place.target ?? own;
  const merged = mergeWithNearest(former, own, target) ?? asDefault(former, own, target);
  const joined = { ...place, base: old.base, yours: old.yours, movedFrom: old.address };
  // What one environment was given is no default for the others: it goes along for that environment alone.
  if (widens(place.address, old.address)) {
    const value = merged ?? own;
    return { ...joined, result: target, restores: [{ environment: old.address.scope, value }] };
  }
  return {
    ...joined,
    result: merged ?? own,
    ...(merged === undefined ? { note: 'the key moves, your value stays' } : {}),
  };
}

/** The target with your number as the default that it falls back on, where the generator's number was it. */
function asDefault(former: readonly string[], own: string, target: string): string | undefined {
  const written = former.find((value) => /^\d+$/.test(value) && target.includes(`"${value}"`));
  return written && /^\d+$/.test(own) ? target.replace(`"${written}"`, `"${own}"`) : undefined;
}

/** Whether a value of one environment would come to count in all. */
function widens(runtime: Address, build: Address): boolean {
  return !runtime.scope.includes(':') && build.scope !== 'all';
}

function isRuntime(address: Address): boolean {
  return address.scope.startsWith('runtime');
}

function isBuildTime(address: Address): boolean {
  return address.area === 'config' && !isRuntime(address);
}

/** `runtime:dev` takes over what `dev` set; `runtime` what any environment did. */
function covers(runtime: Address, build: Address): boolean {
  const [, environment] = runtime.scope.split(':');
  return environment === undefined || environment === build.scope;
}
