import type { Comparison } from '../comparison.ts';

const stays = new Set(['yours', 'agreed', 'done', 'declined']);

/** Keeps the web server that an app lists and that this plan leaves: another one beside it would be none of its choosing. */
export function keepWebServer(comparisons: readonly Comparison[]): Comparison[] {
  const cowboy = comparisons.find(({ address }) => address.text === 'deps/plug_cowboy');
  if (!cowboy?.yours || !stays.has(cowboy.outcome)) return [...comparisons];
  return comparisons.map((comparison) => {
    const { address, outcome, yours, target } = comparison;
    const { area, path } = address;
    const isBandit = area === 'deps' && path[0] === 'bandit';
    const isAdapter =
      area === 'config' &&
      path[0] === 'all' &&
      path.at(-1) === 'adapter' &&
      path.at(-2)?.endsWith('.Endpoint') &&
      target?.startsWith('Bandit.');
    if (outcome !== 'pending' || yours !== null || !(isBandit || isAdapter)) return comparison;
    return { ...comparison, outcome: 'declined', note: 'plug_cowboy is this app’s web server' };
  });
}
