import { AddressSet } from '../../facts/address.ts';
import type { Comparison } from '../comparison.ts';

/**
 * Notes where a key is new below a value of another shape that goes: `http: [:inet6, port: 4000]` is a list, and
 * `http: [port: 4000]` has keys. The old value must go before the first key comes.
 */
export function replacesOtherShape(comparisons: readonly Comparison[]): Comparison[] {
  const leaving = new AddressSet(
    comparisons
      .filter(({ outcome, target, yours }) => outcome === 'pending' && target === null && yours !== null)
      .map(({ address }) => address),
  );
  return comparisons.map((comparison) => {
    const { address, outcome, yours, target } = comparison;
    if (address.area !== 'config' || outcome !== 'pending' || yours !== null || target === null) return comparison;
    const replaces = address.ancestors.find((above) => leaving.has(above));
    return replaces === undefined ? comparison : { ...comparison, replaces };
  });
}
