import { type Address, AddressSet } from '../../facts/address.ts';
import type { Fact } from '../../facts/fact.ts';
import type { Comparison, FactMap } from '../comparison.ts';
import type { RulingContext } from '../pass.ts';

/** Scopes in which a key has effect where the given one would: what `all` sets is set in production too. */
export const covering: Readonly<Record<string, readonly string[]>> = {
  'runtime:prod': ['runtime', 'prod', 'all'],
  runtime: ['runtime:prod', 'prod', 'all'],
  prod: ['runtime:prod', 'runtime', 'all'],
  dev: ['all', 'runtime:dev', 'runtime'],
  test: ['all', 'runtime:test', 'runtime'],
  all: ['runtime'],
};

/**
 * A key that the project sets in another file or scope is there: it is not added again, and the place is named. What
 * the generator itself sets in both scopes, or what this plan takes away, does not count.
 */
export function setInOtherScope(
  comparisons: readonly Comparison[],
  { yours, history, span: { to } }: Pick<RulingContext, 'yours' | 'history' | 'span'>,
): Comparison[] {
  const leaving = new AddressSet(
    comparisons.filter(({ outcome, target }) => outcome === 'pending' && target === null).map(({ address }) => address),
  );
  const stays = (fact: Fact) =>
    !leaving.has(fact.address) && history.valueAt(fact.address, history.versions[to] ?? '') === undefined;
  return comparisons.map((comparison) => {
    if (comparison.yours || (comparison.outcome !== 'pending' && comparison.outcome !== 'declined')) return comparison;
    const found = placesOf(comparison.address, yours).find(
      (fact) => stays(fact) && (isForAll(fact) || !leaving.has(inDevelopment(comparison.address))),
    );
    const places = found ? [found] : inEachEnvironment(comparison.address, yours).filter(stays);
    if (!found && places.length < environments.length) return comparison;
    const at = places.flatMap((one) => (one.at ? [`${one.at.path}:${one.at.line}`] : []));
    const [first] = places;
    if (!first || at.length === 0) return comparison;
    return { ...comparison, yours: first, outcome: 'done', note: `set in ${at.join(', ')}` };
  });
}

/** Scopes of which each sets a key for one of the environments, those of development, tests and production. */
const environments: readonly (readonly string[])[] = [
  ['dev', 'runtime:dev'],
  ['test', 'runtime:test'],
  ['prod', 'runtime:prod'],
];

/** Where each environment by itself sets a key that is there for all, as far as they do. */
function inEachEnvironment(address: Address, yours: FactMap): Fact[] {
  if (address.scope !== 'all') return [];
  return environments.flatMap((scopes) =>
    scopes.flatMap((scope) => yours.get(address.inScope(scope)) ?? []).slice(0, 1),
  );
}

function isForAll({ address: { scope } }: Fact): boolean {
  return scope === 'all' || scope === 'runtime';
}

/** Where the plan takes the key from development, what production sets does not stand in for it. */
function inDevelopment(address: Address): Address {
  return address.scope === 'runtime' ? address.inScope('dev') : address;
}

function placesOf(address: Address, yours: FactMap): Fact[] {
  return (covering[address.scope] ?? []).flatMap((scope) => yours.get(address.inScope(scope)) ?? []);
}
