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

/** A change whose edits are left to a person; one without edits stays as it is. */
export function heldItem(item: DraftItem, places: readonly Finding[], note: string): DraftItem {
  if (item.operations.length === 0) return item;
  return { ...item, operations: [], heldBy: places, change: { ...item.change, verdict: 'manual', note } };
}
