import type { Comparison } from '../merge/comparison.ts';
import type { Span } from '../merge/verdict.ts';
import type { Account, LeftOutReason } from './plan.ts';

/**
 * Accounts for every change of the generator between the two versions, by fact: in a step, or left out with a reason.
 * Without generated text there are no hunks to count: a changed fact stands for one.
 */
export function accountOf(comparisons: readonly Comparison[], span: Span): Account {
  const changed = comparisons.filter(
    ({ since, base, target }) => since > span.from && since <= span.to && base !== target,
  );
  const leftOut = new Map<string, { path: string; hunks: number; reason: LeftOutReason }>();
  for (const { outcome, address, yours } of changed) {
    if (outcome !== 'yours' && outcome !== 'agreed') continue;
    const path = yours?.at?.path ?? address;
    const known = leftOut.get(path);
    leftOut.set(path, { path, hunks: (known?.hunks ?? 0) + 1, reason: 'yours' });
  }
  const list = [...leftOut.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  const out = list.reduce((sum, { hunks }) => sum + hunks, 0);
  return { hunks: changed.length, covered: changed.length - out, leftOut: list };
}
