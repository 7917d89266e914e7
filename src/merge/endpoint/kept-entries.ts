import type { Expr } from '../../elixir/ast.ts';
import { childrenOf } from '../../elixir/children.ts';
import { type Address, AddressMap } from '../../facts/address.ts';
import type { History } from '../../facts/history.ts';
import type { Project } from '../../project/project.ts';
import type { Comparison, FactMap } from '../comparison.ts';
import type { RulingContext } from '../pass.ts';

interface Kept {
  readonly outcome: 'declined' | 'manual';
  readonly note: string;
}

/**
 * Keeps sockets and plugs of the endpoint that the generator dropped and somebody needs: a socket with channels stays,
 * and one whose options a person changed is left to a person. Their options go and stay with them.
 */
export function keepEntries(
  comparisons: readonly Comparison[],
  { yours, history, project }: Pick<RulingContext, 'yours' | 'history' | 'project'>,
): Comparison[] {
  const kept = new AddressMap<Kept>();
  for (const one of comparisons.filter(isLeaving)) {
    const user = channelUser(one, project);
    const own = ownOption(one.address, yours, history);
    if (user !== null) kept.set(one.address, { outcome: 'declined', note: `stays: ${user} has channels` });
    else if (own) kept.set(one.address, { outcome: 'manual', note: `you set its option ${own}` });
  }
  return comparisons.map((comparison) => {
    const { address, target } = comparison;
    const ruling = kept.get(address);
    if (ruling) return { ...comparison, ...ruling };
    const isOption = target === null && kept.addresses.some((entry) => address.isBelow(entry));
    return isOption ? { ...comparison, outcome: 'yours' } : comparison;
  });
}

function isLeaving({ address, outcome, target, yours }: Comparison): boolean {
  const { area, path } = address;
  return area === 'endpoint' && path.length === 1 && outcome === 'pending' && target === null && yours !== null;
}

function ownOption(address: Address, yours: FactMap, history: History): string | undefined {
  const below = yours.values.filter((fact) => fact.address.isBelow(address));
  const own = below.find((fact) => history.wrote(fact.address, fact.value) === 0n);
  return own?.address.textBelow(address);
}

/** The file of a socket's module where it names channels of the project. */
function channelUser({ address, yours }: Comparison, { tree, sources }: Project): string | null {
  const [, module] = /^\[([\w.]+)\]$/.exec(yours?.value ?? '') ?? [];
  if (module === undefined || !/(^|\/)socket\//.test(address.pathText)) return null;
  const definition = `defmodule ${module} do`;
  const path = tree.paths.find((one) => one.endsWith('.ex') && tree.read(one)?.includes(definition));
  const body = path === undefined ? undefined : sources.get(path)?.body;
  return path !== undefined && body?.some(namesChannel) ? path : null;
}

function namesChannel(expr: Expr): boolean {
  const isCall = expr.kind === 'call' && expr.target.kind === 'identifier' && expr.target.name === 'channel';
  return isCall || childrenOf(expr).some(namesChannel);
}
