import { listItems } from '../elixir/list-items.ts';
import type { History } from '../facts/history.ts';
import { type Outcome, type Ruling, rule, type VersionSpan } from './verdict.ts';

/** Facts that state an order: of children, plugs and sockets, of the instructions of a Dockerfile's stage. */
export function isOrder(address: string): boolean {
  return /^(?:(?:supervision|endpoint)(?:@\w+)?\/(?:code_reloading\/)?|docker\/\w+\.)order$/.test(address);
}

/** As `rule`, but only the relative order of what both sides have counts. */
export function ruleOrder(address: string, yours: string | null, history: History, span: VersionSpan): Ruling {
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
