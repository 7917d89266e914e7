import type { Address } from '../../facts/address.ts';
import type { Comparison } from '../comparison.ts';
import type { RulingContext } from '../pass.ts';

/**
 * A step of a Dockerfile that runs a task which the project neither has nor gets would only fail. The alias of an asset
 * tool comes with the tool's files: without generated text it does not.
 */
export function withoutMissingTasks(
  comparisons: readonly Comparison[],
  { yours, hasText }: Pick<RulingContext, 'yours' | 'hasText'>,
): Comparison[] {
  const coming = hasText ? comparisons : [];
  const aliases = new Set([
    ...yours.addresses.filter(isAlias).map(aliasOf),
    ...coming
      .filter(({ address, outcome, target }) => isAlias(address) && outcome === 'pending' && target !== null)
      .map(({ address }) => aliasOf(address)),
  ]);
  return comparisons.filter(({ address, yours: own }) => {
    const [, task] = (address.area === 'docker' && /^\w+\.run\.mix (assets\.\S+)$/.exec(address.pathText)) || [];
    return task === undefined || own !== null || aliases.has(task);
  });
}

function isAlias(address: Address): boolean {
  return address.area === 'mix' && address.path[0] === 'aliases';
}

function aliasOf({ path }: Address): string {
  return path.slice(1).join('.');
}
