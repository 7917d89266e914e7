import type { History } from '../facts/history.ts';
import type { Comparison, FactMap } from './comparison.ts';
import { declinedWithParents } from './declined-parents.ts';
import { elsewhere } from './elsewhere.ts';
import { isOrder, ruleOrder } from './order-verdict.ts';
import { isReleaseAddress, releaseSpans, withoutMissingTasks } from './release-span.ts';
import { renamed } from './rename-verdict.ts';
import { isRequirement, ruleRequirement } from './requirement-verdict.ts';
import { reshaped } from './reshaped.ts';
import { movedBetweenScopes } from './scope-move.ts';
import { type Ruling, rule, type Span } from './verdict.ts';

/**
 * Compares every address that the generator ever wrote, except files, in its order. Of what it writes for releases, the
 * files that the project has from it. `hasText` says whether generated text is at hand.
 */
export function compareFacts(yours: FactMap, history: History, span: Span, hasText: boolean): Comparison[] {
  const comparisons: Comparison[] = [];
  const released = releaseSpans(yours, history, span);
  for (const address of history.addresses) {
    if (address.startsWith('file/')) continue;
    const own = isReleaseAddress(address) ? released(address) : span;
    if (own === null) continue;
    const fact = yours.get(address) ?? null;
    comparisons.push({ address, yours: fact, ...ruleFor(address, fact?.value ?? null, history, own) });
  }
  const joined = movedBetweenScopes(renamed(comparisons, yours, history, span), history);
  const placed = elsewhere(withoutMissingTasks(joined, yours, hasText), yours, history, span);
  return reshaped(declinedWithParents(placed, yours));
}

function ruleFor(address: string, yours: string | null, history: History, span: Span): Ruling {
  if (isOrder(address)) return ruleOrder(address, yours, history, span);
  const ruling = rule(address, yours, history, span);
  return isRequirement(address) ? ruleRequirement(address, ruling, yours) : ruling;
}
