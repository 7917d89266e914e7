import type { Comparison } from '../comparison.ts';

/** Leaves router scopes with routes of the user's own alone, whether or not the generator has one with that path. */
export function keepScopes(comparisons: readonly Comparison[]): Comparison[] {
  return comparisons.map((comparison) => {
    const { address, outcome, target } = comparison;
    const { area, path } = address;
    const isScope = area === 'web' && path[0] === 'router' && path[1] === 'scope';
    return isScope && outcome === 'manual' && target === null ? { ...comparison, outcome: 'yours' } : comparison;
  });
}
