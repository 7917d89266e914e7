import { Address } from '../facts/address.ts';
import type { FileChange } from '../merge/change-set.ts';
import { withLayout } from '../merge/layout.ts';
import type { Operation } from '../merge/operation.ts';
import { changePatch } from '../merge/patch.ts';
import { performAll, type RewrittenFile } from '../merge/perform.ts';
import type { Workspace } from '../merge/workspace.ts';
import type { Draft, DraftItem } from './draft.ts';
import type { FileEdit } from './plan.ts';

/** A draft with the edits that really can be made, and the project after them. */
export interface CarriedOut {
  readonly draft: Draft;
  readonly operations: readonly Operation[];
  readonly edits: readonly FileEdit[];
  /** The files whose code is rewritten, as they were before. */
  readonly rewritten: readonly RewrittenFile[];
  readonly workspace: Workspace;
}

/**
 * Carries a draft's edits out in memory, one change after another. A change whose place cannot be edited by syntax is
 * left to a person, with the reason; the others are not held up by it.
 */
export function carryOut(draft: Draft, before: Workspace): CarriedOut {
  const operations: Operation[] = [];
  const rewritten: RewrittenFile[] = [];
  let workspace = before;
  const attempt = (wanted: readonly Operation[]): string | null => {
    if (wanted.length === 0) return null;
    const files: RewrittenFile[] = [];
    const next = performAll(workspace, wanted, (file) => files.push(file));
    if ('reason' in next) return next.reason;
    workspace = next;
    operations.push(...wanted);
    rewritten.push(...files);
    return null;
  };
  const reasons = new Map<DraftItem, string>();
  for (const item of inEditingOrder(draft.items)) {
    const reason = attempt(item.operations);
    if (reason !== null) reasons.set(item, reason);
  }
  const wholeReason = attempt(draft.operations);
  const items = draft.items.map((item) => refusedItem(item, reasons.get(item)));
  workspace = workspace === before ? before : withLayout(before, workspace, operations);
  const edits = workspace === before ? [] : fileEdits(workspace.changesSince(before), before);
  const risk = wholeReason === null ? draft.risk : 'manual';
  const why = wholeReason === null ? draft.why : `${draft.why} It has to be done by hand: ${wholeReason}.`;
  return { draft: { ...draft, items, risk, why }, operations, edits, rewritten, workspace };
}

function refusedItem(item: DraftItem, reason: string | undefined): DraftItem {
  return reason === undefined ? item : { ...item, change: { ...item.change, verdict: 'manual', note: reason } };
}

/** What is set comes before what goes, so that a call that keeps some keys is never taken for empty; order is last. */
function inEditingOrder(items: readonly DraftItem[]): DraftItem[] {
  const rank = ({ change }: DraftItem) => {
    const address = new Address(change.address);
    if (address.isOrder) return 2;
    // An endpoint's entries go before new ones come: both may have one name.
    return change.target === null && address.area !== 'endpoint' ? 1 : 0;
  };
  return [...items].sort((a, b) => rank(a) - rank(b));
}

/** The patches of file changes; a rename is one edit, not a deletion and a creation. */
export function fileEdits(changes: readonly FileChange[], before: Workspace): FileEdit[] {
  const renamed = new Set(changes.flatMap(({ renamedFrom }) => renamedFrom ?? []));
  return changes
    .filter(({ path, after }) => after !== null || !renamed.has(path))
    .map((change) => {
      const from = change.renamedFrom ?? change.path;
      const origin = before.bytes(from);
      const patch = changePatch(change, {
        executable: before.has(from) && before.executable(from),
        ...(origin ? { origin } : {}),
      });
      return {
        path: change.path,
        kind: kindOf(change),
        ...(change.renamedFrom ? { from: change.renamedFrom } : {}),
        patch,
      };
    });
}

function kindOf({ before, after, renamedFrom }: FileChange): FileEdit['kind'] {
  if (renamedFrom !== undefined) return 'rename';
  return before === null ? 'create' : after === null ? 'delete' : 'modify';
}
