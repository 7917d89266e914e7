import { keysReadByInit } from '../../elixir/endpoint/own-init.ts';
import type { Comparison } from '../comparison.ts';
import type { RulingContext } from '../pass.ts';

/** Keeps a key of the endpoint's config that the generator dropped while the endpoint's own `init/2` reads it. */
export function keepReadKeys(
  comparisons: readonly Comparison[],
  { project: { sources, webFiles } }: Pick<RulingContext, 'project'>,
): readonly Comparison[] {
  const path = webFiles.endpoint;
  const source = path === null ? undefined : sources.get(path);
  const keys = source ? keysReadByInit(source) : new Set<string>();
  if (keys.size === 0) return comparisons;
  return comparisons.map((comparison) => {
    const { address, outcome, yours, target } = comparison;
    const [, module = '', key = ''] = address.keyPath;
    const leaves = target === null && yours !== null && (outcome === 'pending' || outcome === 'manual');
    if (!leaves || !module.endsWith('.Endpoint') || !keys.has(key)) return comparison;
    return { ...comparison, outcome: 'declined', note: `stays: init/2 in ${path} reads it` };
  });
}
