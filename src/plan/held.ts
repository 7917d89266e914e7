import type { Stand } from '../findings/rule.ts';
import type { Draft, DraftItem } from './draft.ts';
import type { Finding } from './plan.ts';

/** A draft whose edits are left to a person, for the places that stand against them. */
export function heldDraft(draft: Draft, places: readonly Finding[], note: string): Draft {
  // What other edits of the draft would have brought about is left along with them.
  const items = draft.items.map((item) =>
    item.operations.length === 0 && item.change.verdict === 'pending' && item.change.command === undefined
      ? { ...item, change: { ...item.change, verdict: 'manual' as const, note } }
      : heldItem(item, places, note),
  );
  return { ...draft, items, operations: [], risk: 'manual', heldBy: places };
}

/** A draft left to a person for what stands against it: the places are said in front, and not once more among its findings. */
export function heldByStands(draft: Draft, stands: readonly Stand[], note: string): Draft {
  const places = stands.map(({ path, line, message }) => ({ path, line, message }));
  const keyOf = ({ path, line, message }: Finding) => `${path}:${line}:${message}`;
  const said = new Set(places.map(keyOf));
  return heldDraft({ ...draft, findings: draft.findings.filter((one) => !said.has(keyOf(one))) }, places, note);
}

/** A change whose edits are left to a person; one without edits stays as it is. */
export function heldItem(item: DraftItem, places: readonly Finding[], note: string): DraftItem {
  if (item.operations.length === 0) return item;
  return { ...item, operations: [], heldBy: places, change: { ...item.change, verdict: 'manual', note } };
}
