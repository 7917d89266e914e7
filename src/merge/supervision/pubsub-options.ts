import type { Fact } from '../../facts/fact.ts';
import type { Comparison, FactMap } from '../comparison.ts';
import type { RulingContext } from '../pass.ts';

/**
 * PubSub 1 took its options from the endpoint's config, PubSub 2 takes them where it is started: adapter and options of
 * the user's go along with the name. Options of one environment alone cannot, since a child is the same in all.
 */
export function carriedPubSubOptions(
  comparisons: readonly Comparison[],
  { yours }: Pick<RulingContext, 'yours'>,
): readonly Comparison[] {
  const child = comparisons.find(isNewChild);
  const stated = statedOptions(yours);
  const own = stated.filter((fact) => !isDefault(fact));
  if (!child || own.length === 0) return comparisons;
  const bound = stated.find(({ address: { scope, keyPath } }) => scope !== 'all' || keyPath.length > 4);
  if (bound) {
    const where = bound.at ? ` (${bound.at.path}:${bound.at.line})` : '';
    const note = `start it with the options that the endpoint gives it${where}`;
    return comparisons.map((one) => (isPart(one, child) ? { ...one, outcome: 'manual', note } : one));
  }
  return [...carried(comparisons, child, stated), ...unknownOptions(comparisons, child, own)];
}

function isNewChild({ address, outcome, yours, target }: Comparison): boolean {
  const isPubSub = address.area === 'supervision' && address.pathText === 'Phoenix.PubSub';
  return isPubSub && outcome === 'pending' && yours === null && target !== null;
}

function statedOptions(yours: FactMap): Fact[] {
  return yours.addresses
    .filter(({ area, keyPath: [, module, key, option] }) => {
      return area === 'config' && module?.endsWith('.Endpoint') && key === 'pubsub' && option !== undefined;
    })
    .flatMap((address) => yours.get(address) ?? []);
}

function optionOf({ address: { keyPath } }: Fact): string {
  return keyPath[3] ?? '';
}

/** The name goes along anyway, and the adapter for Erlang's process groups is the one that PubSub 2 takes by itself. */
function isDefault(fact: Fact): boolean {
  return optionOf(fact) === 'name' || (optionOf(fact) === 'adapter' && fact.value === 'Phoenix.PubSub.PG2');
}

/** Whether a comparison is about how PubSub is started and named. */
function isPart({ address, outcome }: Comparison, child: Comparison): boolean {
  if (outcome !== 'pending' && outcome !== 'manual') return false;
  return address.equals(child.address) || ['pubsub', 'pubsub_server'].includes(address.keyPath[2] ?? '');
}

function carried(comparisons: readonly Comparison[], child: Comparison, stated: readonly Fact[]): Comparison[] {
  const name = stated.find((fact) => optionOf(fact) === 'name')?.value;
  return comparisons.map((one) => {
    if (one === child) {
      const others = stated.filter((fact) => optionOf(fact) !== 'name').filter((fact) => !isDefault(fact));
      const options = others.map((fact) => `, ${optionOf(fact)}: ${fact.value}`).join('');
      const spec = name === undefined ? child.target : `{Phoenix.PubSub, name: ${name}}`;
      const note = 'with the adapter and options that the endpoint gave it';
      return { ...one, result: `${spec?.slice(0, -1)}${options}}`, review: true, note };
    }
    if (!isPart(one, child)) return one;
    if (one.target === null) return { ...one, outcome: 'pending', result: null };
    return name === undefined ? one : { ...one, result: name };
  });
}

/** Options that no generator wrote, which leave the endpoint's config. */
function unknownOptions(
  comparisons: readonly Comparison[],
  { since, backlog }: Comparison,
  own: readonly Fact[],
): Comparison[] {
  return own
    .filter(({ address }) => !comparisons.some((one) => one.address.equals(address)))
    .map((fact) => ({
      address: fact.address,
      yours: fact,
      outcome: 'pending',
      base: null,
      target: null,
      result: null,
      since,
      backlog,
    }));
}
