import type { Address } from '../../facts/address.ts';
import { otherMailers } from '../../facts/flags.ts';
import type { Comparison } from '../comparison.ts';
import type { RulingContext } from '../pass.ts';

interface Part {
  /** The generator's dep. */
  readonly dep: string;
  /** Deps that serve the same purpose. */
  readonly others: readonly string[];
  readonly purpose: string;
  /** Whether an address is about the generator's part. */
  readonly holds: (address: Address) => boolean;
  /** Whether an address shows that the dep is configured as the generator came to do it. */
  readonly follows: (address: Address) => boolean;
}

function isClusterQuery({ area, path }: Address): boolean {
  return area === 'config' && path.at(-1) === 'dns_cluster_query';
}

const parts: readonly Part[] = [
  {
    dep: 'dns_cluster',
    others: ['libcluster', 'libcluster_ec2', 'libcluster_postgres', 'peerage', 'partisan'],
    purpose: 'forms this app’s cluster',
    holds: (address) => isClusterQuery(address) || (address.area === 'supervision' && address.path[0] === 'DNSCluster'),
    follows: isClusterQuery,
  },
  {
    dep: 'swoosh',
    others: otherMailers,
    purpose: 'sends this app’s mail',
    holds: ({ area, path, keyPath }) =>
      area === 'config' && (path[1] === 'swoosh' || (keyPath[1]?.endsWith('.Mailer') ?? false)),
    follows: ({ keyPath }) => keyPath[0] === 'swoosh',
  },
];

/**
 * Who has a part of their own for a purpose does not get the generator's beside it: neither its dep nor what configures
 * and starts it.
 */
export function ownParts(
  comparisons: readonly Comparison[],
  { yours, history, span }: Pick<RulingContext, 'yours' | 'history' | 'span'>,
): readonly Comparison[] {
  const deps = new Set(yours.addresses.filter(({ area }) => area === 'deps').map(({ path }) => path[0]));
  const known = history.versions[Math.min(span.origin, span.from)] ?? '';
  const written = new Set(
    history.addresses.filter((one) => one.area === 'deps' && history.valueAt(one, known)).map(({ path }) => path[0]),
  );
  const taken = parts.flatMap((part) => {
    // The generator's own dep, brought before any generator did, is configured as this app wants it.
    const isEarly = !written.has(part.dep) && !yours.addresses.some(part.follows);
    const names = [...(isEarly ? [part.dep] : []), ...(deps.has(part.dep) ? [] : part.others)];
    const other = names.find((name) => deps.has(name));
    return other === undefined ? [] : [{ part, note: `${other} ${part.purpose}` }];
  });
  if (taken.length === 0) return comparisons;
  return comparisons.map((comparison) => {
    const { address, outcome, yours: own } = comparison;
    if (outcome !== 'pending' || own !== null) return comparison;
    const found = taken.find(
      ({ part }) => part.holds(address) || (address.area === 'deps' && address.path[0] === part.dep),
    );
    return found ? { ...comparison, outcome: 'declined', note: found.note } : comparison;
  });
}
