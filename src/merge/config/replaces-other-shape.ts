import type { Comparison } from '../comparison.ts';

/**
 * Notes where a key is new below a value of another shape that goes: `http: [:inet6, port: 4000]` is a list, and
 * `http: [port: 4000]` has keys. The old value must go before the first key comes.
 */
export function replacesOtherShape(comparisons: readonly Comparison[]): Comparison[] {
  const leaving = new Set(
    comparisons
      .filter(({ outcome, target, yours }) => outcome === 'pending' && target === null && yours !== null)
      .map(({ address }) => address),
  );
  return comparisons.map((comparison) => {
    const { address, outcome, yours, target } = comparison;
    if (!address.startsWith('config/') || outcome !== 'pending' || yours !== null || target === null) return comparison;
    const replaces = ancestors(address).find((above) => leaving.has(above));
    return replaces === undefined ? comparison : { ...comparison, replaces };
  });
}

function ancestors(address: string): string[] {
  return [...address.matchAll(/\./g)].map(({ index }) => address.slice(0, index));
}
