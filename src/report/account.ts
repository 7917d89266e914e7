import type { Account, LeftOutReason } from '../diff/account.ts';
import { count } from '../plan/sections.ts';

const reasonNames: Readonly<Record<LeftOutReason, string>> = {
  'comment-only': 'comments',
  declined: 'declined',
  ignored: 'ignored',
  'needs-source': 'need generated files',
  binary: 'binary',
  yours: 'your own version',
};

/** The hunks left out, added up by reason, in the order of `LeftOutReason`. */
function leftOutByReason(account: Account): readonly { readonly reason: LeftOutReason; readonly hunks: number }[] {
  const totals = new Map<LeftOutReason, number>();
  for (const entry of account.leftOut) totals.set(entry.reason, (totals.get(entry.reason) ?? 0) + entry.hunks);
  return (Object.keys(reasonNames) as LeftOutReason[])
    .map((reason) => ({ reason, hunks: totals.get(reason) ?? 0 }))
    .filter((entry) => entry.hunks > 0);
}

/** One sentence in which the numbers add up; what they leave over is said rather than hidden. */
export function accountLine(account: Account): string {
  if (account.hunks === 0) return 'No change between the two generators';
  const reasons = leftOutByReason(account);
  const left = reasons.reduce((sum, entry) => sum + entry.hunks, 0);
  const missing = account.hunks - account.covered - left;
  const list = reasons.map((entry) => `${entry.hunks} ${reasonNames[entry.reason]}`).join(', ');
  const parts = [
    `${account.covered} in these steps`,
    ...(left > 0 ? [`${left} left out (${list})`] : []),
    ...(missing === 0 ? [] : [`${missing} unaccounted for`]),
  ];
  return `${count(account.hunks, 'change')} between the two generators: ${parts.join(', ')}`;
}
