import { camelize } from '../../pristine/naming.ts';
import type { Comparison } from '../comparison.ts';

/** Keeps a namespace that does not follow from the app's name: Phoenix finds the app's modules by it. */
export function keepNamespace(comparisons: readonly Comparison[]): Comparison[] {
  return comparisons.map((comparison) => {
    const [, app] = /^config\/all\/(\w+)\.namespace$/.exec(comparison.address) ?? [];
    const needed = app !== undefined && comparison.target === null && comparison.yours?.value !== camelize(app);
    return needed ? { ...comparison, outcome: 'yours' } : comparison;
  });
}
