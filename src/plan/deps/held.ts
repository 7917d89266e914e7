import type { Draft, DraftItem } from '../draft.ts';
import type { Finding } from '../plan.ts';

/** A draft whose edits are left to a person, for the places that stand against them. */
export function heldDraft(draft: Draft, places: readonly Finding[], note: string): Draft {
  const items = draft.items.map(
    (item): DraftItem =>
      item.operations.length === 0
        ? item
        : { ...item, operations: [], heldBy: places, change: { ...item.change, verdict: 'manual', note } },
  );
  return { ...draft, items, operations: [], risk: 'manual', heldBy: places };
}
