import { camelize } from '../../pristine/naming.ts';
import type { Comparison } from '../comparison.ts';

/** Keeps a namespace that does not follow from the app's name: Phoenix finds the app's modules by it. */
export function keepNamespace(comparisons: readonly Comparison[]): Comparison[] {
  return comparisons.map((comparison) => {
    const { scope, keyPath } = comparison.address;
    const [app = '', key] = keyPath;
    const isNamespace = scope === 'all' && key === 'namespace' && keyPath.length === 2;
    const needed = isNamespace && comparison.target === null && comparison.yours?.value !== camelize(app);
    return needed ? { ...comparison, outcome: 'yours' } : comparison;
  });
}
