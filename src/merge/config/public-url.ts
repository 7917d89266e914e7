import { sameValue } from '../../elixir/canonical.ts';
import type { Address } from '../../facts/address.ts';
import type { Comparison } from '../comparison.ts';

/**
 * Keeps the scheme of the public URL with its port: where the user has a port of their own, or took it out, the target's
 * scheme would make a URL that neither side meant.
 */
export function consistentUrl(comparisons: readonly Comparison[]): Comparison[] {
  return comparisons.map((comparison) => {
    const { address, outcome, yours } = comparison;
    if (!isScheme(address) || outcome !== 'pending' || yours !== null) return comparison;
    const port = comparisons.find((one) => one.address.equals(address.withLast('port')));
    const settled = port !== undefined && ['agreed', 'done', 'pending'].includes(port.outcome);
    // A port that another scope sets is settled, and the user's own.
    const stands = port?.outcome === 'pending' ? port.result : (port?.yours?.value ?? port?.result);
    const taken = settled && port.target !== null && sameValue(stands ?? '', port.target);
    return taken
      ? comparison
      : { ...comparison, outcome: 'declined', note: 'it goes with a port that you do not have' };
  });
}

function isScheme({ scope, keyPath }: Address): boolean {
  const [module = '', ...keys] = keyPath.slice(1);
  return scope === 'runtime:prod' && module.endsWith('.Endpoint') && keys.join('.') === 'url.scheme';
}
