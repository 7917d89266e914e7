import { sameValue } from '../../elixir/canonical.ts';
import type { Address } from '../../facts/address.ts';
import type { Comparison } from '../comparison.ts';

/**
 * Keeps the parts of the public URL together: a host of the user's own that stands alone gets no port, and where they
 * have a port of their own, or took it out, the target's scheme would make a URL that neither side meant.
 */
export function consistentUrl(comparisons: readonly Comparison[]): Comparison[] {
  return comparisons.map((comparison) => {
    const { address, outcome, yours } = comparison;
    if (!isPartOfUrl(address) || outcome !== 'pending' || yours !== null) return comparison;
    const part = (key: string) => comparisons.find((one) => one.address.equals(address.withLast(key)));
    if (part('port')?.yours === null && isOwnHost(part('host'))) {
      return { ...comparison, outcome: 'declined', note: 'you have your own host, without a port' };
    }
    if (address.keyPath.at(-1) !== 'scheme') return comparison;
    const port = part('port');
    const settled = port !== undefined && ['agreed', 'done', 'pending'].includes(port.outcome);
    // A port that another scope sets is settled, and the user's own.
    const stands = port?.outcome === 'pending' ? port.result : (port?.yours?.value ?? port?.result);
    const taken = settled && port.target !== null && sameValue(stands ?? '', port.target);
    return taken
      ? comparison
      : { ...comparison, outcome: 'declined', note: 'it goes with a port that you do not have' };
  });
}

/** Whether production's host is the user's own, or one that they took out. */
function isOwnHost(host: Comparison | undefined): boolean {
  return host !== undefined && (host.outcome === 'yours' || host.outcome === 'declined');
}

function isPartOfUrl({ scope, keyPath }: Address): boolean {
  const [module = '', ...keys] = keyPath.slice(1);
  return scope === 'runtime:prod' && module.endsWith('.Endpoint') && /^url\.(?:port|scheme)$/.test(keys.join('.'));
}
