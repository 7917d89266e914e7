import { listItems } from '../../elixir/list-items.ts';
import type { Address } from '../../facts/address.ts';
import type { History } from '../../facts/history.ts';
import type { Comparison, FactMap } from '../comparison.ts';
import type { RulingContext } from '../pass.ts';

/**
 * A step of a Dockerfile that runs a task which the project neither has nor gets would only fail, and an own alias of that
 * name that shares nothing with the generator's means something else. The alias of an asset tool comes with the tool's
 * files: without generated text it does not.
 */
export function withoutMissingTasks(
  comparisons: readonly Comparison[],
  { yours, history, hasText }: Pick<RulingContext, 'yours' | 'history' | 'hasText'>,
): Comparison[] {
  const coming = hasText ? comparisons : [];
  const aliases = new Set([
    ...yours.addresses.filter((address) => isAlias(address) && isAkin(address, yours, history)).map(aliasOf),
    ...coming
      .filter(({ address, outcome, target }) => isAlias(address) && outcome === 'pending' && target !== null)
      .map(({ address }) => aliasOf(address)),
  ]);
  return comparisons.filter(({ address, yours: own }) => {
    const [, task] = (address.area === 'docker' && /^\w+\.run\.mix (assets\.\S+)$/.exec(address.pathText)) || [];
    return task === undefined || own !== null || aliases.has(task);
  });
}

/** Whether an alias does something of what the generator's alias of that name does. */
function isAkin(address: Address, yours: FactMap, history: History): boolean {
  const written = history.values(address).flatMap(({ value }) => listItems(value).map(taskOf));
  const own = listItems(yours.get(address)?.value ?? '[]').map(taskOf);
  return written.length === 0 || own.some((task) => written.includes(task));
}

function taskOf(item: string): string {
  return item.replace(/^"|"$/g, '').split(' ')[0] ?? '';
}

function isAlias(address: Address): boolean {
  return address.area === 'mix' && address.path[0] === 'aliases';
}

function aliasOf({ path }: Address): string {
  return path.slice(1).join('.');
}
