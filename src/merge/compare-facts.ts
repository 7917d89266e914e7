import type { Address } from '../facts/address.ts';
import type { History } from '../facts/history.ts';
import type { Comparison } from './comparison.ts';
import { isToolVersion, ruleToolVersion } from './config/tool-version.ts';
import { isRequirement, ruleRequirement } from './deps/requirement.ts';
import { ruleOrder } from './order-verdict.ts';
import type { RulingContext } from './pass.ts';
import { releaseSpans } from './release/release-span.ts';
import { type Ruling, rule, type VersionSpan } from './verdict.ts';

/**
 * Compares every address that the generator ever wrote, except files, in its order and each by itself. Of what it writes
 * for releases, the files that the project has from it.
 */
export function compareFacts({
  yours,
  history,
  span,
}: Pick<RulingContext, 'yours' | 'history' | 'span'>): Comparison[] {
  const comparisons: Comparison[] = [];
  const released = releaseSpans(yours, history, span);
  for (const address of history.addresses) {
    if (address.area === 'file') continue;
    const own = address.isRelease ? released(address) : span;
    if (own === null) continue;
    const fact = yours.get(address) ?? null;
    comparisons.push({ address, yours: fact, ...ruleFor(address, fact?.value ?? null, history, own) });
  }
  return comparisons;
}

function ruleFor(address: Address, yours: string | null, history: History, span: VersionSpan): Ruling {
  if (address.isOrder) return ruleOrder(address, yours, history, span);
  const ruling = rule(address, yours, history, span);
  if (isToolVersion(address)) return ruleToolVersion(ruling, yours);
  return isRequirement(address) ? ruleRequirement(address, ruling, yours) : ruling;
}
