import type { History } from '../facts/history.ts';
import type { Comparison, FactMap } from './comparison.ts';
import { renamed } from './config/renamed.ts';
import { replacesOtherShape } from './config/replaces-other-shape.ts';
import { movedBetweenScopes } from './config/scope-move.ts';
import { setInOtherScope } from './config/set-in-other-scope.ts';
import { declinedWithParents } from './declined-parents.ts';
import { isRequirement, ruleRequirement } from './deps/requirement.ts';
import { isOrder, ruleOrder } from './order-verdict.ts';
import { isReleaseAddress, releaseSpans, withoutMissingTasks } from './release/release-span.ts';
import { type Ruling, rule, type VersionSpan } from './verdict.ts';

/**
 * Compares every address that the generator ever wrote, except files, in its order. Of what it writes for releases, the
 * files that the project has from it. `hasText` says whether generated text is at hand.
 */
export function compareFacts(yours: FactMap, history: History, span: VersionSpan, hasText: boolean): Comparison[] {
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
  const placed = setInOtherScope(withoutMissingTasks(joined, yours, hasText), yours, history, span);
  return replacesOtherShape(declinedWithParents(placed, yours));
}

function ruleFor(address: string, yours: string | null, history: History, span: VersionSpan): Ruling {
  if (isOrder(address)) return ruleOrder(address, yours, history, span);
  const ruling = rule(address, yours, history, span);
  return isRequirement(address) ? ruleRequirement(address, ruling, yours) : ruling;
}
