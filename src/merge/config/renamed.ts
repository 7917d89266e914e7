import { type Address, AddressSet } from '../../facts/address.ts';
import type { Fact } from '../../facts/fact.ts';
import type { History } from '../../facts/history.ts';
import { formerAddress, type NamedRename } from '../../facts/renames.ts';
import type { Comparison, FactMap } from '../comparison.ts';
import type { KeyRename } from '../edits/edit-context.ts';
import type { RulingContext } from '../pass.ts';
import { rule, type VersionSpan } from '../verdict.ts';

/**
 * Joins the two halves of a renamed key: what stands under the former name counts as the key's value, and is renamed
 * where it stands. Only where the project has nothing under the new name yet and the target has something.
 */
export function renamed(
  comparisons: readonly Comparison[],
  { yours, history, span }: Pick<RulingContext, 'yours' | 'history' | 'span'>,
): Comparison[] {
  const target = history.versions[span.to] ?? '';
  const mine = yours.addresses;
  const theirs = history.facts(target).addresses;
  const applying = history.renames.filter(
    ({ from, to }) => hasBelow(mine, from) && !hasBelow(mine, to) && hasBelow(theirs, to),
  );
  const taken: Address[] = [];
  const joined = comparisons.map((comparison) => {
    for (const rename of applying) {
      const former = formerAddress(comparison.address, rename);
      const fact = former === undefined ? undefined : yours.get(former);
      if (former === undefined || fact === undefined || comparison.target === null) continue;
      taken.push(former);
      return underNewName(comparison, fact, keyRename(former, rename, yours, history), history, span);
    }
    return comparison;
  });
  const former = new AddressSet(taken);
  return joined.filter(({ address }) => !former.has(address));
}

function hasBelow(addresses: readonly Address[], above: Address): boolean {
  return addresses.some((address) => address.isBelow(above));
}

function keyRename(former: Address, { from, to, whole }: NamedRename, yours: FactMap, history: History): KeyRename {
  const known = yours.addresses
    .filter((address) => address.isBelow(from) && history.values(address).length > 0)
    .map((address) => address.keyPath[from.keyPath.length] ?? '');
  return { address: former, from: from.keyPath, to: to.keyPath, ...(whole ? {} : { keys: [...new Set(known)] }) };
}

function underNewName(
  comparison: Comparison,
  fact: Fact,
  rename: KeyRename,
  history: History,
  span: VersionSpan,
): Comparison {
  const ruling = rule(comparison.address, fact.value, history, span);
  const joined = { ...comparison, yours: fact, rename, since: comparison.since, backlog: comparison.backlog };
  if (ruling.outcome === 'pending') return { ...joined, outcome: 'pending', result: ruling.result };
  const kept =
    ruling.outcome === 'conflict' || ruling.outcome === 'yours' ? { note: 'the key is renamed, your value stays' } : {};
  return { ...joined, ...kept, outcome: 'pending', result: fact.value };
}
