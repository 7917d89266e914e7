import type { Comparison } from '../comparison.ts';

/**
 * Keeps a value for all environments where what was to take its place in one of them does not come: until somebody says
 * otherwise it is what that environment falls back on.
 */
export function keepFallbacks(comparisons: readonly Comparison[]): Comparison[] {
  const missing = comparisons.filter(
    ({ outcome, target, yours, address }) =>
      outcome === 'declined' && target !== null && yours === null && address.area === 'config',
  );
  return comparisons.map((comparison) => {
    const { address, outcome, target } = comparison;
    if (address.scope !== 'all' || outcome !== 'pending' || target !== null) return comparison;
    const one = missing.find((other) => other.address.hasKeyOf(address));
    return one
      ? { ...comparison, outcome: 'declined', note: `${one.address.scope} gets no value of its own` }
      : comparison;
  });
}
