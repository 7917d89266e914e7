import { listItems } from '../elixir/list-items.ts';
import type { Address } from '../facts/address.ts';
import type { History } from '../facts/history.ts';
import { type Outcome, type Ruling, rule, type VersionSpan } from './verdict.ts';

/** As `rule` for an address that states an order: only the relative order of what both sides have counts. */
export function ruleOrder(address: Address, yours: string | null, history: History, span: VersionSpan): Ruling {
  const ruling = rule(address, yours, history, span);
  if (yours === null || ruling.target === null) return { ...ruling, outcome: 'agreed' };
  const [mine, theirs] = [listItems(yours), listItems(ruling.target)];
  return {
    ...ruling,
    outcome: outcomeOf(
      mine,
      theirs,
      history.values(address).map(({ value }) => listItems(value)),
    ),
  };
}

function outcomeOf(
  mine: readonly string[],
  theirs: readonly string[],
  former: readonly (readonly string[])[],
): Outcome {
  if (inSameOrder(mine, theirs)) return 'agreed';
  // An order that the generator wrote is nobody's choice; any other one is.
  return former.some((order) => inSameOrder(mine, order)) ? 'pending' : 'yours';
}

function inSameOrder(a: readonly string[], b: readonly string[]): boolean {
  const common = a.filter((name) => b.includes(name));
  return b.filter((name) => common.includes(name)).every((name, index) => name === common[index]);
}
